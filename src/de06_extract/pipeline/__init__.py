"""From bytes to a report: the one way that the library, the command and the bulk run share."""
