"""Images of pages (.png, .jpg, .tif), read as the scanned pages of a PDF are."""
