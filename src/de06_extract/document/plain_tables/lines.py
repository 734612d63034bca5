"""A table as lines of text hold it, whatever marks its cells, and the grid that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from de06_extract.document.document import Cell, Grid, GridReading
from de06_extract.document.plain_tables.cells import begins_caption

_CAPTION_REACH = 6  # lines above a table in which its title may stand

Range = tuple[int, int]
Pieces = tuple[Range, ...]
"""The ranges of one cell's text: more than one where it goes on on the next line."""


class Line(NamedTuple):
    """A line without its break, and its offsets in the text."""

    start: int
    end: int
    text: str

    @property
    def is_empty(self) -> bool:
        """True for a line of white space."""
        return not self.text.strip()

    def part(self, begin: int, end: int) -> Range:
        """The offsets of a part of the line, white space at its ends left out."""
        held = self.text[begin:end]
        stripped = held.strip()
        first = self.start + begin + (held.index(stripped) if stripped else 0)
        return first, first + len(stripped)


class TextTable(NamedTuple):
    """A table: its first and last line, its rows of cells, how many rows are headings, how its cells are known."""

    first: int
    last: int
    rows: tuple[tuple[Pieces, ...], ...]
    header_rows: int
    reading: GridReading

    def grid(self, lines: Sequence[Line]) -> Grid:
        """The grid of the table in the text whose lines are given."""
        start, end = lines[self.first].start, lines[self.last].end
        return Grid(start, end, tuple(self._cells()), self.header_rows, title_above(lines, self.first), self.reading)

    def _cells(self) -> list[Cell]:
        """The cells in the order of the text."""
        cells = [
            Cell(start, end, number, column)
            for number, row in enumerate(self.rows)
            for column, pieces in enumerate(row)
            for start, end in pieces
        ]
        return sorted(cells, key=lambda cell: cell.start)


def title_above(lines: Sequence[Line], first: int) -> Range | None:
    """The line close above the line at `first` that begins as a caption does: «Bảng 1», «PHỤ LỤC 02»."""
    for line in reversed(lines[max(0, first - _CAPTION_REACH) : first]):
        if begins_caption(line.text):
            return line.start, line.end
    return None


def rows_of(cells: Iterable[tuple[int, int, Range]]) -> tuple[tuple[Pieces, ...], ...]:
    """The rows that cells make, each given by its row, its column and its range."""
    held: dict[tuple[int, int], list[Range]] = {}
    for row, column, piece in cells:
        held.setdefault((row, column), []).append(piece)
    height, width = 1 + max(row for row, _ in held), 1 + max(column for _, column in held)
    return tuple(tuple(tuple(held.get((row, column), ())) for column in range(width)) for row in range(height))


def stretches(free: Sequence[bool]) -> Iterator[Range]:
    """The first line and the one behind the last of each run of lines that are free.

    >>> list(stretches([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    first = None
    for at, is_free in enumerate([*free, False]):
        if is_free and first is None:
            first = at
        elif not is_free and first is not None:
            yield first, at
            first = None
