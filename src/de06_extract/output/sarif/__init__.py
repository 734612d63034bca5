"""Findings as a SARIF log."""
