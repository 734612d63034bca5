"""An update of a PDF, with what is drawn for each note in it."""
