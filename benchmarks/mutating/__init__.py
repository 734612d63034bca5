"""Slips made on purpose, and files that hold them."""
