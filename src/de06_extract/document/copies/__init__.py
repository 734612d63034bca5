"""Copies of a document: what is written into them, and where in the file that belongs."""
