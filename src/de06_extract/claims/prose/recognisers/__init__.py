"""Recognisers: one module for each kind of claim, with `RECOGNISER`. They are found, not listed."""

from __future__ import annotations

from functools import cache

from de06_extract.claims.prose.relation import Recogniser
from de06_extract.found_modules import find_modules


@cache
def recognisers() -> tuple[Recogniser, ...]:
    """Every recogniser of this package, each behind those whose relations it builds on."""
    waiting: list[Recogniser] = [module.RECOGNISER for module in find_modules(__name__)]
    ordered: list[Recogniser] = []
    while waiting:
        known = {recogniser.kind for recogniser in ordered}
        ready = next(r for r in waiting if known.issuperset(r.after))
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)
