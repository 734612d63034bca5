"""Tables whose columns are aligned by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from de06_extract.document.document import GridReading
from de06_extract.document.plain_tables.alignment import Piece, find_aligned
from de06_extract.document.plain_tables.lines import Line, Range, TextTable, rows_of, stretches

_PIECE = regex.compile(r"[^\s\u00a0]++(?:[ \u00a0][^\s\u00a0]++)*+")


def find_aligned_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    del text
    for first, end in stretches(free):
        ranges: list[Range] = []
        yield from text_tables([_pieces(lines[at], ranges) for at in range(first, end)], ranges, first)


def text_tables(pieces: Sequence[Sequence[Piece]], ranges: Sequence[Range], first: int) -> Iterator[TextTable]:
    """The tables that pieces make, the lines of which begin with the one at `first`; their `at` counts the ranges."""
    for table in find_aligned(pieces):
        cells = [(cell.row, cell.column, ranges[cell.piece.at]) for cell in table.cells]
        reading: GridReading = "aligned" if table.is_sure else "unsure"
        yield TextTable(first + table.first, first + table.last, rows_of(cells), table.header_rows, reading)


def _pieces(line: Line, ranges: list[Range]) -> list[Piece]:
    found = list(_PIECE.finditer(line.text))
    ranges += [line.part(*piece.span()) for piece in found]
    return [Piece(*piece.span(), piece[0], at) for at, piece in enumerate(found, len(ranges) - len(found))]
