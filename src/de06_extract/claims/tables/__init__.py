"""Claims in the rows and columns of tables."""
