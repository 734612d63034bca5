"""A table of a DOCX file as rows of cells on its grid, and whether it is a table to its readers.

Office typists lay out the head of a report and its signatures with borderless tables; those are paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from de06_extract.document.table_shape import header_rows, is_table
from de06_extract.heartbeat import stepping
from de06_extract.readers.docx.package import Element, W, descend, switch, value, whole_number
from de06_extract.readers.docx.paragraph import ParagraphLine, joined
from de06_extract.readers.docx.styles import Styles, borders_of

_WIDEST = 63  # columns; Word allows no more
_INSIDE = {"insideH", "insideV"}
_OUTSIDE = {"top", "left", "bottom", "right"}
_EDGES = {"start": "left", "end": "right"}


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

    @property
    def texts(self) -> list[list[str]]:
        """The text of each cell, row by row."""
        return [[cell.text for cell in row] for row in self.rows]

    def is_grid(self) -> bool:
        """True for a table of data, False where a table only puts paragraphs beside each other."""
        return is_table(self.texts, ruled=self.ruled)

    def header_rows(self) -> int:
        """The rows at the top that are headings."""
        return header_rows(self.texts, self.marked_header_rows)


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
