"""Comparers: one module for each way in which figures are held against each other. They are found, not listed."""

from __future__ import annotations

from functools import cache

from de06_extract.comparisons.comparison import Comparer
from de06_extract.found_modules import find_modules


@cache
def comparers() -> tuple[Comparer, ...]:
    """Every comparer of this package, by the name of its module."""
    return tuple(module.COMPARER for module in find_modules(__name__))
