"""Copies of what was checked, with what was found written where it stands."""
