"""The tables of a PDF document: parts on following pages joined, heading rows counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from de06_extract.document.document import GridReading
from de06_extract.language.digits import integer
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.paragraphs import seam
from de06_extract.readers.pdf.tables.frames import TablePart

Cell = tuple[TextLine, ...]
Row = tuple[Cell, ...]

_SAME_EDGE = 4.0  # points between the edges of one column on two pages
_FIGURE = regex.compile(r"[-+–]?\(?\d[\d.,]*+\s?%?\)?")
_ORDINAL = regex.compile(r"\(?(?:\d{1,3}|[IVX]{1,5}|[a-zđ])[.)]?|\d{1,2}(?:\.\d{1,2})+\.?")
_COUNT = regex.compile(r"\(?(\d{1,2})\)?(?:\s*+=.*)?")


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table of the document: its rows of cells, of which the first `header_rows` are headings."""

    rows: tuple[Row, ...]
    header_rows: int
    reading: GridReading = "marked"


def text_of(cell: Cell) -> str:
    """The text of a cell on one line."""
    text = ""
    for line in cell:
        text += (seam(text, line.text) if text else "") + line.text
    return text


def join_parts(parts: Sequence[TablePart]) -> PdfTable:
    """The table whose parts stand on following pages: repeated headings dropped, a row cut by the page made whole."""
    rows = [row for row in parts[0].rows if any(row)]
    heading = _header_rows(rows)
    for part in parts[1:]:
        more = [row for row in part.rows if any(row)]
        while more and any(_repeats(more[0], old) for old in rows[:heading]):
            more = more[1:]
        if more and len(rows) > heading and _is_rest(more[0]):
            rows[-1] = tuple(old + new for old, new in zip(rows[-1], more[0], strict=True))
            more = more[1:]
        rows.extend(more)
    return PdfTable(tuple(rows), heading, parts[0].reading)


def goes_on(part: TablePart, other: TablePart) -> bool:
    """True where a table at the top of a page has the columns of the one that ended the page before."""
    return (
        other.page == part.page + 1
        and part.reading == other.reading == "marked"
        and len(part.xs) == len(other.xs)
        and all(abs(one - two) < _SAME_EDGE for one, two in zip(part.xs, other.xs, strict=True))
    )


def _header_rows(rows: Sequence[Row]) -> int:
    """The number of rows above the first with figures or an ordinal; a row «(1) (2) (3)» is a heading too."""
    for at, row in enumerate(rows):
        cells = [text_of(cell) for cell in row]
        if _counts_columns(cells):
            return at + 1
        if _ORDINAL.fullmatch(cells[0]) or any(_FIGURE.fullmatch(cell) for cell in cells):
            return at
    return min(1, len(rows))


def _counts_columns(cells: Sequence[str]) -> bool:
    """True for a row that numbers the columns.

    >>> _counts_columns(["1", "2", "3", "4=2/3"]), _counts_columns(["1", "Đăng ký", "5"])
    (True, False)
    """
    counted = [_COUNT.fullmatch(cell) for cell in cells if cell]
    numbers = [integer(match[1]) for match in counted if match]
    return len(numbers) == len(counted) > 2 and all(b - a == 1 for a, b in pairwise(numbers))


def _repeats(row: Row, heading: Row) -> bool:
    """True where a row says what a heading row says; a repeated heading may be clipped to its first words."""
    pairs = [(text_of(cell), text_of(old)) for cell, old in zip(row, heading, strict=True)]
    return all(bool(new) == bool(old) and (old.startswith(new) or new.startswith(old)) for new, old in pairs)


def _is_rest(row: Row) -> bool:
    """True for the rest of a row that the page cut: nothing in the first cell and no figures."""
    cells = [text_of(cell) for cell in row]
    return not cells[0] and not any(_FIGURE.fullmatch(cell) for cell in cells if cell)
