"""What one start of the page works with: stores, the files that were dropped, what reads and decides them."""
