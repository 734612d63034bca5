"""Rules across reports: one module for each check, with `RULE`. They are found, not listed."""

from __future__ import annotations

from functools import cache
from typing import Any

from de06_extract.archive.across.rule import AcrossRule
from de06_extract.found_modules import find_modules


@cache
def across_rules() -> tuple[AcrossRule[Any], ...]:
    """Every rule of this package, by id."""
    found: list[AcrossRule[Any]] = [module.RULE for module in find_modules(__name__)]
    return tuple(sorted(found, key=lambda rule: rule.id))
