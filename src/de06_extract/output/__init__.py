"""The forms that results are written in."""
