"""Relations chosen by learned evidence: candidates, what speaks for each, and the posterior."""
