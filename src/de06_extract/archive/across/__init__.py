"""What is wrong between the reports of an archive."""
