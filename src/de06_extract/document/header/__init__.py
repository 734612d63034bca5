"""What stands around the body of an official document: letterhead, number and date, issuer, signature."""
