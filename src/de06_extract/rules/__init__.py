"""What is wrong in a report, and which figure is."""
