"""The pages of a report with the boxes of its marks, and its text with the same marks where it has no pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from de06_extract.web.review.marks import FigureMark

_PICTURED = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
_ROOM = 0.8  # points around a figure: the next character is not hidden


@dataclass(frozen=True, slots=True)
class SheetBox:
    """The box of a figure on a page, in points from the top left; of a figure on two lines there are two."""

    mark: FigureMark
    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where the line under it is."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, its size in points as displayed, the boxes on it; whether its text was recognised."""

    number: int
    width: float
    height: float
    boxes: tuple[SheetBox, ...]
    is_recognised: bool
    is_unread: bool


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of the text: plain words, or a figure that is marked."""

    text: str
    mark: FigureMark | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, or the rows of a table that stand together: cells in rows, each of pieces."""

    rows: tuple[tuple[tuple[TextPiece, ...], ...], ...]
    is_table: bool


def sheets_of(report: Mapping[str, Any], marks: Sequence[FigureMark]) -> tuple[Sheet, ...]:
    """The pages of a report of which there are pictures, none of another format."""
    source = report["source"]
    if source["media_type"] not in _PICTURED:
        return ()
    recognised = {page["page"] for page in source["ocr_pages"]}
    unread = set(source["unread_pages"])
    boxes: dict[int, list[SheetBox]] = {}
    for mark in marks:
        for location in mark.locations:
            if location.get("bbox") is not None and location.get("page") is not None:
                boxes.setdefault(location["page"], []).append(_box(mark, location["bbox"]))
    return tuple(
        Sheet(
            number,
            float(size["width"]),
            float(size["height"]),
            tuple(boxes.get(number, ())),
            number in recognised,
            number in unread,
        )
        for number, size in enumerate(source["page_sizes"], 1)
    )


def lines_of(text: str, marks: Sequence[FigureMark]) -> Iterator[tuple[TextPiece, ...]]:
    """The lines of a text, each in pieces; a figure that goes over a line end is marked on both lines."""
    start, coming, here = 0, deque(marks), list[FigureMark]()
    for line in text.split("\n"):
        end = start + len(line)
        while coming and coming[0].start < end:
            here.append(coming.popleft())
        here = [mark for mark in here if mark.end > start]
        yield tuple(_pieces(line, start, here))
        start = end + 1


def blocks_of(text: str, marks: Sequence[FigureMark]) -> Iterator[TextBlock]:
    """The text in paragraphs and tables: lines with tabs that follow each other are the rows of a table."""
    rows: list[tuple[tuple[TextPiece, ...], ...]] = []
    for line in lines_of(text, marks):
        cells = tuple(_cells(line))
        if len(cells) > 1:
            rows.append(cells)
            continue
        if rows:
            yield TextBlock(tuple(rows), is_table=True)
            rows = []
        yield TextBlock((cells,), is_table=False)
    if rows:
        yield TextBlock(tuple(rows), is_table=True)


def _cells(line: Sequence[TextPiece]) -> Iterator[tuple[TextPiece, ...]]:
    """The pieces of a line, parted at the tabs that stand in no figure."""
    cell: list[TextPiece] = []
    for piece in line:
        if piece.mark is not None:
            cell.append(piece)
            continue
        first, *others = piece.text.split("\t")
        cell.append(TextPiece(first))
        for other in others:
            yield tuple(cell)
            cell = [TextPiece(other)]
    yield tuple(cell)


def _pieces(line: str, start: int, marks: Sequence[FigureMark]) -> Iterator[TextPiece]:
    at = 0
    for mark in marks:
        first, behind = max(mark.start - start, 0), min(mark.end - start, len(line))
        if first < at:
            continue  # over another one, which stands before it
        if first > at:
            yield TextPiece(line[at:first])
        yield TextPiece(line[first:behind], mark)
        at = behind
    if at < len(line):
        yield TextPiece(line[at:])


def _box(mark: FigureMark, bbox: Sequence[Any]) -> SheetBox:
    left, top, right, bottom = map(float, bbox)
    return SheetBox(mark, left - _ROOM, top - _ROOM, right - left + 2 * _ROOM, bottom - top + 2 * _ROOM)
