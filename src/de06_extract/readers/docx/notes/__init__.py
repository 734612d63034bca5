"""A Word document taken apart to put comments and tracked changes into a copy of it."""
