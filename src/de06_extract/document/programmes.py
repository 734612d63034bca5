"""The years of a programme: «giai đoạn 2022-2025, tầm nhìn đến năm 2030»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.paragraphs import Prose
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Span


@dataclass(frozen=True)
class Programme:
    """A period from one year to another, and the year that it looks ahead to, None where none is named.

    `title` are the words in front, which name what has the period; `whole` begins with the period's first word.
    """

    quote: str
    title: str
    start: int
    end: int
    vision: int | None
    whole: Span
    years: Span
    last: Span
    ahead: Span | None


_REACH = 60  # characters on either side of two years in which the words stand


@cache
def _years() -> regex.Pattern[str]:
    """A pattern for two years with a dash between; they are looked for first, because digits are rare."""
    dash = rf"(?: [-–−] | {any_of('citations', 'range')} )"
    year = r"(?:19|20)\d{2}"
    return regex.compile(
        rf"(?<! [\d/.,] ) (?P<a> {year} ) \s*+ {dash} \s*+ (?P<b> {year} ) (?! \d | [/.]\d )", regex.VERBOSE
    )


@cache
def _around() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for the words before the years of a programme, and for the year behind them that it looks ahead to."""
    also = rf"(?: {any_of('citations', 'and')} \s++ )?+"
    vision = rf"(?i: {any_of('citations', 'vision')} )"
    return (
        regex.compile(rf"(?<! \p{{L}} ) (?i: {any_of('citations', 'period')} ) \s*+ \Z", regex.VERBOSE),
        regex.compile(rf"[\s,;*_“”(]*+ {also} {vision} \s*+ (?P<c> (?:19|20)\d{{2}} ) (?! \d )", regex.VERBOSE),
    )


def find_programmes(passages: Iterable[Prose]) -> Iterator[Programme]:
    """Every period of years in the order of the passages."""
    before, behind = _around()
    for prose in passages:
        for years in _years().finditer(prose.text):
            start, end = years.span()
            lead = before.search(prose.text, max(0, start - _REACH), start)
            if lead is None:
                continue
            ahead = behind.match(prose.text, end, end + _REACH)
            stop = ahead.end() if ahead else end
            yield Programme(
                quote=prose.text[lead.start() : stop],
                title=prose.text[max(0, lead.start() - _REACH) : lead.start()],
                start=integer(years["a"]),
                end=integer(years["b"]),
                vision=integer(ahead["c"]) if ahead else None,
                whole=prose.span(lead.start(), stop),
                years=prose.span(start, end),
                last=prose.span(*years.span("b")),
                ahead=prose.span(*ahead.span("c")) if ahead else None,
            )
