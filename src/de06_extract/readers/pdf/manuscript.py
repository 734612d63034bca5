"""The text of a PDF document put together: body, footnotes, headers and footers, with a place for every line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import regex

from de06_extract.document.document import Block, BlockKind, Cell, Grid, Place
from de06_extract.language.vocabulary import words
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.margins import FootnoteLines, find_margins, size_of_body
from de06_extract.readers.pdf.pages import PageText
from de06_extract.readers.pdf.paragraphs import BodyEdges, find_paragraphs, measure_pages, seam
from de06_extract.readers.pdf.tables.frames import TablePart
from de06_extract.readers.pdf.tables.joined_tables import PdfTable, goes_on, join_parts
from de06_extract.readers.pdf.tables.plain_tables import Item
from de06_extract.schema.report import Location

_CAPTIONS = words("page_marks", "caption")
_TITLE_REACH = 5  # paragraphs above a table among which its title is sought
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]")
_MARKS = regex.compile(r"(?<!\b(?:[kcdm]?m|ha))[⁰¹²³⁴-⁹]++")  # «m²» has no footnote


@dataclass(slots=True)
class Manuscript:
    """A text that grows by paragraphs and tables, and what is known of its parts."""

    length: int = 0
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    first_lines: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    marks: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text so far, without a line break at its end."""
        return "".join(self.parts).removesuffix("\n")

    def add_paragraph(
        self,
        lines: Sequence[TextLine],
        kind: BlockKind = "paragraph",
        mark: str | None = None,
        anchor: int | None = None,
    ) -> None:
        """Add lines as one paragraph."""
        start = self.length
        self._write_lines(lines, {} if kind == "paragraph" else {"part": kind})
        self._close(Block(kind, ((start, self.length),), mark, anchor), lines[0].text)

    def add_table(self, table: PdfTable) -> None:
        """Add a table, a line of text for each row and a tab between cells."""
        start, number, cells = self.length, len(self.grids) + 1, list[Cell]()
        title = self._title_above()
        for row, row_cells in enumerate(table.rows):
            self._write("\n" if row else "")
            for column, lines in enumerate(row_cells):
                self._write("\t" if column else "")
                first = self.length
                self._write_lines(lines, {"table": number, "row": row + 1, "column": column + 1})
                cells.append(Cell(first, self.length, row, column))
        self.grids.append(Grid(start, self.length, tuple(cells), table.header_rows, title, table.reading))
        self._close(Block("table", ((start, self.length),)), "")

    def anchor_of(self, footnote: FootnoteLines) -> int | None:
        """The offset of a footnote's mark in the text, on the footnote's page or the one before or after."""
        near = [(abs(page - footnote.page), offset) for page, offset in self.marks.get(footnote.mark, ())]
        distance, offset = min(near, default=(2, 0))
        return offset if distance < 2 else None

    def _title_above(self) -> tuple[int, int] | None:
        """The range of the nearest paragraph that names the table to come."""
        for block, first_line in list(zip(self.blocks, self.first_lines, strict=True))[: -_TITLE_REACH - 1 : -1]:
            if block.kind == "table":
                break
            if first_line.lower().startswith(_CAPTIONS) and len(first_line) < 120:
                return block.ranges[0]
        return None

    def _close(self, block: Block, first_line: str) -> None:
        self.blocks.append(block)
        self.first_lines.append(first_line)
        self._write("\n")

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def _write_lines(self, lines: Iterable[TextLine], beside: dict[str, Any]) -> None:
        before = ""
        for line in lines:
            text = line.text
            self._write(seam(before, text) if before else "")
            start, before = self.length, text
            self._write(text)
            here = Location(page=line.page, bbox=line.bbox, **beside)
            lefts, rights = (None, None) if line.shown else (line.lefts, line.rights)
            self.places.append(Place(start, self.length, here, lefts, rights, confidences=line.confidences))
            for mark in _MARKS.finditer(text) if _SUPERSCRIPT.search(text) else ():
                self.marks.setdefault(mark[0], []).append((line.page, start + mark.start()))


def write_manuscript(pages: Sequence[PageText]) -> Manuscript:
    """The text of the pages: the body, then the footnotes, then the running headers and footers."""
    body_size = size_of_body(pages)
    margins = find_margins(pages, body_size)
    aside = {id(line) for line in margins.lines()}
    items = [item for page in pages for item in page.items if id(item) not in aside]
    measures = measure_pages([item for item in items if isinstance(item, TextLine)], body_size)
    written = Manuscript()
    for is_table, group in groupby(items, key=lambda item: isinstance(item, TablePart)):
        if is_table:
            _add_tables(written, list(group))
        else:
            _add_lines(written, list(group), measures)
    anchors = [written.anchor_of(footnote) for footnote in margins.footnotes]
    for footnote, anchor in zip(margins.footnotes, anchors, strict=True):
        written.add_paragraph(footnote.lines, "footnote", footnote.mark or None, anchor)
    for line in margins.headers:
        written.add_paragraph([line], "header")
    for line in margins.footers:
        written.add_paragraph([line], "footer")
    return written


def _add_tables(written: Manuscript, items: Sequence[Item]) -> None:
    parts: list[TablePart] = []
    for item in items:
        if isinstance(item, TablePart):
            if parts and not goes_on(parts[-1], item):
                written.add_table(join_parts(parts))
                parts = []
            parts.append(item)
    written.add_table(join_parts(parts))


def _add_lines(written: Manuscript, items: Sequence[Item], measures: dict[int, BodyEdges]) -> None:
    lines = [item for item in items if isinstance(item, TextLine)]
    for paragraph in find_paragraphs(lines, measures):
        written.add_paragraph(paragraph)
