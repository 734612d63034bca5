"""Figures held against each other that the report itself does not relate."""
