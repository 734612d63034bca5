"""Tables with a line for each cell, as they are copied from a page: headings, then name and figures, row after row.

Empty cells leave no line, so that a row may be shorter than the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from de06_extract.document.document import GridReading
from de06_extract.document.plain_tables.cells import (
    begins_caption,
    heads_ordinals,
    is_blank,
    is_figure,
    is_year,
    names_total,
)
from de06_extract.document.plain_tables.lines import Line, TextTable, rows_of, stretches

_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2  # in a row; with one it is a list of names and prices
_LONGEST_CELL = 80  # characters
_MOSTLY = 0.75  # of the rows have as many cells
_WIDEST = 20  # columns

Row = list[int]
"""The lines of a row's cells."""


def find_cell_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    del text
    for first, end in stretches(free):
        for cells in _runs(lines, first, end):
            table = _Cells(lines, cells).table()
            if table is not None:
                yield table


def _runs(lines: Sequence[Line], first: int, end: int) -> Iterator[list[int]]:
    """The numbers of short lines that follow each other, empty ones left out, with figures among them."""
    run: list[int] = []
    for at in [*range(first, end), None]:
        if at is not None and lines[at].is_empty:
            continue
        if at is not None and len(lines[at].text.strip()) <= _LONGEST_CELL and "|" not in lines[at].text:
            run.append(at)
            continue
        if sum(is_figure(lines[n].text) for n in run) >= _FEWEST_ROWS * _FEWEST_FIGURES:
            yield run
        run = []


class _Cells:
    """Some lines, each perhaps a cell."""

    def __init__(self, lines: Sequence[Line], numbers: Sequence[int]) -> None:
        self.lines, self.numbers = lines, numbers
        self.texts = [lines[number].text.strip() for number in numbers]
        self.holds = [is_figure(text) or is_blank(text) for text in self.texts]
        ordinals = self._starts_by_ordinal()
        self.is_numbered = bool(ordinals)
        self.starts = ordinals or self._starts_by_year() or self._starts_by_name()
        self.names = _usual(self._names_from(at) for at in self.starts[1:-1])

    def table(self) -> TextTable | None:
        """The table that the lines make; None where they make none."""
        cut = self._cut()
        if len(cut) < _FEWEST_ROWS:
            return None
        width = _usual(map(len, cut))
        rows = self._without_rest([row for one in cut for row in self._parted(one, width)], width)
        if len(rows) < _FEWEST_ROWS or not self._holds_figures(rows, width):
            return None
        heads = self._headings(rows[0][0], width)
        same = sum(len(row) == width for row in rows)
        is_sure = same >= max(_FEWEST_ROWS, _MOSTLY * len(rows)) and all(len(row) <= width for row in rows)
        speaks = bool(heads) or (is_sure and (self.is_numbered or self._has_total(rows)))
        return self._placed(heads, rows, "aligned" if is_sure else "unsure") if speaks else None

    def _placed(self, heads: Row, rows: Sequence[Row], reading: GridReading) -> TextTable:
        placed = [heads, *rows] if heads else rows
        cells = [
            (number, column, self.lines[self.numbers[at]].part(0, len(self.lines[self.numbers[at]].text)))
            for number, row in enumerate(placed)
            for column, at in enumerate(row)
        ]
        first, last = self.numbers[placed[0][0]], self.numbers[rows[-1][-1]]
        return TextTable(first, last, rows_of(cells), int(bool(heads)), reading)

    def _holds_figures(self, rows: Sequence[Row], width: int) -> bool:
        """True where rows have several figures, ordinals left out."""
        figures = _usual(sum(map(self._is_counted, row)) for row in rows if len(row) == width)
        return _FEWEST_FIGURES < width <= _WIDEST and figures >= _FEWEST_FIGURES + self.is_numbered

    def _has_total(self, rows: Sequence[Row]) -> bool:
        return any(names_total(self.texts[row[0]]) for row in rows)

    def _is_counted(self, at: int) -> bool:
        return self.holds[at] and not is_year(self.texts[at])

    def _starts_by_ordinal(self) -> list[int]:
        """The lines «1», «2», «3» … that each stand before a name: rows begin with them; none where there are few."""
        starts: list[int] = []
        for at, text in enumerate(self.texts[:-1]):
            if text.strip(".").lstrip("0") == str(len(starts) + 1) and not self.holds[at + 1]:
                starts.append(at)
        return starts if len(starts) >= _FEWEST_ROWS else []

    def _starts_by_year(self) -> list[int]:
        """The lines with years, where the next year stands as many lines behind each; none where there are few."""
        years = [at for at, text in enumerate(self.texts) if is_year(text)]
        steps = {other - one for one, other in pairwise(years)}
        return years if len(years) >= _FEWEST_ROWS and len(steps) == 1 and max(steps) > _FEWEST_FIGURES else []

    def _starts_by_name(self) -> list[int]:
        """The lines with words right behind a line with a figure, and as many lines before the first figure."""
        behind = [at for at in range(1, len(self.texts)) if self.holds[at - 1] and not self.holds[at]]
        first = self.holds.index(True) if True in self.holds else 0
        if len(behind) < _FEWEST_ROWS - 1:
            return []
        return [first - _usual(self._names_from(at) for at in behind[:-1] or behind), *behind]

    def _names_from(self, at: int) -> int:
        """How many lines with words follow each other from a line on."""
        end = at
        while end < len(self.texts) and not self.holds[end]:
            end += 1
        return end - at

    def _cut(self) -> list[Row]:
        """The rows from each start to the next; a total that has no ordinal begins one as well."""
        if not self.starts or self.starts[0] < 0:
            return []
        first = self._total_above(self.starts[0])
        cuts = sorted(
            {first, *self.starts, *(at for at in range(first + 1, len(self.texts)) if self._begins_total(at))}
        )
        return [list(range(one, other)) for one, other in pairwise([*cuts, len(self.texts)])]

    def _total_above(self, first: int) -> int:
        """Where a total begins that stands above the first row with a number; that row itself without one."""
        at = first
        while at and self.holds[at - 1]:
            at -= 1
        return at - 1 if 0 < at < first and names_total(self.texts[at - 1]) else first

    def _begins_total(self, at: int) -> bool:
        return names_total(self.texts[at]) and self.holds[at - 1] and not self.holds[at]

    def _parted(self, row: Row, width: int) -> list[Row]:
        """The row, and the names of groups before and behind it on rows of their own."""
        if len(row) <= width:
            return [row]
        extra = 0 if self.is_numbered else max(0, self._names_from(row[0]) - self.names)
        behind = [] if any(self.holds[at] for at in row[width:]) else row[width:]
        return [part for part in (row[:extra], row[extra : len(row) - len(behind)], behind) if part]

    def _without_rest(self, rows: Sequence[Row], width: int) -> list[Row]:
        """The rows without what stands behind the last figure of all, but for as many words as end other rows."""
        out = list(rows)
        while out and not any(self.holds[at] for at in out[-1]):
            out.pop()
        if not out:
            return []
        usual = _usual(self._names_behind(row) for row in out[:-1] if len(row) == width)
        end = len(out[-1]) - self._names_behind(out[-1]) + usual
        return [*out[:-1], out[-1][: min(end, width)]]

    def _names_behind(self, row: Row) -> int:
        """How many lines with words end a row."""
        return next((count for count, at in enumerate(reversed(row)) if self.holds[at]), len(row))

    def _headings(self, first: int, width: int) -> Row:
        """The lines right above the first row, as many as it has cells; none where they may be others."""
        start = first - width
        if start < 0 or any(self._is_counted(at) for at in range(start, first)):
            return []
        if self.is_numbered:
            return list(range(start, first)) if heads_ordinals(self.texts[start]) else []
        before = self.texts[start - 1] if start else ""
        gap = (
            start == 0 or self.numbers[start] - self.numbers[start - 1] > self.numbers[start + 1] - self.numbers[start]
        )
        ends = before.endswith((".", ":", ";")) or begins_caption(before)
        return list(range(start, first)) if gap or ends else []


def _usual(counts: Iterable[int]) -> int:
    """The number that most are, the larger of two that are as frequent; 0 of none."""
    counted = Counter(counts)
    return max(counted, key=lambda count: (counted[count], count), default=0)
