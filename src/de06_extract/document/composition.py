"""A document put together from lines and tables in reading order, for formats without pages or laid-out lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from de06_extract.document.captions import Line, find_title
from de06_extract.document.continuation import continues
from de06_extract.document.document import Block, BlockKind, Cell, Document, Grid, Place, moved_block, moved_grid
from de06_extract.document.table_shape import header_rows, is_table
from de06_extract.language.characters import normalised
from de06_extract.schema.report import Location, Remark


@dataclass
class Composition:
    """A text that grows by lines and tables, each with its place: the count of the paragraph, or of table and cell."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _length: int = 0
    _paragraphs: int = 0
    _above: list[Line] = field(default_factory=list)

    def document(self, name: str, media_type: str) -> Document:
        """The document as far as it was put together."""
        return Document(
            name=name,
            text="".join(self.parts),
            media_type=media_type,
            blocks=tuple(self.blocks),
            grids=tuple(self.grids),
            places=tuple(self.places),
            remarks=tuple(self.remarks),
        )

    def add_line(self, text: str, kind: BlockKind = "paragraph", *, goes_on: bool = False) -> None:
        """Adds a line; one without a word is left out.

        With `goes_on` the line before was broken off, not ended: it is one block with it if its sentence goes on.
        """
        line = one_line(text)
        if not line:
            return
        self._paragraphs += 1
        before = self._above[-1][2] if self._above else ""
        start, end = self._add(line, Location(paragraph=self._paragraphs))
        self._above.append((start, end, line))
        last = self.blocks[-1] if self.blocks else None
        if goes_on and last is not None and last.kind == kind == "paragraph" and continues(before, line):
            self.blocks[-1] = replace(last, ranges=(*last.ranges, (start, end)))
        else:
            self.blocks.append(Block(kind, ((start, end),)))

    def add_table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        ruled: bool,
        heads: int = 0,
        title: tuple[int, int] | None = None,
        first_row: int = 1,
    ) -> None:
        """Adds the rows of a table, whose first `heads` are marked as headings, or the lines that it only lays out.

        Where a cell is merged from several, all but the first of them are empty. Places count rows from `first_row`.
        """
        lines = [[one_line(text) if text else "" for text in row] for row in rows]
        if not is_table(lines, ruled=ruled):
            for text in (text for row in lines for text in row):
                self.add_line(text)
            return
        cells, number = list[Cell](), len(self.grids) + 1
        for row, texts in enumerate(lines):
            for column, text in enumerate(texts):
                before = "\t" if column else "\n" if row or self.parts else ""
                place = Location(table=number, row=first_row + row, column=column + 1) if text else None
                cells.append(Cell(*self._add(text, place, before), row, column))
        start, end = cells[0].start, cells[-1].end
        self.blocks.append(Block("table", ((start, end),)))
        top = max(heads, header_rows(lines))
        self.grids.append(Grid(start, end, tuple(cells), top, title or find_title(self._above)))
        self._above = []

    def add_document(self, other: Document) -> None:
        """Adds the text of another document; its places stay those that they were there."""
        if self.parts:
            self.parts.append("\n")
            self._length += 1
        start = self._length
        self.parts.append(other.text)
        self._length += len(other.text)
        self.blocks += [moved_block(block, start) for block in other.blocks]
        self.grids += [moved_grid(grid, start) for grid in other.grids]
        self.places += [replace(place, start=start + place.start, end=start + place.end) for place in other.places]
        self.remarks += other.remarks
        self._above = []

    @property
    def last_line(self) -> tuple[int, int] | None:
        """The range of the line added last, if no table was added behind it."""
        return self._above[-1][:2] if self._above else None

    def _add(self, text: str, location: Location | None, before: str | None = None) -> tuple[int, int]:
        """Adds some text at its place behind the white space that parts it from what is there; gives its offsets."""
        if before is None:
            before = "\n" if self.parts else ""
        start = self._length + len(before)
        self.parts.append(before + text)
        self._length = start + len(text)
        if location is not None and text:
            self.places.append(Place(start, self._length, location))
        return start, self._length


def one_line(text: str) -> str:
    """The text with the characters that are meant, in NFC, its white space single blanks.

    >>> one_line("Tổng\\n số\\xa012.\\u200b345 ")
    'Tổng số 12.345'
    """
    return " ".join(normalised(text).split())
