"""Copies of what was checked: with notes where something was found, with what is proposed, or as a patch."""
