"""What the report says of its figures, and which figures it says nothing of that could be checked."""
