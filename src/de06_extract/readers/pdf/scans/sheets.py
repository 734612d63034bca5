"""The cells of a ruled table below each other on a sheet, so that Tesseract reads each for itself and all at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from de06_extract.readers.pdf.tables.frames import Frame, Square

_BORDER = 5  # pixels beside a rule that may still be its ink
_AROUND, _BETWEEN = 12, 26  # pixels of white about a cell on the sheet, and between two of them
_HIGHEST = 12_000  # pixels of a sheet; Tesseract reads none of more than 32,767
_SPECKS = 12  # pixels of ink that a cell without a word may have


@dataclass(frozen=True, slots=True)
class CellPicture:
    """What is printed in a cell: its pixels, and by how many the page has it further right and down than the sheet."""

    square: Square
    pixels: Any
    right: float
    down: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture of cells below each other, and where each begins."""

    pixels: Any
    tops: tuple[int, ...]
    cells: tuple[CellPicture, ...]

    def cell_at(self, height: float) -> CellPicture | None:
        """The cell that is shown at a height of the sheet."""
        at = bisect_right(self.tops, height) - 1
        return self.cells[at] if at >= 0 else None


def cells_of(frame: Frame, height: float, scale: float, pixels: Any, ink: Any) -> list[CellPicture]:
    """The cells of a frame in which something is printed; `scale` is that of its points to pixels of the page."""
    squares: dict[Square, list[Square]] = {}
    for square, owner in frame.owners.items():
        squares.setdefault(owner, []).append(square)
    cells = []
    for owner, members in sorted(squares.items()):
        rows, columns = [row for row, _ in members], [column for _, column in members]
        left, right = frame.xs[min(columns)] / scale, frame.xs[max(columns) + 1] / scale
        top, bottom = (height - frame.ys[min(rows)]) / scale, (height - frame.ys[max(rows) + 1]) / scale
        cell = _trimmed(owner, (round(left), round(top), round(right), round(bottom)), pixels, ink)
        if cell is not None:
            cells.append(cell)
    return cells


def _trimmed(square: Square, box: tuple[int, int, int, int], pixels: Any, ink: Any) -> CellPicture | None:
    """What is printed inside a box, without its rules and without the white about it; None for nothing."""
    import numpy

    left, top, right, bottom = (box[0] + _BORDER, box[1] + _BORDER, box[2] - _BORDER, box[3] - _BORDER)
    inside = ink[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if inside.sum() <= _SPECKS:
        return None
    rows, columns = numpy.nonzero(inside.sum(axis=1) > 1)[0], numpy.nonzero(inside.sum(axis=0) > 1)[0]
    if not len(rows) or not len(columns):
        return None
    first_row, first_column = top + int(rows[0]), left + int(columns[0])
    shown = pixels[first_row - 2 : top + int(rows[-1]) + 3, first_column - 2 : left + int(columns[-1]) + 3]
    return CellPicture(square, shown, first_column - 2.0, first_row - 2.0)


def make_sheets(cells: Sequence[CellPicture]) -> Iterator[Sheet]:
    """The cells on as many sheets as they need."""
    group, height = list[CellPicture](), 0
    for cell in cells:
        if group and height + cell.pixels.shape[0] > _HIGHEST:
            yield _sheet(group)
            group, height = [], 0
        group.append(cell)
        height += cell.pixels.shape[0] + _BETWEEN
    if group:
        yield _sheet(group)


def _sheet(cells: Sequence[CellPicture]) -> Sheet:
    import numpy

    heights = [cell.pixels.shape[0] + _BETWEEN for cell in cells]
    width = max(cell.pixels.shape[1] for cell in cells) + 2 * _AROUND
    pixels = numpy.full((sum(heights) + _BETWEEN, width), 255, dtype=numpy.uint8)
    at, placed, tops = _BETWEEN // 2 + 1, list[CellPicture](), list[int]()
    for cell, step in zip(cells, heights, strict=True):
        rows, columns = cell.pixels.shape
        pixels[at : at + rows, _AROUND : _AROUND + columns] = cell.pixels
        placed.append(CellPicture(cell.square, cell.pixels, cell.right - _AROUND, cell.down - at))
        tops.append(at - _BETWEEN // 2)
        at += step
    return Sheet(pixels, tuple(tops), tuple(placed))
