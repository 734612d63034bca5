"""Mails (.eml, .msg): their text; what is attached to them are documents of their own."""
