"""Relations that fail by their figures and are held against no report: by words, and by rounding."""
