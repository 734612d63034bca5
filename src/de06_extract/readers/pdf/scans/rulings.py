"""The level and upright lines that are printed on a page of pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from de06_extract.readers.pdf.scans.hocr import Pixels

_LEVEL, _UPRIGHT = 0.4, 0.28  # inches; a shorter stroke may belong to a letter
_THICK = 0.05  # of an inch; what is thicker is no line
_MOST_RUNS = 50_000  # a photograph has more


def find_rules(ink: Any, resolution: float) -> list[Pixels]:
    """The lines on a page, True where there is ink: level ones and upright ones."""
    levels = _long_runs(ink, round(_LEVEL * resolution), resolution)
    uprights = _long_runs(ink.T, round(_UPRIGHT * resolution), resolution)
    return [*levels, *((top, left, bottom, right) for left, top, right, bottom in uprights)]


def _long_runs(ink: Any, length: int, resolution: float) -> list[Pixels]:
    """The thin level stretches of ink of that length, a pixel of unevenness allowed."""
    import numpy

    even = ink.copy()
    even[1:] |= ink[:-1]
    even[:-1] |= ink[1:]
    edges = numpy.diff(even.astype(numpy.int8), axis=1, prepend=0, append=0)
    rows, starts = numpy.nonzero(edges == 1)
    _, ends = numpy.nonzero(edges == -1)
    kept = ends - starts >= length
    if kept.sum() > _MOST_RUNS:
        return []
    runs = zip(rows[kept].tolist(), starts[kept].tolist(), ends[kept].tolist(), strict=True)
    return [box for box in _boxes(runs) if box[3] - box[1] <= max(3.0, _THICK * resolution)]


def _boxes(runs: Iterator[tuple[int, int, int]]) -> list[Pixels]:
    """The boxes around stretches that touch from row to row, a row of unevenness at either side taken off."""
    done: list[list[int]] = []
    open_: list[list[int]] = []
    for row, start, end in runs:
        done += [box for box in open_ if box[3] < row - 1]
        open_ = [box for box in open_ if box[3] >= row - 1]
        touching = [box for box in open_ if box[0] < end and start < box[2]]
        box = [start, row, end, row]
        for other in touching:
            box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), row]
        open_ = [other for other in open_ if other not in touching] + [box]
    return [(left, top + 1.0, right, max(bottom, top + 2.0)) for left, top, right, bottom in done + open_]
