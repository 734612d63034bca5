"""The command that watches a folder, and the lines in which it tells what happens there."""
