"""Features of units: whether mentions count the same thing, by their units and the words behind them."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract.claims.prose.links.facts import Facts

_YEARS = range(1900, 2101)
_FEW = 10  # counts below it are often numbers of places or ranks


def around(facts: Facts) -> Iterator[str]:
    """What kind of figure a mention is; a count that may be none, a year or a rank, is told by its size alone."""
    mention, figure = facts.mention, facts.mention.figure
    yield f"kind {figure.kind}{' measured' if figure.measured else ''}{' unit' if mention.unit else ''}"
    if figure.kind == "count" and not figure.decimals and figure.scale == 1:
        if int(figure.value) in _YEARS and not mention.unit:
            yield "like a year"
        if figure.value < _FEW:
            yield "below ten"


def between(a: Facts, b: Facts) -> Iterator[str]:
    """Whether the units of two mentions, and the words behind them, are the same."""
    one, two = a.mention.unit, b.mention.unit
    if one or two:
        yield f"unit {'on one' if not one or not two else 'same' if one == two else 'other'}"
    if a.noun and a.noun[:2] == b.noun[:2]:
        yield "same words behind"
    elif a.noun and a.noun[:1] == b.noun[:1]:
        yield "same word behind"
