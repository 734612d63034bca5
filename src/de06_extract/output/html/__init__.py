"""The page of an archive for a browser."""
