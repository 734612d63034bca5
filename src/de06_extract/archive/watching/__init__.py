"""A folder in which reports are being written: what of a report changed when it was saved."""
