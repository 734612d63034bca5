"""The years of a programme: «giai đoạn 2022-2025, tầm nhìn đến năm 2030»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.prose import passages
from de06_extract.rule import Facts
from de06_extract.schema import Span
from de06_extract.vocabulary import any_of


@dataclass(frozen=True)
class Programme:
    """A period from one year to another, and the year that it looks ahead to, None where none is named."""

    quote: str
    start: int
    end: int
    vision: int | None
    years: Span
    ahead: Span | None
    claims: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()


@cache
def _pattern() -> regex.Pattern[str]:
    year = r"(?:19|20)\d{2}"
    dash = rf"(?: [-–−] | {any_of('citations', 'range')} )"
    also = rf"(?: {any_of('citations', 'and')} \s++ )?+"
    return regex.compile(
        rf"""
        (?<! \p{{L}} ) (?i: {any_of("citations", "period")} ) \s*+
        (?P<years> (?P<a> {year} ) \s*+ {dash} \s*+ (?P<b> {year} ) ) (?! \d | [/.]\d )
        (?: [\s,]*+ {also} (?i: {any_of("citations", "vision")} ) \s*+ (?P<c> {year} ) (?! \d ) )?+
        """,
        regex.VERBOSE,
    )


def programmes(facts: Facts) -> Iterator[Programme]:
    """Every period of years in the order of the text."""
    for prose in passages(facts.document):
        for match in _pattern().finditer(prose.text):
            yield Programme(
                quote=match[0],
                start=int(match["a"]),
                end=int(match["b"]),
                vision=int(match["c"]) if match["c"] else None,
                years=prose.span(*match.span("years")),
                ahead=prose.span(*match.span("c")) if match["c"] else None,
            )
