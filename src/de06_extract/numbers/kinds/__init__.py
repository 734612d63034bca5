"""Kinds of claim: one module each, with `KIND`. They are found, not listed."""

from __future__ import annotations

from functools import cache

from de06_extract.found_modules import find_modules
from de06_extract.numbers.kind import Kind


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of claim, in the order of their names.

    >>> [kind.name for kind in kinds()]
    ['change', 'distribution', 'ratio', 'remainder', 'sum']
    """
    found: list[Kind] = [module.KIND for module in find_modules(__name__)]
    return tuple(sorted(found, key=lambda kind: kind.name))


def kind_of(name: str) -> Kind:
    """The kind of claim with that name; there is no claim of a kind that no module defines.

    >>> kind_of("ratio").role_names
    ('numerator', 'denominator', 'percent')
    >>> kind_of("product")
    Traceback (most recent call last):
    LookupError: no kind of claim is called 'product': known are change, distribution, ratio, remainder, sum
    """
    try:
        return _by_name()[name]
    except KeyError:
        known = ", ".join(_by_name())
        raise LookupError(f"no kind of claim is called {name!r}: known are {known}") from None


@cache
def _by_name() -> dict[str, Kind]:
    return {kind.name: kind for kind in kinds()}
