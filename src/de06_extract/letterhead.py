"""What a report says of itself at its top: its number and its date.

«Số: 415/BC-TCTTKĐA», «Bình Long, ngày 12 tháng 10 năm 2023»; in either order, on one line or two.
"""

from __future__ import annotations

from functools import cache

import regex

from de06_extract.dates import WrittenDate, find_dates
from de06_extract.document import Document
from de06_extract.prose import Prose, paragraphs
from de06_extract.schema import Span

_REACH = 3000  # characters from the top in which the date line stands


@cache
def _place() -> regex.Pattern[str]:
    """A name in capitals before the date: «Bình Long, »; «Hôm nay, » is none."""
    return regex.compile(
        r"(?: \A | [\s*_|] ) (?: \p{Lu} [\p{L}.]*+ [\s–-]{1,3} ){0,6} \p{Lu} [\p{L}.]*+ \s*+ , [\s*_]*+ \Z",
        regex.VERBOSE,
    )


_REST = regex.compile(r"[\s*_./\\]*+(?:\n|\Z)")


def report_date(document: Document) -> tuple[WrittenDate, Span] | None:
    """The date in the line of place and date, and where it stands; None without one, or with two that differ.

    >>> found = report_date(Document("a.txt", ""))
    >>> found is None
    True
    """
    found: list[tuple[WrittenDate, Span]] = []
    for prose in paragraphs(document):
        if prose.span(0, 1).start >= _REACH:
            break
        found.extend(_in_line(prose))
    return found[0] if found and len({date.iso for date, _ in found}) == 1 else None


def _in_line(prose: Prose) -> list[tuple[WrittenDate, Span]]:
    return [
        (date, prose.span(date.start, date.end))
        for date in find_dates(prose.text)
        if _REST.match(prose.text, date.end)
        and _place().search(prose.text, max(0, date.start - 60), date.start)
        and not prose.text[date.start].isdigit()
    ]
