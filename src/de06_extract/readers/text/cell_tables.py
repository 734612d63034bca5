"""Tables with a line for each cell, as they are copied from a page: headings, then name and figures, row after row.

Empty cells leave no line, so that a row may be shorter than the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from de06_extract.document.plain_cells import (
    begins_caption,
    heads_ordinals,
    is_blank,
    is_figure,
    is_year,
    names_total,
)
from de06_extract.readers.text.text_table import Line, TextTable, rows_of, stretches

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

    def table(self) -> TextTable | None:
        """The table that the lines make; None where they make none."""
        numbered = self._starts_by_ordinal()
        starts = numbered or self._starts_by_name()
        rows = self._rows(starts)
        if len(rows) < _FEWEST_ROWS:
            return None
        counts = Counter(map(len, rows))
        width = max(counts, key=lambda count: (counts[count], count))
        rows = self._whole(rows, width, bool(numbered))
        figures = Counter(sum(self._is_counted(at) for at in row) for row in rows if len(row) == width)
        if len(rows) < _FEWEST_ROWS or not _FEWEST_FIGURES < width <= _WIDEST:
            return None
        if max(figures, key=figures.__getitem__, default=0) < _FEWEST_FIGURES + bool(numbered):
            return None
        heads = self._headings(rows[0][0], width, bool(numbered))
        if not (heads or numbered or any(names_total(self.texts[row[0]]) for row in rows)):
            return None
        same = sum(len(row) == width for row in rows)
        is_sure = same >= max(_FEWEST_ROWS, _MOSTLY * len(rows)) and all(len(row) <= width for row in rows)
        if not (heads or is_sure):
            return None
        placed = [*([heads] if heads else []), *rows]
        cells = [
            (number, column, self.lines[self.numbers[at]].part(0, len(self.lines[self.numbers[at]].text)))
            for number, row in enumerate(placed)
            for column, at in enumerate(row)
        ]
        return TextTable(
            self.numbers[placed[0][0]], self.numbers[rows[-1][-1]], rows_of(cells), int(bool(heads)),
            "aligned" if is_sure else "unsure",
        )  # fmt: skip

    def _is_counted(self, at: int) -> bool:
        return self.holds[at] and not is_year(self.texts[at])

    def _starts_by_ordinal(self) -> list[int]:
        """The lines «1», «2», «3» … that each stand before a name: rows begin with them; none where there are few."""
        starts: list[int] = []
        for at, text in enumerate(self.texts[:-1]):
            if text.strip(".").lstrip("0") == str(len(starts) + 1) and not self.holds[at + 1]:
                starts.append(at)
        return starts if len(starts) >= _FEWEST_ROWS else []

    def _starts_by_name(self) -> list[int]:
        """The lines with words right behind a line with a figure, and as many lines before the first figure."""
        behind = [at for at in range(1, len(self.texts)) if self.holds[at - 1] and not self.holds[at]]
        first = self.holds.index(True) if True in self.holds else 0
        if len(behind) < _FEWEST_ROWS - 1:
            return []
        names = Counter(self._names_from(at) for at in behind[:-1] or behind)
        return [first - max(names, key=names.__getitem__), *behind]

    def _names_from(self, at: int) -> int:
        """How many lines with words follow each other from a line on."""
        end = at
        while end < len(self.texts) and not self.holds[end]:
            end += 1
        return end - at

    def _rows(self, starts: Sequence[int]) -> list[Row]:
        """The rows from each start to the next; a total that has no ordinal begins one as well."""
        if not starts or starts[0] < 0:
            return []
        cuts = sorted({*starts, *(at for at in range(starts[0] + 1, len(self.texts)) if self._begins_total(at))})
        return [list(range(one, other)) for one, other in pairwise([*cuts, len(self.texts)])]

    def _begins_total(self, at: int) -> bool:
        return names_total(self.texts[at]) and self.holds[at - 1] and not self.holds[at]

    def _whole(self, rows: Sequence[Row], width: int, numbered: bool) -> list[Row]:
        """The rows with names of groups on rows of their own, and without what stands behind the last figure of all."""
        out: list[Row] = []
        names = Counter(self._names_from(row[0]) for row in rows if len(row) == width)
        usual = max(names, key=names.__getitem__)
        for row in rows:
            extra = max(0, self._names_from(row[0]) - usual) if len(row) > width and not numbered else 0
            behind = row[width:] if len(row) > width and not any(self.holds[at] for at in row[width:]) else []
            out += [row[:extra], row[extra : len(row) - len(behind)], behind]
        out = [row for row in out if row]
        while out and not any(self.holds[at] for at in out[-1]):
            out.pop()
        tail = Counter(self._names_behind(row) for row in out[:-1] if len(row) == width)
        last = out[-1] if out else []
        keep = len(last) - self._names_behind(last) + max(tail, key=tail.__getitem__, default=0)
        return [*out[:-1], last[: min(keep, width)]]

    def _names_behind(self, row: Row) -> int:
        """How many lines with words end a row."""
        return next((count for count, at in enumerate(reversed(row)) if self.holds[at]), len(row))

    def _headings(self, first: int, width: int, numbered: bool) -> Row:
        """The lines right above the first row, as many as it has cells; none where they may be others."""
        start = first - width
        if start < 0 or any(self._is_counted(at) for at in range(start, first)):
            return []
        if numbered:
            return list(range(start, first)) if heads_ordinals(self.texts[start]) else []
        before = self.texts[start - 1] if start else ""
        gap = start == 0 or self.numbers[start] - self.numbers[start - 1] > self.numbers[start + 1] - self.numbers[start]
        ends = before.endswith((".", ":", ";")) or begins_caption(before)
        return list(range(start, first)) if gap or ends else []
