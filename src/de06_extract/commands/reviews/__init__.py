"""Decisions of reviewers on the command line: read, told, and not overwritten."""
