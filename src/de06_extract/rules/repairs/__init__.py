"""Which figure is the wrong one: the slips that, undone, make the claims hold."""
