"""The elements of a Word document in which a stretch of the text that was read from it stands, to the character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from de06_extract.document.copies.as_drawn import find_drawn
from de06_extract.readers.docx.package import Element
from de06_extract.readers.docx.paragraph import Origin
from de06_extract.readers.docx.reader import TracedDocument


class Piece(NamedTuple):
    """Some characters of an element."""

    element: Element
    start: int
    end: int


def find_pieces(traced: TracedDocument, start: int, end: int) -> tuple[Piece, ...]:
    """The pieces that the text between two offsets stands in, as far as it lies in one paragraph; none if unknown."""
    origin = origin_at(traced, start)
    if origin is None:
        return ()
    line = traced.document.text[origin.start : origin.end]
    drawn = "".join(text for _, text in origin.drawn)
    found = find_drawn(line, start - origin.start, min(end, origin.end) - origin.start, drawn)
    return () if found is None else tuple(_pieces(origin.drawn, *found))


def origin_at(traced: TracedDocument, offset: int) -> Origin | None:
    """Where the paragraph at an offset comes from, None where that is another file inside the document."""
    at = bisect_right(traced.origins, offset, key=lambda origin: origin.start) - 1
    return traced.origins[at] if at >= 0 and offset < traced.origins[at].end else None


def _pieces(drawn: Sequence[tuple[Element | None, str]], start: int, end: int) -> Iterator[Piece]:
    at = 0
    for element, text in drawn:
        first, last = max(start, at), min(end, at + len(text))
        if first < last and element is not None:
            yield Piece(element, first - at, last - at)
        at += len(text)
