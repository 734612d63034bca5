"""An archive from above: counts that filter each other, its units by rules, its reports and findings page by page."""
