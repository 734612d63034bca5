"""The finding card: what an official is shown of one finding, the same on every surface."""
