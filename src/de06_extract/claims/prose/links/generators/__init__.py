"""Generators of candidates: one module for each kind of claim, with `GENERATOR`. They are found, not listed."""

from __future__ import annotations

from functools import cache

from de06_extract.claims.prose.links.candidate import Generator
from de06_extract.found_modules import find_modules


@cache
def generators() -> tuple[Generator, ...]:
    """Every generator of this package, by the name of its module."""
    return tuple(module.GENERATOR for module in find_modules(__name__))
