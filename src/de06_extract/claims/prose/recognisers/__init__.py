"""Recognisers: one module for each kind of claim, with `RECOGNISER`. They are found, not listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from de06_extract.claims.prose.relation import Recogniser


@cache
def recognisers() -> tuple[Recogniser, ...]:
    """Every recogniser of this package, each behind those whose relations it builds on."""
    modules = sorted(iter_modules(__path__), key=lambda module: module.name)
    waiting: list[Recogniser] = [import_module(f"{__name__}.{m.name}").RECOGNISER for m in modules]
    ordered: list[Recogniser] = []
    while waiting:
        known = {recogniser.kind for recogniser in ordered}
        ready = next(r for r in waiting if known.issuperset(r.after))
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)
