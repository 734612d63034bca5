"""Generators of candidates: one module for each kind of claim, with `GENERATOR`. They are found, not listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from de06_extract.claims.prose.links.candidate import Generator


@cache
def generators() -> tuple[Generator, ...]:
    """Every generator of this package, by the name of its module."""
    modules = sorted(iter_modules(__path__), key=lambda module: module.name)
    return tuple(import_module(f"{__name__}.{module.name}").GENERATOR for module in modules)
