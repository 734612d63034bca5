"""One report looked at: its pages beside its findings, what is decided of them, and copies of it with notes."""
