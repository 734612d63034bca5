"""What the page shows as JSON, for programs: the same questions, the same answers, the same guard."""
