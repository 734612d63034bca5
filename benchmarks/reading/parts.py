"""The parts of our pages that are read apart: the prose of a page, each cell of a table, each note, each header."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from de06_extract.document.document import Document, Place
from reading.drawn import Point, Word, words_of

Part = tuple[str, int, int, int]
"""A kind of text, and which of its kind on the page: a table's number, row and column, or where a note begins."""

PROSE: Part = ("prose", 0, 0, 0)

_NEAR = 3.0  # points about a line in which its words may be


class Line(NamedTuple):
    """A line of ours: its part, its text, before it a blank if it carries on no word, its box from the top left."""

    part: Part
    text: str
    box: tuple[float, float, float, float]

    def holds(self, at: Point) -> bool:
        """True for a place in the line or next to it."""
        left, top, right, bottom = self.box
        return left - _NEAR <= at[0] <= right + _NEAR and top - _NEAR <= at[1] <= bottom + _NEAR


def lines_of(document: Document) -> dict[int, list[Line]]:
    """The lines of each page in the order of our text."""
    starts = [block.start for block in document.blocks]
    found: dict[int, list[Line]] = defaultdict(list)
    end = -1
    for place in document.places:
        block = document.blocks[bisect_right(starts, place.start) - 1]
        box = place.location.bbox or (0.0, 0.0, 0.0, 0.0)
        text = (" " if place.start > end else "") + document.text[place.start : place.end]
        end = place.end
        found[place.location.page or 0].append(Line(_part(place, block.kind, block.start), text, box))
    return found


def repeated_headings(document: Document) -> dict[int, Counter[str]]:
    """The words of the headings that tables repeat on their later pages, by page: we have each heading once."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for number, grid in enumerate(document.grids, 1):
        words = Counter[str]()
        for cell in grid.cells:
            if cell.row < grid.header_rows:
                words.update(words_of(document.text[cell.start : cell.end]))
        pages = {place.location.page or 0 for place in document.places if place.location.table == number}
        for page in sorted(pages)[1:]:
            found[page] += words
    return found


def _part(place: Place, kind: str, start: int) -> Part:
    here = place.location
    if here.table is not None:
        return "table", here.table, here.row or 0, here.column or 0
    return PROSE if kind == "paragraph" else (kind, start, 0, 0)


def words_by_part(lines: Iterable[Line]) -> dict[Part, list[str]]:
    """The words of each part in our order."""
    texts: dict[Part, list[str]] = defaultdict(list)
    for line in lines:
        texts[line.part].append(line.text)
    return {part: words_of("".join(text)) for part, text in texts.items()}


def drawn_by_part(words: Sequence[Word], lines: Sequence[Line]) -> Mapping[Part, list[str]]:
    """The words that PDFium finds on a page by the part of ours where they stand, in the order drawn.

    Those that stand where we have no line count as prose.
    """
    found: dict[Part, list[str]] = defaultdict(list)
    for word in words:
        around = [line for line in lines if line.holds(word.at)]
        naming = [line for line in around if word.text in line.text]
        nearest = min(naming or around, key=lambda line: _distance(line, word.at), default=None)
        found[nearest.part if nearest else PROSE].append(word.text)
    return found


def _distance(line: Line, at: Point) -> float:
    return abs(line.box[1] + line.box[3] - 2 * at[1])
