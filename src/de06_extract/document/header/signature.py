"""What stands behind the body of a report: whom it is sent to, who signed it and as what.

Recipients and signature stand side by side; a text gives one after the other, or line by line from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import regex

from de06_extract.document.header.number_and_date import DateLine, find_date_line, is_any, is_unfinished, mended
from de06_extract.document.printed_lines import PrintedLine, clean
from de06_extract.language.spelling import without_marks
from de06_extract.language.vocabulary import any_of, load, whole_words

_BEFORE = 14  # pieces before «Nơi nhận» among which the signature may stand
_BEHIND = 60  # pieces from «Nơi nhận» on: a list of recipients and the signature beside it
_LAST = 6  # pieces at the end of a document among which a signature without any other sign stands
_SENTENCE = 160  # characters; twice as long is a paragraph of an annex, no recipient
_ROLE = 90  # characters; a longer line is not the title of a signer
_HEAD = 30  # characters in which «Nơi nhận:» stands
_BULLETS = "-–+•*"


@dataclass(frozen=True, slots=True)
class Closing:
    """Recipients in order; each signer with the title above the name, either None where it is missing."""

    recipients: tuple[str, ...] = ()
    signers: tuple[tuple[str | None, str | None], ...] = ()
    date: DateLine | None = None


@cache
def _begins(key: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i:{any_of('letterhead', key)})(?![\p{{L}}/])")


@cache
def _recipients() -> regex.Pattern[str]:
    """A pattern for «Nơi nhận:» at the start of a line, or alone in it."""
    return regex.compile(rf"(?i:{without_marks(any_of('letterhead', 'recipients'))})[\s*_]*+(?::[\s*_]*+|\Z)")


@cache
def _authority() -> regex.Pattern[str]:
    """A pattern for «KT. CHỦ TỊCH» at the start, or behind a recipient on the same line, the title in capitals."""
    return regex.compile(rf"(?:{any_of('letterhead', 'authority').upper()})(?!\p{{L}})[.\s]*+(?=\p{{Lu}})")


@cache
def _signature_behind() -> regex.Pattern[str]:
    marks = any_of("letterhead", "authority").upper()
    return regex.compile(
        rf"\s(?=(?:{marks})(?!\p{{L}})\s*+\p{{Lu}}{{2}}) | (?<=[;.])\s++(?=\p{{Lu}}{{2,}}\s[\p{{Lu}}\s]++\Z)",
        regex.VERBOSE,
    )


_BODY_END = regex.compile(r"\./\.\W*+\Z")


def read_closing(pieces: Sequence[PrintedLine]) -> Closing:
    """The recipients and signers behind the body of the document with these lines; empty where it has none."""
    at = _start(pieces)
    if at is None:
        return Closing()
    before = list(takewhile(_is_short, reversed(pieces[max(0, at - _BEFORE) : at])))[::-1]
    behind = list(takewhile(_is_before_appendix, pieces[at : at + _BEHIND]))
    reader = _Reader()
    for piece in _by_column(behind):
        if not reader.take(piece):
            break
    if not reader.signers and not reader.role:
        for piece in _by_column(before):
            reader.take_signature(piece.clean)
    return reader.done()


def _start(pieces: Sequence[PrintedLine]) -> int | None:
    """The piece with which the recipients begin, or the one behind «./.», or the first with «KT.», or a last title."""
    ended = signed = None
    for at, piece in enumerate(pieces):
        if _recipients().match(without_marks(piece.text[:_HEAD])):
            return at
        if ended is None and _BODY_END.search(piece.text):
            ended = at + 1
        if signed is None and len(piece.text) <= _ROLE and _authority().match(piece.text):
            signed = at
    return next((at for at in (ended, signed, _last_post(pieces)) if at is not None and at < len(pieces)), None)


def _last_post(pieces: Sequence[PrintedLine]) -> int | None:
    """The title in capitals among the last pieces behind which only a name stands: «CHỦ TỊCH», «Nguyễn Văn A»."""
    begin = max(0, len(pieces) - _LAST)
    for at, piece in enumerate(pieces[begin:-1], begin):
        if (
            piece.text.isupper()
            and _begins("post").match(piece.text)
            and any(is_name(p.clean) for p in pieces[at + 1 :])
        ):
            return at
    return None


def _is_short(piece: PrintedLine) -> bool:
    return len(piece.text) <= _ROLE and not piece.text.endswith((".", ";", ":"))


def _is_before_appendix(piece: PrintedLine) -> bool:
    return not _begins("end").match(piece.text) and (
        len(piece.text) <= 2 * _SENTENCE or bool(_recipients().match(without_marks(piece.text[:_HEAD])))
    )


def _by_column(pieces: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The left column before the right one, where some of the pieces stand in the right one."""
    return sorted(pieces, key=lambda piece: piece.indented)


class _Reader:
    """Recipients and signers as far as they are read."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.role: list[str] = []
        self.signers: list[tuple[str | None, str | None]] = []
        self.date: DateLine | None = None
        self._in_list = False
        self._is_bulleted = False

    def done(self) -> Closing:
        items = (text for text in (clean(item).strip(" ;,.") for item in self.items) if text)
        signers = self.signers + ([(None, _joined(self.role))] if _is_post(self.role) else [])
        return Closing(tuple(items), tuple(signers), self.date)

    def take(self, piece: PrintedLine) -> bool:
        """Reads one piece; False where neither recipients nor signature can go on."""
        text = piece.clean
        if head := _recipients().match(without_marks(text)):
            self._in_list, text = True, text[head.end() :]
        if not text.strip():
            return True
        if self._in_list and not _authority().match(text) and (behind := _signature_behind().search(text)):
            return self._take(text[: behind.start()].strip()) and self._take(text[behind.end() :].strip())
        return self._take(text)

    def _take(self, text: str) -> bool:
        if self._in_list and not _is_signature(text) and self._take_item(text):
            return True
        return self.take_signature(text)

    def _take_item(self, text: str) -> bool:
        """True where the text is an entry of the list, or carries the last one on."""
        ended = bool(self.items) and _begins("filed").match(self.items[-1].strip(_BULLETS + " ")) is not None
        if text.startswith(tuple(_BULLETS)):
            self._is_bulleted = True
            self.items += [item.strip(_BULLETS + " ") for item in regex.split(r";\s*+[-–+]\s", text)]
        elif not self.items:
            self.items += text.split(";")
        elif not ended and self._goes_on(text):
            self.items[-1] += " " + text
        elif ended or self._is_bulleted or is_name(text):
            return False
        else:
            self.items += text.split(";")
        return True

    def _goes_on(self, text: str) -> bool:
        before = self.items[-1].rstrip()
        return not before.endswith((";", ".")) and (
            text[:1].islower() or is_unfinished(before) or (self._is_bulleted and not is_name(text))
        )

    def take_signature(self, text: str) -> bool:
        """Reads a line of the signature; False where it is over."""
        text = mended(text)
        if not is_name(text) and (name := _name_behind().search(text)):
            return self.take_signature(text[: name.start()]) and self.take_signature(name["name"])
        if _is_note(text):
            return True
        if self.date is None and not self.signers and (dated := find_date_line(text)):
            self.date = dated[0]
        elif _is_post(self.role) and is_name(text):
            self.signers.append((clean(text).strip(" ."), _joined(self.role)))
            self.role = []
        elif _is_signature(text):
            self.role.append(text)
        else:
            return not self.signers
        return True


def _is_note(text: str) -> bool:
    return is_any(text.strip("()[]<> ."), "note") or not any(map(str.isalpha, text))


def _is_signature(text: str) -> bool:
    """True for a line of the title above a name: «KT. CHỦ TỊCH», «Phó Giám đốc», a line in capitals but no name."""
    if len(text) > _ROLE or text.startswith(tuple(_BULLETS)) or text.endswith((";", ":")):
        return False
    if _authority().match(text) or (_begins("post").match(mended(text)) and not text.endswith(".")):
        return True
    return text.isupper() and len(text) > 2 and not is_name(text) and not _begins("filed").match(text)


def _is_post(lines: Sequence[str]) -> bool:
    """True where the lines above a name say what its bearer is: some line names a post or for whom he signs."""
    posts = whole_words("letterhead", "post")
    return any(_authority().match(line) or posts.search(line) for line in lines)


@cache
def _name() -> regex.Pattern[str]:
    part = r"\p{Lu}[\p{Ll}'’]*+(?:['’-]?\p{Lu}[\p{Ll}'’]++)*+"
    return regex.compile(rf"{part}(?:\s(?:{part}|-)){{1,5}}")


@cache
def _name_behind() -> regex.Pattern[str]:
    """A name behind a title in capitals on the same line: «PHÓ GIÁM ĐỐC Phạm Văn Bình»."""
    part = r"\p{Lu}[\p{Ll}'’]++"
    note = rf"\(?(?i:{any_of('letterhead', 'note')})\)?"
    return regex.compile(rf"(?<=\A[\p{{Lu}}\s.,/&-]{{6,90}})\s(?:{note}\s)?(?P<name>{part}(?:\s{part}){{1,4}})\Z")


@cache
def _rank() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:(?i:{any_of('letterhead', 'rank')})[\s,.:-]*+|(?:\p{{Lu}}\p{{L}}{{0,5}}\.\s?){{1,3}})++(?=\p{{Lu}})"
    )


def is_name(text: str) -> bool:
    """True for a person's name: two to six words with a capital each; in capitals throughout, with a family name first.

    >>> is_name("Hoàng Thị Hồng Vân"), is_name("Đại tá Lê Văn A"), is_name("NGUYỄN VĂN A"), is_name("PHÓ CHỦ TỊCH")
    (True, True, True, False)
    """
    text = text.strip(" .")
    text = text[match.end() :] if (match := _rank().match(text)) else text
    if _begins("post").match(text) or _begins("note").fullmatch(text):
        return False
    if text.isupper():
        return 2 <= len(text.split()) <= 5 and text.split()[0].casefold() in load("letterhead")["surname"]["words"]
    return _name().fullmatch(text) is not None


def _joined(lines: Iterable[str]) -> str:
    """The lines of a title as one; a second title of the same signer stands behind a semicolon.

    >>> _joined(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
    'KT. CHỦ TỊCH PHÓ CHỦ TỊCH'
    >>> _joined(["TỔ TRƯỞNG", "PHÓ CHÁNH VĂN PHÒNG", "HĐND VÀ UBND HUYỆN"])
    'TỔ TRƯỞNG; PHÓ CHÁNH VĂN PHÒNG HĐND VÀ UBND HUYỆN'
    """
    out, has_post = "", False
    for line in lines:
        mark = _authority().match(line)
        is_post = _begins("post").match(line[mark.end() :] if mark else line) is not None
        out += ("; " if is_post and has_post else " ") + line.strip(" ,;")
        stands_in = mark is not None and _begins("deputy").match(line) is not None
        has_post = (has_post or is_post) and not stands_in
    return out.strip(" ;")
