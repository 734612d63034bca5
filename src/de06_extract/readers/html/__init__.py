"""Web pages (.html), also saved with all that belongs to them (.mht)."""
