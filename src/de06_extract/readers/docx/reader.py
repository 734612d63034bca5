"""Word documents (.docx): body, tables, notes, headers and footers as one text.

The XML is walked in document order, because python-docx's own paragraphs lack footnotes, inserted runs and text boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from de06_extract.document.captions import find_title
from de06_extract.document.continuation import continues
from de06_extract.document.document import Block, BlockKind, Cell, Document, Grid, Place, moved_block, moved_grid
from de06_extract.errors import DamagedFileError, EmptyFileError, IllegibleError
from de06_extract.heartbeat import stepping
from de06_extract.language.messages import said
from de06_extract.readers.docx.imported_parts import IMPORTED, read_imported
from de06_extract.readers.docx.legacy_fonts import LegacyFonts
from de06_extract.readers.docx.numbering import Numbering
from de06_extract.readers.docx.package import RELATIONSHIP, Element, W, WordPackage, descend
from de06_extract.readers.docx.paragraph import Origin, ParagraphLine, Story, paragraphs_of, read_line
from de06_extract.readers.docx.pictures import count_pages_in_pictures
from de06_extract.readers.docx.plain_tables import find_plain_tables
from de06_extract.readers.docx.styles import Styles
from de06_extract.readers.docx.table import WordTable, read_table
from de06_extract.schema.report import Location, Remark

SUFFIXES = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FOLDER = "word/"  # in which every program keeps the parts of a Word document

_ENCRYPTED = "EncryptedPackage"  # the stream of a compound file that an encrypted document of Office is
_CUT_LINE = 60  # a sentence cut in two fills its line; a shorter paragraph was meant to be one


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of a ZIP archive with the parts of a Word document, and of what encrypted ones are in.

    >>> is_mine(b"PK", ["word/document.xml"]), is_mine(b"PK", ["xl/workbook.xml"])
    (True, False)
    """
    return _ENCRYPTED in names or any(name.lower().startswith(_FOLDER) for name in names)


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a .docx file; `name` is the file's name.

    Footnotes, then headers and footers stand behind the body; a note's mark is a superscript there and in the body.
    """
    return read_traced(data, name).document


class TracedDocument(NamedTuple):
    """A document, the file that it was read from, and where in that each piece of its text stands.

    The origins are sorted by their offsets and do not overlap. Text of other formats that Word reads in has none.
    """

    document: Document
    package: WordPackage
    origins: tuple[Origin, ...]


def read_traced(data: bytes, name: str) -> TracedDocument:
    """The document as `read` gives it, and the elements that its text stands in."""
    try:
        package = WordPackage(data, name)
        reading = _Package(name, package)
        reading.read_body(package.body)
        reading.read_notes(package)
        reading.read_margins(package)
    except RecursionError as error:
        raise DamagedFileError(f"{name}: " + said("errors", "elements_nested")) from error
    return TracedDocument(reading.document(), package, tuple(reading.origins))


def _story(package: WordPackage) -> Story:
    from docx.opc.constants import RELATIONSHIP_TYPE

    styles = Styles(package.related(RELATIONSHIP_TYPE.STYLES))
    numbering = Numbering(package.related(RELATIONSHIP_TYPE.NUMBERING), styles)
    return Story(styles, numbering, LegacyFonts(package.body))


class _Package:
    """The text as far as it is read: lines are added at its end, with their blocks and places."""

    def __init__(self, name: str, package: WordPackage) -> None:
        self._name = name
        self._package = package
        self._story = _story(package)
        self._remarks: list[Remark] = []
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._grids: list[Grid] = []
        self._places: list[Place] = []
        self.origins: list[Origin] = []
        self._anchors: dict[tuple[str, str], int] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self._tabs: dict[int, tuple[int, ...]] = {}
        self._open: ParagraphLine | None = None  # the paragraph right before, if a cut sentence may go on behind it
        self._above: list[tuple[int, int, str]] = []  # the lines since the last table, in which a title is sought

    def document(self) -> Document:
        """The document that was read; one without a word in it is refused."""
        text, pictures = "".join(self._parts), count_pages_in_pictures(self._package.body)
        if not text.strip() and pictures:
            raise IllegibleError(f"{self._name}: " + said("errors", "only_pictures", count=pictures))
        if not text.strip():
            unread = "; ".join(remark.detail for remark in self._remarks)
            raise EmptyFileError(
                f"{self._name}: " + said("errors", "no_text") + (unread and said("errors", "but_in", unread=unread))
            )
        return Document(
            name=self._name,
            text=text,
            media_type=MEDIA_TYPE,
            text_from="plain-text",
            blocks=tuple(self._blocks),
            grids=tuple(self._grids),
            places=tuple(self._places),
            remarks=(*self._encodings(), *self._remarks, *_remarks_on(pictures)),
        )

    def _encodings(self) -> tuple[Remark, ...]:
        names = sorted(self._story.legacy_fonts.encodings)
        return tuple(Remark(about="legacy-encoding", detail=name.upper()) for name in names)

    def read_body(self, body: Element) -> None:
        """Adds the paragraphs and tables; both are numbered from 1, empty paragraphs and layout tables included."""
        paragraph = table = 0
        for elements in stepping(paragraphs_of(body)):
            if elements[0].tag == f"{W}tbl":
                table += 1
                self._add_table(read_table(elements[0], self._story.styles, self._cell_lines), table)
                continue
            if elements[0].tag == IMPORTED:
                paragraph, table = self._add_imported(elements[0], paragraph, table)
                continue
            location = Location(paragraph=paragraph + 1)
            paragraph += len(elements)
            line = read_line(elements, self._story)
            self._add_body_line(line, location)
            for box in self._boxed(line):
                self._open = None
                self._add_block(box, "paragraph", location)
        self._blocks, grids = find_plain_tables("".join(self._parts), self._blocks, self._tabs)
        self._grids = sorted([*self._grids, *grids], key=lambda grid: grid.start)

    def _add_imported(self, element: Element, paragraph: int, table: int) -> tuple[int, int]:
        """Adds what another format holds, and returns the counts of paragraphs and tables with those in it."""
        part = self._imported(element)
        if part is None:
            return paragraph, table
        self._open = None
        if self._parts:
            self._write("\n")
        start = self._length
        self._write(part.text)
        self._blocks += [moved_block(block, start) for block in part.blocks]
        self._grids += [moved_grid(grid, start) for grid in part.grids]
        lines = tables = 0
        for place in part.places:
            inner = place.location.table
            lines += inner is None
            tables = max(tables, inner or 0)
            moved = Location(paragraph=paragraph + lines)
            if inner is not None:
                moved = Location(table=table + inner, row=place.location.row, column=place.location.column)
            self._places.append(Place(start + place.start, start + place.end, moved))
        self._above = []
        return paragraph + lines, table + tables

    def _imported(self, element: Element) -> Document | None:
        """The document in a part that Word reads in; None, with a remark, where it cannot be read."""
        document, remarks = read_imported(self._package, element)
        self._remarks += remarks
        return document

    def read_notes(self, package: WordPackage) -> None:
        """Adds the footnotes and endnotes that the text refers to, in the order of their marks."""
        from docx.opc.constants import RELATIONSHIP_TYPE as KIND

        notes: dict[tuple[str, str], Element] = {}
        for kind, relationship in (("footnotes", KIND.FOOTNOTES), ("endnotes", KIND.ENDNOTES)):
            if any(key[0] == kind for key in self._anchors):
                root = package.related(relationship)
                found = descend(root, (f"{W}footnote", f"{W}endnote")) if root is not None else ()
                notes |= {(kind, note.get(f"{W}id") or ""): note for note in found}
        count = 0
        for key, anchor in list(self._anchors.items()):
            mark = self._marks[key]
            lines = [line for line in self._lines(notes[key]) if line.text] if key in notes else []
            for at, line in enumerate(lines):
                count += 1
                marked = line if at or line.text.startswith(mark) else _marked(line, mark)
                start, end = self._add_line(marked, Location(paragraph=count, part="footnote"))
                self._blocks.append(Block("footnote", ((start, end),), mark, anchor))

    def read_margins(self, package: WordPackage) -> None:
        """Adds the headers and footers of all sections, each text once."""
        kinds: tuple[BlockKind, ...] = ("header", "footer")
        for kind in kinds:
            parts = dict.fromkeys(
                reference.get(f"{RELATIONSHIP}id") for reference in package.body.iter(f"{W}{kind}Reference")
            )
            lines: dict[str, ParagraphLine] = {}
            for part in parts:
                root = package.related_by_id(part)
                for line in self._lines(root) if root is not None else ():
                    lines.setdefault(line.text, line)
            for count, line in enumerate((line for line in lines.values() if line.text), 1):
                self._add_block(line, kind, Location(paragraph=count, part=kind))

    def _lines(self, container: Element, in_cell: bool = False) -> list[ParagraphLine]:
        """All lines inside, those of tables and text boxes too; in a cell a list mark alone is one («1.»)."""
        lines: list[ParagraphLine] = []
        for elements in paragraphs_of(container):
            if elements[0].tag == f"{W}tbl":
                inner = read_table(elements[0], self._story.styles, self._cell_lines)
                lines += [line for row in inner.rows for cell in row for line in cell.lines]
            elif elements[0].tag == IMPORTED:
                part = self._imported(elements[0])
                lines += map(ParagraphLine, part.text.replace("\t", " ").split("\n")) if part is not None else ()
            else:
                line = read_line(elements, self._story, bare_marks=in_cell)
                lines += [line, *self._boxed(line)]
        return lines

    def _cell_lines(self, cell: Element) -> list[ParagraphLine]:
        return [line for line in self._lines(cell, in_cell=True) if line.text]

    def _boxed(self, line: ParagraphLine) -> list[ParagraphLine]:
        return [inner for box in line.boxes for inner in self._lines(box)]

    def _add_body_line(self, line: ParagraphLine, location: Location) -> None:
        """Adds a paragraph of the body; it joins the block before it where a conversion cut a sentence in two."""
        if not line.text:
            return
        before, self._open = self._open, None if line.heading or line.centered else line
        if line.heading:
            self._add_block(line, "heading", location)
        elif before is not None and len(before.text) > _CUT_LINE and _goes_on(before, line):
            start, end = self._add_line(line, location)
            block = self._blocks[-1]
            self._blocks[-1] = replace(block, ranges=(*block.ranges, (start, end)))
        else:
            self._add_block(line, "paragraph", location)

    def _add_block(self, line: ParagraphLine, kind: BlockKind, location: Location) -> None:
        if line.text:
            self._blocks.append(Block(kind, (self._add_line(line, location),)))

    def _add_line(self, line: ParagraphLine, location: Location) -> tuple[int, int]:
        """Adds a line of the text and returns its offsets."""
        if self._parts:
            self._write("\n")
        start, end = self._place(line, location)
        self._above.append((start, end, line.text))
        return start, end

    def _place(self, line: ParagraphLine, location: Location) -> tuple[int, int]:
        start = self._length
        for reference in line.references:
            self._anchors.setdefault((reference.kind, reference.note), start + reference.offset)
            self._marks.setdefault((reference.kind, reference.note), reference.mark)
        if line.tabs:
            self._tabs[start] = line.tabs
        self._write(line.text)
        if line.text:
            self._places.append(Place(start, self._length, location))
            self.origins += [origin.moved(start) for origin in line.origins]
        return start, self._length

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _add_table(self, table: WordTable, number: int) -> None:
        """Adds a table: as a grid, a line for each row, or as the paragraphs that it lays out."""
        self._open = None
        if not table.is_grid():
            for cell in (cell for row in table.rows for cell in row):
                location = Location(table=number, row=cell.row + 1, column=cell.column + 1)
                for line in cell.lines:
                    self._add_block(line, "paragraph", location)
        elif any(cell.lines for row in table.rows for cell in row):
            self._add_grid(table, number)
        self._above = []

    def _add_grid(self, table: WordTable, number: int) -> None:
        if self._parts:
            self._write("\n")
        start, cells = self._length, []
        for row in table.rows:
            if row and row[0].row:
                self._write("\n")
            for cell in row:
                if cell.column:
                    self._write("\t")
                location = Location(table=number, row=cell.row + 1, column=cell.column + 1)
                cells.append(Cell(*self._place(cell.line, location), cell.row, cell.column))
        self._blocks.append(Block("table", ((start, self._length),)))
        title = find_title(self._above)
        self._grids.append(Grid(start, self._length, tuple(cells), table.header_rows(), title))


def _goes_on(before: ParagraphLine, after: ParagraphLine) -> bool:
    return not after.centered and continues(before.text, after.text)


def _marked(line: ParagraphLine, mark: str) -> ParagraphLine:
    """The line of a note with its mark in front, as it is printed."""
    shift = len(mark) + 1
    references = tuple(replace(reference, offset=reference.offset + shift) for reference in line.references)
    origins = tuple(origin.moved(shift) for origin in line.origins)
    return replace(line, text=f"{mark} {line.text}", references=references, origins=origins)


def _remarks_on(pictures: int) -> tuple[Remark, ...]:
    return (Remark(about="page-pictures", detail=str(pictures)),) if pictures else ()
