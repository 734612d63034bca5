"""Tables that stand in the text itself: cells marked by tabs or bars, or told from how their words are aligned."""
