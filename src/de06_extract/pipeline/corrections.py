"""A document in which some words stand that were read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from de06_extract.document.document import Document, Place


def corrected(document: Document, start: int, end: int, text: str) -> Document:
    """The document with this text between two offsets, all that stands behind it moved.

    >>> corrected(Document("a.txt", "đạt 93,77% số hồ sơ"), 4, 9, "98,77").text
    'đạt 98,77% số hồ sơ'
    """
    longer = len(text) - (end - start)

    def moved(offset: int) -> int:
        return offset + longer if offset >= end else min(offset, start + len(text))

    return replace(
        document,
        text=document.text[:start] + text + document.text[end:],
        blocks=tuple(
            replace(
                block,
                ranges=tuple((moved(first), moved(last)) for first, last in block.ranges),
                anchor=None if block.anchor is None else moved(block.anchor),
            )
            for block in document.blocks
        ),
        grids=tuple(
            replace(
                grid,
                start=moved(grid.start),
                end=moved(grid.end),
                cells=tuple(replace(cell, start=moved(cell.start), end=moved(cell.end)) for cell in grid.cells),
                title=None if grid.title is None else (moved(grid.title[0]), moved(grid.title[1])),
            )
            for grid in document.grids
        ),
        places=tuple(_moved(place, moved, start, end, len(text)) for place in document.places),
    )


def _moved(place: Place, moved: Callable[[int], int], start: int, end: int, length: int) -> Place:
    """The place behind a correction; one that holds it has the new characters where the old ones were."""
    placed = replace(place, start=moved(place.start), end=moved(place.end))
    if not place.start <= start < place.end or place.lefts is None or place.rights is None:
        return placed
    first, last = start - place.start, min(end, place.end) - place.start
    left, right = place.lefts[first], place.rights[last - 1]
    step = (right - left) / max(length, 1)
    edges = [left + step * at for at in range(length + 1)]
    sure = place.confidences
    return replace(
        placed,
        lefts=[*place.lefts[:first], *edges[:-1], *place.lefts[last:]],
        rights=[*place.rights[:first], *edges[1:], *place.rights[last:]],
        confidences=sure and sure[:first] + bytes([min(sure[first:last])]) * length + sure[last:],
    )
