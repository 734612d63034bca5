"""The headings of a table: which rows they are, what each column is called, and the formulas printed with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from de06_extract.claims.tables.cells import TableCell, says
from de06_extract.language.digits import integer
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, words

Row = Sequence[TableCell]

ORDINAL = regex.compile(
    r"\(?(?:\d{1,4}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]|\d{1,3}(?:\.\d{1,3})+|[IVX]{1,5}(?:\.\d{1,3})+)[.)]?"
)
_PAIR = regex.compile(r"\d[\d.,]*\s?/\s?\d[\d.,]*(?:\s?\(.*\))?")
_MARK = regex.compile(r"\(?(?P<mark>\d{1,2}|[A-E])\)?(?:\s*=\s*(?P<formula>.+))?")
_EQUATED = regex.compile(r"\(?(?P<mark>\d{1,2})\)?\s*=\s*(?P<formula>[\d()+\-–−/:*x×%., ]+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column: `levels` from top to bottom, merged headings over each of their columns.

    `mark` is the number that a row of column numbers gives it, `formula` what it says it is: «5=4/3».
    """

    levels: tuple[str, ...] = ()
    mark: str | None = None
    formula: str | None = None

    @property
    def text(self) -> str:
        """All levels in one line, each once."""
        return " ".join(dict.fromkeys(filter(None, self.levels)))

    @property
    def leaf(self) -> str:
        """The lowest level."""
        return next((level for level in reversed(self.levels) if level), "")

    @property
    def parent(self) -> str:
        """What stands over the lowest level; empty where nothing does."""
        filled = [level for level in self.levels if level]
        return filled[-2] if len(filled) > 1 else ""


def header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top are headings: those above the first row with a figure or an ordinal.

    A row that numbers the columns is a heading; a row with a name alone, between headings and figures, opens a group.
    """
    top = 0
    for at, row in enumerate(rows):
        if at and counts_columns(row):
            return at + 1
        if _is_data(row):
            break
        top = at + 1
    else:
        return min(1, len(rows))
    while top > 1 and _opens_group(rows[top - 1], rows[top - 2]):
        top -= 1
    return top


def counts_columns(row: Row) -> bool:
    """True for «1 2 3 4», «(1) (2) (3)=(2)/(1)», «A B 1 2»."""
    marks = [_MARK.fullmatch(cell.text) for cell in row if cell.text]
    if len(marks) < 3 or not all(marks):
        return False
    numbers = [integer(match["mark"]) for match in marks if match and match["mark"].isdecimal()]
    return len(numbers) >= 2 and all(b - a == 1 for a, b in pairwise(numbers)) and numbers[0] <= 2


def join_headings(rows: Sequence[Row], width: int) -> tuple[Heading, ...]:
    """The heading of each column out of the heading rows."""
    numbers: list[regex.Match[str] | None] = [None] * width
    levels: list[list[str]] = []
    for row in rows:
        texts = [cell.text for cell in row]
        if levels and counts_columns(row):
            numbers = [_MARK.fullmatch(text) or number for text, number in zip(texts, numbers, strict=True)]
        elif not is_caption(texts):
            levels.append(texts)
    levels = _spread(levels)
    return tuple(_heading([level[column] for level in levels], numbers[column]) for column in range(width))


def _spread(levels: Sequence[Sequence[str]]) -> list[list[str]]:
    """The levels, with merged headings over each of their columns: those with nothing above and a heading below."""
    out = [list(level) for level in levels]
    for above, below in reversed(list(pairwise(out))):
        for column in range(1, len(above)):
            if not above[column] and below[column] and below[column - 1]:
                above[column] = above[column - 1]
    return out


def _heading(texts: Sequence[str], number: regex.Match[str] | None) -> Heading:
    """The heading of one column, with its number; a formula in the texts counts where the number has none."""
    equated = next((found for text in texts if (found := _EQUATED.search(text))), None)
    if equated and (number is None or number["formula"] is None):
        number = equated
    if number is None:
        return Heading(tuple(texts))
    return Heading(tuple(texts), number["mark"], number["formula"])


def is_caption(texts: Sequence[str]) -> bool:
    """True for a row of headings that only says the unit of the table."""
    filled = [text for text in texts if text]
    return len(filled) == 1 and says(filled[0], "unit") and len(texts) > 2 and len(filled[0].split()) > 1


def names_ordinals(heading: Heading) -> bool:
    """True for «STT»."""
    return fold(heading.text).strip(" .") in words("tables", "ordinal")


def unit_in(text: str) -> str | None:
    """The unit that a heading states: «Số tiền (triệu đồng)», «ĐVT: ha»; None without one that is known.

    >>> unit_in("Kinh phí (triệu đồng)"), unit_in("ĐVT: 1.000 ha"), unit_in("Số hồ sơ (cả trực tuyến)")
    ('triệu đồng', 'ha', None)
    """
    stated = _unit().search(text)
    return None if stated is None else fold(stated["unit"])


@cache
def _unit() -> regex.Pattern[str]:
    scale, measure = any_of("units", "scale"), any_of("units", "measure")
    return regex.compile(
        rf"""
        (?: \( | {any_of("tables", "unit")} [\s:]*+ ) (?: [\d.]++ \s*+ )?+
        (?P<unit> (?: {scale} \s++ )?+ {measure} | {scale} ) (?! [\p{{L}}/] )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


def _is_data(row: Row) -> bool:
    if not row:
        return False
    if ORDINAL.fullmatch(row[0].text) and len(row[0].text) < 6 and not row[0].is_year:
        return True
    return any((cell.is_number and not cell.is_year) or _PAIR.fullmatch(cell.text) for cell in row[1:])


def _opens_group(row: Row, above: Row) -> bool:
    filled = [at for at, cell in enumerate(row) if cell.text]
    return len(filled) == 1 and filled[0] <= 1 and len(row) >= 3 and bool(above[filled[0]].text)
