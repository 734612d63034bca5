"""The lines of a document as the eye takes them: each line of text, cut where two columns stand side by side.

Letterhead and signature are set in two columns. A Word table gives them one after the other; a text keeps a TAB or a
wide gap between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.document import BlockKind, Document
from de06_extract.language.vocabulary import any_of

_BODY: tuple[BlockKind, ...] = ("paragraph", "heading", "table")
_GAP = regex.compile(r"[ \u00a0]*+[\t|][\t| \u00a0]*+|[ \u00a0]{4,}+|(?P<break>\s*+<br\s*+/?+>\s*+)")
_BLANK = 80  # characters before a gap in which the word for what is left open stands
_INDENTED = 16  # blanks before a line that stands in the right column
_EDGES = " \t\u00a0\r*_#>|\\`"
_MARKS = regex.compile(r"\*{1,3}|_{2,}+|<[^<>\n]{1,12}>|\\(?=[*_/.-])|[⁰¹²³⁴-⁹]++(?=\s*+\Z)")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The text on one line in one column, without blanks and marks of Markdown around it.

    `start` is its offset in the document, `indented` tells that it stands in the right column.
    """

    text: str
    start: int
    indented: bool = False

    @property
    def clean(self) -> str:
        """The words without marks of Markdown inside.

        >>> PrintedLine("BÁO CÁO** *nhanh*", 0).clean
        'BÁO CÁO nhanh'
        """
        return clean(self.text)


def clean(text: str) -> str:
    """The words with single blanks between them, without marks of Markdown and of footnotes."""
    return " ".join(_MARKS.sub("", text).split())


@cache
def _open_blank() -> regex.Pattern[str]:
    """A pattern for words behind which a gap is a blank left open: «Số:      /BC-UBND», «ngày      tháng 4»."""
    words = "|".join((any_of("letterhead", "number"), any_of("dates", "day"), any_of("dates", "month")))
    return regex.compile(rf"(?i:\b(?:{words}))[\s:.…,]*+\Z")


@cache
def _after_blank() -> regex.Pattern[str]:
    """A pattern for the words that stand behind a blank left open."""
    words = "|".join((any_of("dates", "month"), any_of("dates", "year")))
    return regex.compile(rf"(?i:{words})\b|[/.…-]")


def pieces(document: Document) -> Iterator[PrintedLine]:
    """The pieces of paragraphs, headings and tables in the order of the text; notes and margins are left out.

    >>> [piece.text for piece in pieces(Document("a.txt", ""))]
    []
    """
    for block in document.blocks:
        if block.kind in _BODY:
            for start, end in block.ranges:
                yield from _of_lines(document.text, start, end)


def _of_lines(text: str, start: int, end: int) -> Iterator[PrintedLine]:
    for line in text[start:end].split("\n"):
        yield from _of_line(line, start)
        start += len(line) + 1


def _of_line(line: str, start: int) -> Iterator[PrintedLine]:
    """The columns of a line; a gap that a date or a number leaves open does not end one."""
    begin, at_left = 0, True
    for gap in _GAP.finditer(line):
        if gap.start() == 0:
            at_left = "\t" not in gap[0] and len(gap[0]) < _INDENTED  # «| » begins the first cell of a Markdown table
            begin = gap.end()
        elif not (_is_left_open(line, gap.start()) or _after_blank().match(line, gap.end())):
            yield from _piece(line, begin, gap.start(), start, not at_left)
            begin, at_left = gap.end(), at_left and gap["break"] is not None
    yield from _piece(line, begin, len(line), start, not at_left)


def _is_left_open(line: str, end: int) -> bool:
    return _open_blank().search(line, max(0, end - _BLANK), end) is not None


def _piece(line: str, begin: int, end: int, start: int, indented: bool) -> Iterator[PrintedLine]:
    held = line[begin:end]
    text = held.strip(_EDGES)
    if text:
        yield PrintedLine(text, start + begin + held.index(text), indented)
