"""Rows of a ruled table that no rule parts: several figures one below the other in each of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from de06_extract.document.plain_tables.cells import is_blank, is_figure
from de06_extract.readers.pdf.lines import TextLine

Row = tuple[tuple[TextLine, ...], ...]

_SAME_LINE = 0.35  # of the size of type between two baselines
_FEWEST_CELLS = 2  # with figures at the same heights; one may hold a list


def split_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those with several figures in every cell of figures as one for each."""
    return tuple(part for row in rows for part in _parts(row))


def _parts(row: Row) -> Iterator[Row]:
    heights = _heights(row)
    if len(heights) < 2:
        yield row
        return
    for at, height in enumerate(heights):
        end = heights[at + 1] if at + 1 < len(heights) else None
        yield tuple(tuple(line for line in cell if _stands(line, height, end, is_first=not at)) for cell in row)


def _heights(row: Row) -> list[float]:
    """The baselines at which all cells of figures have one; none where they differ."""
    held = [cell for cell in row if cell and all(is_figure(line.text) or is_blank(line.text) for line in cell)]
    if len(held) < _FEWEST_CELLS or not any(is_figure(line.text) for cell in held for line in cell):
        return []
    heights = [line.baseline for line in held[0]]
    same = all(
        len(cell) == len(heights)
        and all(abs(line.baseline - y) < _SAME_LINE * line.size for line, y in zip(cell, heights, strict=True))
        for cell in held
    )
    return heights if same else []


def _stands(line: TextLine, height: float, end: float | None, *, is_first: bool) -> bool:
    """True for a line at a height, or below it and above the next; what stands above the first belongs to it."""
    margin = _SAME_LINE * line.size
    return (is_first or line.baseline >= height - margin) and (end is None or line.baseline < end - margin)
