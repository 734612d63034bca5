"""What Vietnamese words, spellings, dates and places are."""
