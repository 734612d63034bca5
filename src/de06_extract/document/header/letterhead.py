"""What a report says of itself at its top: its number, its place and date, its kind and title, whom it is for.

The boxes of the first page stand in any order, on one line or several, and any of them may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

import regex

from de06_extract.document.continuation import begins_item
from de06_extract.document.document import Document
from de06_extract.document.header.number_and_date import (
    DateLine,
    NumberLine,
    date_inside,
    find_date_line,
    find_number_line,
    is_any,
    is_unfinished,
    mended,
    number_inside,
    opens,
    opens_plainly,
)
from de06_extract.document.printed_lines import PrintedLine, clean
from de06_extract.language.dates import WrittenDate
from de06_extract.language.spelling import without_marks
from de06_extract.language.vocabulary import words
from de06_extract.schema.report import Span

_REACH = 4000  # characters from the top in which the letterhead stands
_PIECES = 60  # printed lines from the top in which the letterhead stands
_CELL = 90  # characters; a longer line belongs to no box
_SENTENCE = 160  # characters; a longer line is a sentence of the body
_BESIDE = 6  # printed lines between the number and the date of one letterhead
_TITLE = 420  # characters of a title, all its lines together


@dataclass
class Letterhead:
    """The boxes of the first page, as far as they were found; `body` is the offset behind them."""

    box: list[str] = field(default_factory=list)
    number: NumberLine | None = None
    date: DateLine | None = None
    doc_type: str | None = None
    title: str | None = None
    addressees: list[str] = field(default_factory=list)
    is_draft: bool = False
    has_emblem: bool = False
    body: int = 0

    @property
    def is_there(self) -> bool:
        """True where something marks the text as an official document."""
        return bool(self.number or self.date or self.doc_type or self.has_emblem or self.addressees)


_YEAR = regex.compile(r"(?:19|20)\d{2}[\s*_./\\|]*+\Z")
_BETWEEN = r"[\s–—.,_-]*+"  # the hyphens of the motto, which are lost or doubled
_RULE = regex.compile(r"[^\p{L}\d]*+|[-–\s]*+\d{1,3}[-–\s./]*+")


@cache
def _emblem() -> regex.Pattern[str]:
    phrases = (regex.split(r"[\s–-]++", without_marks(phrase)) for phrase in words("letterhead", "emblem"))
    return regex.compile(f"(?i:{'|'.join(_BETWEEN.join(phrase) for phrase in phrases)})")


class ReportDate(NamedTuple):
    """The date of a report as its line of place and date writes it, and where it stands.

    `is_official` is True where that line is one of a letterhead or of a signature: beside a number, an emblem, the kind
    of document or a signer's title. A letter that a page shows around the report has a date of its own.
    """

    date: WrittenDate
    span: Span
    is_official: bool = False


def find_report_date(document: Document, lines: Sequence[PrintedLine]) -> ReportDate | None:
    """The date in the line of place and date; None without such a line, or with several whose dates differ.

    >>> find_report_date(Document("a.txt", ""), ()) is None
    True
    """
    found = [(at, line) for at, piece in enumerate(lines) if len(piece.text) <= _SENTENCE for line in _dates_in(piece)]
    if not found or len({line.iso for _, line in found}) > 1:
        return None
    date = found[0][1]
    if date.year is None or date.month is None:
        return None
    written = WrittenDate(date.start, date.end, date.year, date.month, date.day)
    is_official = any(_is_marked(lines[max(0, at - _BESIDE) : at + _BESIDE + 1]) for at, _ in found)
    return ReportDate(written, document.span(date.start, date.end), is_official)


def _is_marked(lines: Iterable[PrintedLine]) -> bool:
    """True where one of the lines is of a letterhead (number, emblem, kind of document) or of a signature."""
    return any(
        find_number_line(line.text)
        or _emblem().search(without_marks(line.text))
        or type_of(line.clean)
        or (line.text.isupper() and (opens("authority").match(line.clean) or opens("post").match(line.clean)))
        for line in lines
    )


def _first(lines: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    for piece in islice(lines, _PIECES):
        if piece.start >= _REACH:
            return
        yield piece


def _dates_in(piece: PrintedLine) -> Iterator[DateLine]:
    """The line of place and date in words that a piece is, or that stands in it behind the number."""
    if not _YEAR.search(piece.text):
        return
    numbered = find_number_line(piece.text)
    text = numbered[1] if numbered else piece.text
    found = find_date_line(text, piece.start + piece.text.rindex(text)) if text else None
    if found and found[0].place and piece.text[found[0].start - piece.start].isalpha():
        yield found[0]


State = Literal["box", "title", "addressees"]


def read_letterhead(lines: Iterable[PrintedLine]) -> Letterhead:
    """The letterhead that the first lines of a document are, empty where none of them is part of one."""
    reader = _Reader()
    for piece in _first(lines):
        reader.letterhead.body = piece.start
        if not reader.take(piece):
            break
    return reader.done()


class _Reader:
    """The letterhead as far as it is read; `state` is the box whose lines may follow."""

    def __init__(self) -> None:
        self.letterhead = Letterhead()
        self._state: State = "box"
        self._title: list[str] = []
        self._to: list[str] = []
        self._is_bulleted = False

    def done(self) -> Letterhead:
        out = self.letterhead
        if out.date and not out.date.place and not (out.number or out.has_emblem):
            out.date = None
        out.title = " ".join(self._title).strip(" :") or None
        out.addressees = [text for text in (item.strip(" ;,.-–") for item in self._to) if text]
        return out

    def take(self, piece: PrintedLine) -> bool:
        """Reads one piece; False where the body begins with it."""
        rest, found = piece.text, False
        if len(rest) > 2 * _TITLE:
            return False
        while rest:
            peeled = self._peel(rest, piece.start + piece.text.rindex(rest))
            if peeled is None:
                return self._take_words(clean(rest)) or found
            rest, found = peeled.strip(" *_\t"), True
        return True

    def _peel(self, text: str, offset: int) -> str | None:
        """The rest of `text` behind an emblem, a number or a date at its start; None where it begins otherwise."""
        out = self.letterhead
        emblem = _emblem().search(without_marks(text))
        if emblem:
            before = text[: emblem.start()].strip(" *_-–")
            if before and not self._take_words(clean(before)):
                return None
            out.has_emblem = True
            self._close()
            return text[emblem.end() :]
        if out.number is None and (found := find_number_line(text)):
            out.number, rest = found
            self._close()
            return rest
        if out.number is None and (begin := number_inside(text)):
            return text[begin:] if self._take_words(clean(text[:begin])) else None
        if out.date is None and (dated := find_date_line(text, offset)):
            out.date, rest = dated
            self._close()
            return rest
        if out.date is None and len(text) <= _SENTENCE and (begin := date_inside(text)):
            return text[begin:] if self._take_words(clean(text[:begin])) else None
        return None

    def _close(self) -> None:
        """Ends the box that was being read, so that lines of the other column may follow."""
        if self._state == "title" and not self.letterhead.doc_type:
            self._state = "box"

    def _take_words(self, text: str) -> bool:
        """Reads words that are neither emblem nor number nor date; False where the body begins with them."""
        if _RULE.fullmatch(text) or is_any(text, "stamp"):
            return True
        if is_any(text.strip("()[] "), "draft"):
            self.letterhead.is_draft = True
            return True
        for key, begin in (("to", self._begin_addressees), ("subject", self._begin_subject)):
            opening = opens_plainly(key).match(without_marks(text)) if key == "to" else opens(key).match(text)
            if opening and (key != "subject" or not self._title):
                begin(text[opening.end() :])
                return True
        if not self.letterhead.doc_type and not self._title and (kind := type_of(text)):
            self.letterhead.doc_type = kind
            self._state = "title"
            rest = text[len(kind) :].strip(" :-–") if text.startswith(kind) else ""
            self._title += [rest] if rest else []
            return True
        return {"box": self._take_box, "title": self._take_title, "addressees": self._take_addressee}[self._state](text)

    def _begin_addressees(self, text: str) -> None:
        self._state = "addressees"
        self._is_bulleted = text.lstrip().startswith(_BULLETS)
        if text.strip():
            self._to += _items(text) if not self._is_bulleted else [text.strip(" -–+*•")]

    def _begin_subject(self, text: str) -> None:
        self._state = "title"
        self._title += [text] if text else []

    def _take_box(self, text: str) -> bool:
        out = self.letterhead
        if text.isupper() and len(text) <= _CELL and not begins_item(text):
            if out.number and out.date:
                self._state = "title"
                self._title.append(text)
            elif not self._title:
                out.box.append(mended(text))
            return True
        if self._title and text[:1].islower() and len(text) <= _CELL:
            self._title.append(text)  # «V/v …» goes on behind the other column
            return True
        return len(text) <= _CELL and not text.endswith((".", ":", ";")) and not out.doc_type and not begins_item(text)

    def _take_title(self, text: str) -> bool:
        if not self._title:
            if _is_prose(text) or begins_item(text) or len(text) > _TITLE:
                return False
            self._title.append(text)
            return True
        if text.startswith("(") and len(text) < _SENTENCE:
            if not opens("aside").match(text.strip("( ")):
                self._title.append(text)
            return True
        if not _carries_title_on(self._title, text):
            return self._take_authority(text)
        self._title.append(text)
        return True

    def _take_authority(self, text: str) -> bool:
        """A decision names its body under the title: «CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BA VÌ»."""
        head = opens("heads").match(text)
        if head is None or not text.isupper() or self.letterhead.box:
            return False
        self.letterhead.box.append(text[head.end() :])
        return True

    def _take_addressee(self, text: str) -> bool:
        if len(text) > _SENTENCE or text.endswith((":", "./.")):
            return False
        if self._to:
            return self._take_addressee_behind(self._to[-1], text)
        self._add_addressee(text)
        return True

    def _take_addressee_behind(self, last: str, text: str) -> bool:
        """Reads the next addressee, or more of the last one."""
        if last.endswith(".") or (_is_prose(text) and not last.endswith(";")):
            return False
        if text.startswith(_BULLETS):
            if not self._is_bulleted and not last.endswith((";", ",")):
                return False
            self._add_addressee(text)
            return True
        if text[:1].islower() or is_unfinished(last):
            self._to[-1] += " " + text
            return True
        if last.endswith(";") and not self._is_bulleted and not opens("opening").match(text):
            self._to.append(text)
            return True
        return False

    def _add_addressee(self, text: str) -> None:
        self._is_bulleted = text.startswith(_BULLETS)
        self._to.append(text.strip(" -–+*•"))


_BULLETS = ("-", "–", "+", "•", "*")


def _items(text: str) -> list[str]:
    return [item.strip() for item in regex.split(r"(?<=;)", text) if item.strip()]


def type_of(text: str) -> str | None:
    """The kind of document that a line names alone, or in capitals before a title in capitals.

    >>> type_of("BÁO CÁO"), type_of("Báo cáo"), type_of("BÁO CÁO SƠ KẾT ĐỀ ÁN 06"), type_of("Báo cáo nêu rõ")
    ('BÁO CÁO', 'Báo cáo', 'BÁO CÁO', None)
    """
    if is_any(text.rstrip(" :."), "type"):
        return text.rstrip(" :.")
    if regex.fullmatch(r"\p{Lu}(?:\s\p{Lu})++", text):  # «B Á O  C Á O»
        spaced = {kind.replace(" ", ""): kind for kind in words("letterhead", "type")}
        kind = spaced.get(text.replace(" ", "").casefold())
        return kind.upper() if kind else None
    plain = {word for word in words("letterhead", "type") if len(word.split()) == 2}
    head = " ".join(text.split()[:2])
    return head if head.isupper() and head.casefold() in plain else None


def _is_prose(text: str) -> bool:
    """True for a sentence: it ends as one, or is long and begins as the first one of a body does."""
    return (
        text.endswith((":", ";", "./."))
        or (text.endswith(".") and len(text) > _CELL)
        or (len(text) > _SENTENCE and opens("opening").match(text) is not None and ", " in text and len(text) > 250)
    )


def _carries_title_on(title: Sequence[str], text: str) -> bool:
    """True for a further line of a title: it goes on with a small letter or in capitals alike, or is short and no start
    of a body."""
    before = title[-1]
    if (
        begins_item(text)
        or _is_prose(text)
        or sum(map(len, title)) + len(text) > _TITLE
        or before.endswith(".")
        or text.endswith(".")
    ):
        return False
    if text[:1].islower() or before.casefold().split()[-1] in words("letterhead", "joiner") or before.endswith(","):
        return True
    if text.isupper() != before.isupper() or opens("opening").match(text):
        return False
    return text.isupper() or len(text) <= _CELL
