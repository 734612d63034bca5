"""Comparers: one module for each way in which figures are held against each other. They are found, not listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from de06_extract.comparisons.comparison import Comparer


@cache
def comparers() -> tuple[Comparer, ...]:
    """Every comparer of this package, by the name of its module."""
    modules = sorted(iter_modules(__path__), key=lambda module: module.name)
    return tuple(import_module(f"{__name__}.{module.name}").COMPARER for module in modules)
