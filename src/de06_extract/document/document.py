"""One NFC text with offsets, and for each offset its place in the file.

Readers make a `Document`; everything later speaks in spans of its text. `Document.span()` is the one place where a
`Span` is made, so offsets, page and words agree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from de06_extract.errors import TooLargeError
from de06_extract.language.messages import said
from de06_extract.schema.report import Location, OcrPage, PageSize, Remark, Span, TextFrom

BlockKind = Literal["paragraph", "heading", "footnote", "header", "footer", "table"]
GridReading = Literal["marked", "aligned", "unsure"]

MOST_CHARACTERS = 5_000_000  # of a document: two thousand pages


def check_length(text: str, name: str) -> None:
    """Raises a `TooLargeError` for a text that is longer than any document; it names the file."""
    if len(text) > MOST_CHARACTERS:
        raise TooLargeError(f"{name}: " + said("errors", "too_long", count=len(text), most_characters=MOST_CHARACTERS))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text that lies on one line, in one paragraph or in one cell of the file.

    `lefts` and `rights`, for a PDF line, hold the horizontal edges of each character in points; `location` then
    carries the box of the whole line, which falls by `tilt` for each point to the right if the page was scanned askew.
    `confidences`, for a line read from an image, says how sure each character is, from 0 to 100.
    """

    start: int
    end: int
    location: Location
    lefts: Sequence[float] | None = None
    rights: Sequence[float] | None = None
    tilt: float = 0.0
    confidences: bytes | None = None

    def locate(self, start: int, end: int) -> Location:
        """The location of the part of this place between two offsets of the document's text."""
        if self.lefts is None or self.rights is None or self.location.bbox is None:
            return self.location
        first, last = max(start, self.start) - self.start, min(end, self.end) - self.start
        if first >= last:
            return self.location
        x0, top, x1, bottom = self.location.bbox
        left, right = min(self.lefts[first:last]), max(self.rights[first:last])
        before, behind = (left - x0) * self.tilt, (x1 - right) * self.tilt
        top, bottom = top + max(before, -behind, 0.0), bottom - max(behind, -before, 0.0)
        box = (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
        return self.location.model_copy(update={"bbox": box})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, footnote, running header or table, as one or more ranges of the text in reading order.

    More than one range: a page break, a page number or a footnote stands in the middle of the sentence. A footnote
    carries its `mark` as printed and the `anchor`, the offset of that mark in the body, when it was found there.
    """

    kind: BlockKind
    ranges: tuple[tuple[int, int], ...]
    mark: str | None = None
    anchor: int | None = None

    @property
    def start(self) -> int:
        """The offset of the first character."""
        return self.ranges[0][0]

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.ranges[-1][1]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the range of its text, and its row and column counted from 0 as displayed."""

    start: int
    end: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the text: its range, its cells in reading order, how many rows at its top are headings.

    `reading` says how its cells are known: marked by rules, tabs or bars, told from how they are aligned, or unsure
    though it looks like a table.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    header_rows: int = 1
    title: tuple[int, int] | None = None
    reading: GridReading = "marked"


class SecondReading(NamedTuple):
    """What was read when a place on the image of a page was looked at again, and how sure that is from 0 to 100."""

    text: str
    confidence: int


@dataclass(frozen=True)
class Document:
    """The text of a file in NFC, with blocks, tables and places.

    `name` is the file's name without its folder. `places` are sorted by offset and do not overlap. `pages` is None for
    formats without pages, `page_sizes` are those of a PDF file as displayed, `unread_pages` are those that are images,
    `ocr_pages` those that were read from their images; `read_again` looks at a place on one of those once more.
    `is_verbatim` is true for a plain text in NFC with nothing invisible in it: offsets are the file's. `remarks` say
    what of the file was not read, or read otherwise than its name says.
    """

    name: str
    text: str
    media_type: str = "text/plain"
    text_from: TextFrom = "plain-text"
    is_verbatim: bool = False
    pages: int | None = None
    page_sizes: tuple[PageSize, ...] = ()
    unread_pages: tuple[int, ...] = ()
    ocr_pages: tuple[OcrPage, ...] = ()
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    places: tuple[Place, ...] = field(default=(), repr=False)
    remarks: tuple[Remark, ...] = ()
    read_again: Callable[[Location], SecondReading | None] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [place.start for place in self.places]

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets; no other function makes one, so that offsets, page and words agree.

        >>> Document("a.txt", "đạt 98,77%").span(4, 9).text
        '98,77'
        """
        return Span(start=start, end=end, page=self.page(start), text=self.text[start:end])

    def page(self, offset: int) -> int | None:
        """The page, counted from 1, on which the character at `offset` stands; None without pages."""
        at = bisect_right(self._starts, offset) - 1
        return self.places[at].location.page if at >= 0 else None

    def locations(self, start: int, end: int) -> tuple[Location, ...]:
        """The places of the text between two offsets: one location for each line, paragraph or cell that it touches."""
        return tuple(place.locate(start, end) for place in self._places_between(start, end))

    def confidence(self, start: int, end: int) -> int | None:
        """How sure the least sure character between two offsets is, from 0 to 100; None where none is from an image."""
        sure = [
            place.confidences[max(start, place.start) - place.start : end - place.start]
            for place in self._places_between(start, end)
            if place.confidences
        ]
        return min(b"".join(sure), default=None)

    def _places_between(self, start: int, end: int) -> Iterator[Place]:
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self.places) and self.places[at].start < end:
            if self.places[at].end > start:
                yield self.places[at]
            at += 1


def moved_block(block: Block, by: int) -> Block:
    """The block in a text that begins so many characters earlier."""
    anchor = None if block.anchor is None else block.anchor + by
    return replace(block, ranges=tuple((start + by, end + by) for start, end in block.ranges), anchor=anchor)


def moved_grid(grid: Grid, by: int) -> Grid:
    """The grid in a text that begins so many characters earlier."""
    cells = tuple(replace(cell, start=cell.start + by, end=cell.end + by) for cell in grid.cells)
    title = None if grid.title is None else (grid.title[0] + by, grid.title[1] + by)
    return replace(grid, start=grid.start + by, end=grid.end + by, cells=cells, title=title)
