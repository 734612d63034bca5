"""Tables whose columns are aligned by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from de06_extract.document.alignment import AlignedTable, Piece, find_aligned
from de06_extract.document.document import GridReading
from de06_extract.readers.text.text_table import Line, TextTable, rows_of, stretches

_PIECE = regex.compile(r"[^\s\u00a0]++(?:[ \u00a0][^\s\u00a0]++)*+")


def find_aligned_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    del text
    for first, end in stretches(free):
        for table in find_aligned([_pieces(lines[at], at) for at in range(first, end)]):
            yield _placed(lines, table, first)


def _pieces(line: Line, at: int) -> list[Piece]:
    return [Piece(*found.span(), found[0], at) for found in _PIECE.finditer(line.text)]


def _placed(lines: Sequence[Line], table: AlignedTable, first: int) -> TextTable:
    cells = [
        (cell.row, cell.column, lines[cell.piece.at].part(int(cell.piece.left), int(cell.piece.right)))
        for cell in table.cells
    ]
    reading: GridReading = "aligned" if table.is_sure else "unsure"
    return TextTable(first + table.first, first + table.last, rows_of(cells), table.header_rows, reading)
