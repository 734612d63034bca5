"""Rules across reports: one module for each check, with `RULE`. They are found, not listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from de06_extract.archive.across.rule import AcrossRule


@cache
def across_rules() -> tuple[AcrossRule[Any], ...]:
    """Every rule of this package, by id."""
    found: list[AcrossRule[Any]] = [
        import_module(f"{__name__}.{module.name}").RULE for module in iter_modules(__path__)
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))
