"""Processes that check files under limits of time and memory, here or on a cluster."""
