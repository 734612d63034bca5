"""Rules: one module for each check, with `RULE`. They are found, not listed."""

from __future__ import annotations

from functools import cache
from typing import Any

from de06_extract.found_modules import find_modules
from de06_extract.rules.rule import Rule


@cache
def rules() -> tuple[Rule[Any], ...]:
    """Every rule of this package, by id."""
    found: list[Rule[Any]] = [module.RULE for module in find_modules(__name__)]
    return tuple(sorted(found, key=lambda rule: rule.id))
