"""Plain text and Markdown: the file's own text, so that offsets are the file's unless something invisible is left out.

Markdown marks stay in the text; TAB-separated lines are tables; lines that break a sentence are one paragraph again,
also with a footnote between them.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from de06_extract.document.continuation import continues
from de06_extract.document.document import Block, BlockKind, Document, Place, check_length
from de06_extract.document.plain_tables.find import find_tables
from de06_extract.document.plain_tables.lines import Line
from de06_extract.errors import EmptyFileError, UnsupportedFormatError
from de06_extract.language.characters import meant
from de06_extract.language.legacy_encodings import decode_bytes, decode_lines
from de06_extract.language.messages import said
from de06_extract.schema.report import Location, Remark

SUFFIXES = (".txt", ".md", ".text", ".markdown")
MEDIA_TYPE = "text/plain"

_FOOTNOTE = regex.compile(r"[ \t]*+(?P<mark>[¹²³⁴-⁹][⁰¹²³⁴-⁹]?+)\s*+[\p{L}\d(“\"]")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1d]")  # U+001E and U+001F are Word's hyphens
_MOST_CONTROLS = 0.01  # of all characters; a text made by a program that reads PDF or old files has a few
_MARKS = regex.compile(r"\p{M}{31}")  # Unicode's Stream-Safe limit is 30 (UAX #15); past it, sorting them is quadratic
_NUMBER = regex.compile(r"[\d.,%]*\d[\d.,%]*")
_LONGEST_FOOTNOTE = 12  # lines; past that a line belongs to the body


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """False: what is a text, and not the source of a program, only its name says."""
    return False


def read(data: bytes, name: str) -> Document:
    """The text of `data`, normalised: UTF-8 (with or without BOM), UTF-16 with a BOM, or an encoding before Unicode."""
    raw, encoding = _decode(data, name)
    check_length(raw, name)
    text, is_verbatim = _normalised(raw, name)
    lines = _lines(text)
    tables = find_tables(text, lines)
    table_of = {number: table.first for table in tables for number in range(table.first, table.last + 1)}
    begun = set[int]()  # a table may begin with a row of empty cells, which is no line of a block
    blocks = _Paragraphs(text)
    for number, line in enumerate(lines):
        if line.is_empty:
            continue
        if number in table_of:
            blocks.add_table(line.start, line.end, begins=table_of[number] not in begun)
            begun.add(table_of[number])
        else:
            blocks.add(line.start, line.end)
    grids = tuple(table.grid(lines) for table in tables)
    places = tuple(Place(line.start, line.end, Location(line=n)) for n, line in enumerate(lines, 1))
    return Document(
        name,
        text,
        MEDIA_TYPE,
        is_verbatim=is_verbatim and encoding is None,
        blocks=blocks.done(),
        grids=grids,
        places=places,
        remarks=(Remark(about="legacy-encoding", detail=encoding.upper()),) if encoding is not None else (),
    )


def _normalised(raw: str, name: str) -> tuple[str, bool]:
    """The text that is meant, and whether its offsets are those of the file; refuses what is none."""
    if _MARKS.search(raw):
        raise UnsupportedFormatError(f"{name}: " + said("errors", "heaped_accents"))
    composed = unicodedata.normalize("NFC", raw)
    if "\0" in composed or len(_CONTROL.findall(composed)) > max(1, _MOST_CONTROLS * len(composed)):
        raise UnsupportedFormatError(f"{name}: " + said("errors", "control_characters"))
    exchanged = meant(composed)
    text = unicodedata.normalize("NFC", exchanged)
    if not text.strip():
        raise EmptyFileError(f"{name}: " + said("errors", "no_text"))
    return text, raw == composed and len(composed) == len(exchanged) and text == exchanged


def _decode(data: bytes, name: str) -> tuple[str, str | None]:
    """The text, and the encoding that is not one of Unicode in which some of it was."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return decode_lines(data.decode(encoding))
    except UnicodeDecodeError as error:
        old = decode_bytes(data) if encoding == "utf-8-sig" else None
        if old is not None:
            return old
        raise UnsupportedFormatError(f"{name}: " + said("errors", "not_unicode", start=error.start)) from error


def _lines(text: str) -> list[Line]:
    out, start = [], 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\x0b\x0c\x85\u2028\u2029")
        out.append(Line(start, start + len(bare), bare))
        start += len(line)
    return out


@dataclass
class _Open:
    """A block that the next line may carry on."""

    kind: BlockKind
    ranges: list[tuple[int, int]]
    mark: str | None = None
    anchor: int | None = None

    def close(self) -> Block:
        return Block(self.kind, tuple(self.ranges), self.mark, self.anchor)


@dataclass
class _Paragraphs:
    """Lines put together to blocks, one line after the other."""

    text: str
    blocks: list[_Open] = field(default_factory=list)
    body: _Open | None = None
    footnote: _Open | None = None
    inside_footnote: int = 0

    def add_table(self, start: int, end: int, *, begins: bool) -> None:
        """Add a line of a table, which begins with it or goes on."""
        if begins:
            self.blocks.append(_Open("table", [(start, end)]))
        else:
            self.blocks[-1].ranges.append((start, end))
        self.body = None

    def add(self, start: int, end: int) -> None:
        line = self.text[start:end]
        mark = _FOOTNOTE.match(line)
        if mark:
            anchor = self.text.rfind(mark["mark"], 0, start)
            self.footnote = _Open("footnote", [(start, end)], mark["mark"], anchor if anchor >= 0 else None)
            self.blocks.append(self.footnote)
            self.inside_footnote = _LONGEST_FOOTNOTE if self.body and self._is_cut(self.body) else 0
        elif self.body and self._carries_on(self.body, line):
            self.body.ranges.append((start, end))
            self.inside_footnote = 0
        elif self.footnote and (self.inside_footnote or self._carries_on(self.footnote, line)):
            self.footnote.ranges.append((start, end))
            self.inside_footnote = max(0, self.inside_footnote - 1)
        else:
            kind: BlockKind = "heading" if line.lstrip().startswith("#") else "paragraph"
            self.body = _Open(kind, [(start, end)])
            self.blocks.append(self.body)

    def done(self) -> tuple[Block, ...]:
        return tuple(block.close() for block in self.blocks)

    def _last_line(self, block: _Open) -> str:
        return self.text[slice(*block.ranges[-1])]

    def _is_cut(self, block: _Open) -> bool:
        """True where the block ends inside a sentence: it could carry on with a small letter."""
        return block.kind == "paragraph" and continues(self._last_line(block), "a")

    def _carries_on(self, block: _Open, line: str) -> bool:
        before = self._last_line(block)
        if block.kind == "heading" or (before[-1:].isdigit() and _NUMBER.match(line.split(maxsplit=1)[0])):
            return False  # rows of figures are not a sentence
        return continues(before, line)
