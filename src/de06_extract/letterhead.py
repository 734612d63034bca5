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
from de06_extract.vocabulary import any_of

_LONGEST = 160  # characters of the line, which a number or a heading in capitals may stand in as well
_REST = regex.compile(r"[\s*_]*+(?:\n|\Z)")


@cache
def _lead() -> regex.Pattern[str]:
    """What stands before the date: a name in capitals, behind «Số: 12/BC-UBND» at most; «Hôm nay, » is no name."""
    number = any_of("citations", "number")
    return regex.compile(
        rf"""
        [\s*_|#]*+ (?: (?i: {number} ) \s*+ : [\s\d]*+ /? \S*+ [\s*_|]++ )?+
        (?: \p{{Lu}} [\p{{L}}.]*+ [\s–-]{{1,3}} ){{0,6}} \p{{Lu}} [\p{{L}}.]*+ \s*+ , [\s*_]*+
        """,
        regex.VERBOSE,
    )


def report_date(document: Document) -> tuple[WrittenDate, Span] | None:
    """The date in the line of place and date, and where it stands; None without one, or with several that differ.

    >>> report_date(Document("a.txt", "")) is None
    True
    """
    found = [date for prose in paragraphs(document) if len(prose.text) <= _LONGEST for date in _in_line(prose)]
    return found[0] if found and len({date.iso for date, _ in found}) == 1 else None


def _in_line(prose: Prose) -> list[tuple[WrittenDate, Span]]:
    return [
        (date, prose.span(date.start, date.end))
        for date in find_dates(prose.text)
        if not prose.text[date.start].isdigit()
        and _REST.match(prose.text, date.end)
        and _lead().fullmatch(prose.text, prose.text.rfind("\n", 0, date.start) + 1, date.start)
    ]
