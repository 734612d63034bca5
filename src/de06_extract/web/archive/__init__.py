"""The view of an archive: its months, units and rules as facets, the units by rules, its reports page by page."""
