"""A report as a notebook shows it: its cards, each with a picture of the place on the page."""
