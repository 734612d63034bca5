"""A paragraph as one text, and its offsets as those of the document.

A page break, a footnote or a line end may stand inside a paragraph: its ranges are joined by blanks, so that what reads
as one sentence is searched as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from de06_extract.document.document import Block, BlockKind, Document
from de06_extract.language.dates import WrittenDate, find_dates
from de06_extract.schema.report import Span

PROSE: tuple[BlockKind, ...] = ("paragraph", "heading", "footnote")


@dataclass(frozen=True)
class Prose:
    """The joined text of some ranges of a document; `block` is the paragraph that it is, None for a cell of a table."""

    document: Document
    text: str
    begins: tuple[int, ...]
    ranges: tuple[tuple[int, int], ...]
    block: Block | None = None

    @cached_property
    def dates(self) -> tuple[WrittenDate, ...]:
        """The dates with a year, as written; their offsets are those of the joined text."""
        return tuple(find_dates(self.text))

    def span(self, start: int, end: int) -> Span:
        """The span of the document between two offsets of the joined text."""
        return self.document.span(self._offset(start), self._offset(end - 1) + 1)

    def _offset(self, local: int) -> int:
        piece = max(0, bisect_right(self.begins, local) - 1)
        start, end = self.ranges[piece]
        return min(start + local - self.begins[piece], end)


def join(document: Document, ranges: tuple[tuple[int, int], ...], block: Block | None = None) -> Prose:
    """The text of the ranges with one blank between them.

    >>> joined = join(Document("a.txt", "Số 5 và 2 6"), ((0, 4), (8, 11)))
    >>> joined.text, joined.span(5, 8).start
    ('Số 5 2 6', 8)
    """
    begins, at = [], 0
    for start, end in ranges:
        begins.append(at)
        at += end - start + 1
    return Prose(document, " ".join(document.text[a:b] for a, b in ranges), tuple(begins), ranges, block)


def paragraphs(document: Document) -> Iterator[Prose]:
    """Every paragraph, heading and footnote in the order of the document."""
    return (join(document, block.ranges, block) for block in document.blocks if block.kind in PROSE)


def passages(document: Document) -> Iterator[Prose]:
    """Every paragraph, heading and footnote, and behind them every cell of a table."""
    yield from paragraphs(document)
    for grid in document.grids:
        for cell in grid.cells:
            if cell.start < cell.end:
                yield join(document, ((cell.start, cell.end),))
