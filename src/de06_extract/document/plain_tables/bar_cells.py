"""Tables with a bar or a cell on each line, as a page that was converted badly has them.

A row of n cells stands between n + 1 bars, and two rows have two bars between them: counted through, every n + 1st gap
between bars is the end of a row and holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from de06_extract.document.plain_tables.cells import is_figure, is_year
from de06_extract.document.plain_tables.lines import Line, TextTable, rows_of, stretches

_BAR = "|"
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2  # columns of them
_WIDEST = 20  # columns
_MOST_LINES = 3  # of a cell
_NEARLY = 0.8  # of the gaps that the best width explains
_MOSTLY = 0.5  # of the rows have as many figures


class _Gap(NamedTuple):
    """What stands between two bars: the lines of a cell, or nothing; `bar` is the line of the bar before it."""

    bar: int
    lines: tuple[int, ...]


def find_bar_cell_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    del text
    for first, end in stretches(free):
        gaps = _gaps(lines, first, end)
        at = 0
        while at < len(gaps):
            width, count = _longest(gaps, at)
            table = _table(lines, gaps, at, width, count) if count >= _FEWEST_ROWS else None
            if table is not None:
                yield table
            at += max(1, count * (width + 1))


def _gaps(lines: Sequence[Line], first: int, end: int) -> list[_Gap]:
    bars = [at for at in range(first, end) if lines[at].text.strip() == _BAR]
    return [
        _Gap(bar, tuple(at for at in range(bar + 1, other) if not lines[at].is_empty))
        for bar, other in zip(bars, [*bars[1:], bars[-1] + 1] if bars else [], strict=True)
    ]


def _longest(gaps: Sequence[_Gap], first: int) -> tuple[int, int]:
    """How many cells the rows have that begin with a gap, and how many rows there are.

    Where rows of twice as many cells explain hardly more, two rows are not one.
    """
    found = {width: _rows(gaps, first, width) for width in range(_FEWEST_FIGURES, _WIDEST + 1)}
    reach = {width: count * (width + 1) for width, count in found.items() if count >= _FEWEST_ROWS}
    most = max(reach.values(), default=0)
    width = min((width for width, length in reach.items() if length >= _NEARLY * most), default=0)
    return width, found.get(width, 0)


def _rows(gaps: Sequence[_Gap], first: int, width: int) -> int:
    """How many rows of so many cells follow each other from a gap on; behind the last one other text may stand."""
    count, at = 0, first
    while at + width <= len(gaps) and _is_row(gaps[at : at + width]):
        count += 1
        at += width + 1
        if at - 1 < len(gaps) and gaps[at - 1].lines:
            return count if count > 1 else 0
    return count


def _is_row(cells: Sequence[_Gap]) -> bool:
    return any(gap.lines for gap in cells[:2]) and all(len(gap.lines) <= _MOST_LINES for gap in cells)


def _table(lines: Sequence[Line], gaps: Sequence[_Gap], first: int, width: int, count: int) -> TextTable | None:
    rows = [gaps[at : at + width] for at in range(first, first + count * (width + 1), width + 1)]
    figures = [sum(_is_figure(lines, gap) for gap in row[1:]) for row in rows]
    if sum(held >= _FEWEST_FIGURES for held in figures) < max(_FEWEST_ROWS, _MOSTLY * len(rows)):
        return None
    last = max((*rows[-1][-1].lines, rows[-1][-1].bar))
    body = next(number for number, held in enumerate(figures) if held >= _FEWEST_FIGURES)
    cells = [
        (number, column, lines[at].part(0, len(lines[at].text)))
        for number, row in enumerate(rows)
        if number >= body or all(gap.lines for gap in row)  # of other headings it is lost what they stand over
        for column, gap in enumerate(row)
        for at in gap.lines
    ]
    return TextTable(rows[0][0].bar, last, rows_of(cells), body, "aligned")


def _is_figure(lines: Sequence[Line], gap: _Gap) -> bool:
    return len(gap.lines) == 1 and is_figure(text := lines[gap.lines[0]].text) and not is_year(text)
