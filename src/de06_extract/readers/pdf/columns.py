"""Columns of prose that were drawn line by line across the page, read one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import sub

from de06_extract.readers.pdf.lines import TextLine

_SAME_LINE = 0.35  # of the size of type between the baselines of lines that stand beside each other
_GUTTER = 1.0  # of the size of type between two columns
_PITCH = 3.0  # of the size of type from row to row; more parts two blocks
_FEWEST = 4  # lines of a column; the heading of a letter has three beside three
_WORDS = 3.0  # of a line of prose, on average; cells of a table have fewer
_CARRIED_ON = 0.35  # of the lines of a column begin with a small letter, as they carry on a sentence; cells do not

Row = list[TextLine]


def in_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those of columns of prose column by column.

    Cells of a table are left in rows: they are short, and each begins anew.
    """
    heights = [line.baseline for line in lines]
    if len(lines) < 2 * _FEWEST or min(map(abs, map(sub, heights[1:], heights))) > _SAME_LINE * lines[0].size:
        return list(lines)
    ordered: list[TextLine] = []
    for block in _blocks(list(_rows(lines))):
        ordered += block.lines()
    return ordered


class _Block:
    """Rows of lines that one set of columns holds: those of its first row."""

    def __init__(self, row: Row) -> None:
        self.rows = [row]
        self.columns = [[line] for line in row]
        self._lefts, self._rights = [line.x0 for line in row], [line.x1 for line in row]

    def takes(self, row: Row) -> bool:
        """True where a row stands below the others in their columns; it is then one of them."""
        step = row[0].baseline - self.rows[-1][0].baseline
        if len(self.columns) < 2 or not 0 < step <= _PITCH * row[0].size:
            return False
        lefts, rights = self._lefts.copy(), self._rights.copy()
        places = [min(range(len(lefts)), key=lambda at: abs(lefts[at] - line.x0)) for line in row]
        for at, line in zip(places, row, strict=True):
            lefts[at], rights[at] = min(lefts[at], line.x0), max(rights[at], line.x1)
        if any(left - right < _GUTTER * row[0].size for left, right in zip(lefts[1:], rights, strict=False)):
            return False
        for at, line in zip(places, row, strict=True):
            self.columns[at].append(line)
        self.rows.append(row)
        self._lefts, self._rights = lefts, rights
        return True

    def lines(self) -> list[TextLine]:
        """The lines column by column where all columns are prose, and else row by row."""
        is_prose = len(self.columns) > 1 and all(map(_is_prose, self.columns))
        return [line for group in (self.columns if is_prose else self.rows) for line in group]


def _are_level(one: TextLine, other: TextLine) -> bool:
    return abs(one.baseline - other.baseline) <= _SAME_LINE * other.size


def _rows(lines: Sequence[TextLine]) -> Iterator[Row]:
    """The lines that follow each other from left to right on one level."""
    row: Row = []
    for line in lines:
        if row and not (_are_level(row[-1], line) and line.x0 > row[-1].x1):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _blocks(rows: Sequence[Row]) -> Iterator[_Block]:
    """The rows in blocks that one set of columns holds; a row across the gutter is a block of its own."""
    block: _Block | None = None
    for row in rows:
        if block is None or not block.takes(row):
            if block:
                yield block
            block = _Block(row)
    if block:
        yield block


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """True for lines of many words that carry on each other's sentences."""
    words = [line.text.split() for line in lines]
    carried_on = sum(line.text[0].islower() for line in lines[1:])
    return (
        len(lines) >= _FEWEST
        and sum(map(len, words)) >= _WORDS * len(lines)
        and carried_on >= _CARRIED_ON * (len(lines) - 1)
    )
