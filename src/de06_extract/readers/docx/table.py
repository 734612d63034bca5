"""A table of a DOCX file as rows of cells on its grid, and whether it is a table to its readers.

Office typists lay out the head of a report and its signatures with borderless tables; those are paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

import regex

from de06_extract.heartbeat import stepping
from de06_extract.readers.docx.package import Element, W, descend, switch, value, whole_number
from de06_extract.readers.docx.paragraph import ParagraphLine, joined
from de06_extract.readers.docx.styles import Styles, borders_of

_WIDEST = 63  # columns; Word allows no more
_SHORT_CELL = 60  # characters a cell; longer ones are paragraphs side by side, no table
_INSIDE = {"insideH", "insideV"}
_OUTSIDE = {"top", "left", "bottom", "right"}
_EDGES = {"start": "left", "end": "right"}
_NUMBER = regex.compile(r"[+-]?\d[\d.,]*+\s?%?")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_ORDINAL = regex.compile(r"(?:\d{1,4}|[IVX]{1,5})[.)]?")  # «1», «12.», «IV»
_COLUMN_MARK = regex.compile(r"\(?(\d{1,2})\)?(?:\s?=.*)?")  # «3», «(3)», «(5)=(4)/(3)»


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell at its place on the grid, counted from 0, with the lines in it. The rest of a merged cell has no lines."""

    row: int
    column: int
    lines: tuple[ParagraphLine, ...] = ()

    @property
    def line(self) -> ParagraphLine:
        """The lines as one, joined by spaces."""
        return joined(self.lines)

    @property
    def text(self) -> str:
        """The text of the cell."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class WordTable:
    """The rows of a table, whether lines are drawn around its cells, and how many rows are marked as headings."""

    rows: tuple[tuple[WordCell, ...], ...]
    ruled: bool
    marked_header_rows: int

    def is_grid(self) -> bool:
        """True for a table of data, False where a table only puts paragraphs beside each other."""
        width = max((len(row) for row in self.rows), default=0)
        if self.ruled:
            return width >= 2 and (len(self.rows) >= 2 or width >= 3)
        texts = [cell.text for row in self.rows for cell in row]
        filled = [text for text in texts if text]
        return (
            (len(self.rows) >= 3 and width >= 3)
            and 2 * len(filled) >= len(texts)
            and sum(map(len, filled)) <= _SHORT_CELL * len(filled)
        )

    def header_rows(self) -> int:
        """The rows at the top that are headings: those marked so, else those above the first row with a number.

        A row that numbers the columns («(1) (2) (3)») is a heading.
        """
        rows = [[cell.text for cell in row] for row in self.rows]
        top = self.marked_header_rows or len(list(takewhile(lambda row: not _is_data(row), rows)))
        while top < len(rows) and _numbers_columns(rows[top]):
            top += 1
        return top if top < len(rows) else min(1, len(rows))


def read_table(table: Element, styles: Styles, read_cell: Callable[[Element], Sequence[ParagraphLine]]) -> WordTable:
    """The table with the cells in reading order, merged cells once."""
    rows, marked = [], 0
    elements = [row for row in descend(table, (f"{W}tr",)) if _stands(row)]
    for number, row in enumerate(stepping(elements)):
        cells = []
        for column, cell in _placed(row, number):
            cells.append(WordCell(number, column, () if cell is None else tuple(read_cell(cell))))
        rows.append(tuple(cells))
        if number == marked and switch(row.find(f"{W}trPr"), "tblHeader"):
            marked += 1
    return WordTable(tuple(rows), _is_ruled(table, elements, styles), marked)


def _placed(row: Element, number: int) -> Iterator[tuple[int, Element | None]]:
    """For each column of the grid the cell that begins there, None where a merged cell goes on or none begins."""
    properties = row.find(f"{W}trPr")
    column = 0
    for _ in range(_span(value(properties, "gridBefore"), 0)):
        yield column, None
        column += 1
    for cell in descend(row, (f"{W}tc",)):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = number > 0 and merged is not None and merged.get(f"{W}val") != "restart"
        yield column, None if goes_on else cell
        column += 1
        for _ in range(_span(value(cell.find(f"{W}tcPr"), "gridSpan"), 1) - 1):
            yield column, None
            column += 1
    for _ in range(_span(value(properties, "gridAfter"), 0)):
        yield column, None
        column += 1


def _span(text: str | None, default: int) -> int:
    return min(max(whole_number(text, default), default), _WIDEST)


def _stands(row: Element) -> bool:
    """True for a row with cells that is not deleted under tracked changes."""
    return row.find(f"{W}trPr/{W}del") is None and next(descend(row, (f"{W}tc",)), None) is not None


def _is_ruled(table: Element, rows: Sequence[Element], styles: Styles) -> bool:
    """True where lines part the cells: those of the table, unless most cells say otherwise."""
    properties = table.find(f"{W}tblPr")
    direct = borders_of(properties.find(f"{W}tblBorders")) if properties is not None else {}
    drawn = styles.ruled(value(properties, "tblStyle"))
    drawn = {edge for edge in drawn if direct.get(edge, True)} | {edge for edge, line in direct.items() if line}
    by_table = bool(drawn & _INSIDE) or len({_EDGES.get(edge, edge) for edge in drawn} & _OUTSIDE) >= 2
    ruled = total = 0
    for row in rows:
        for cell in descend(row, (f"{W}tc",)):
            own = borders_of(cell.find(f"{W}tcPr/{W}tcBorders"))
            lines = sum(own.values())
            ruled += lines >= 2 or (by_table and not (len(own) >= 4 and lines == 0))
            total += 1
    return 2 * ruled > total


def _is_data(row: Sequence[str]) -> bool:
    """True where the first cell counts («1», «II») or some cell is a number; a year heads a column."""
    if row and _ORDINAL.fullmatch(row[0]):
        return True
    return any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in row)


def _numbers_columns(row: Sequence[str]) -> bool:
    """True for «1 2 3 4», «(1) (2) (3)=(2)/(1)», «A B 1 2»."""
    marks = [text for text in row if text]
    numbers = [mark[1] for text in marks if (mark := _COLUMN_MARK.fullmatch(text))]
    letters = [text for text in marks if text in ("A", "B", "C")]
    return (
        len(numbers) >= 3
        and len(numbers) + len(letters) == len(marks)
        and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    )
