"""Weights learned from texts: candidates as arrays, features, what arithmetic says of them. Needs the extra `learn`."""
