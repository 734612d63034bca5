"""Claims in sentences."""
