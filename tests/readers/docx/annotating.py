"""Word documents with a figure in all places that it may stand in, their copies, and what is read of these."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from de06_extract.document.copies.notes import Copy, Edit, Mark, Note
from de06_extract.readers.docx.annotator import annotate, revise
from de06_extract.readers.docx.reader import read
from tests.readers.docx.building import W, members

FIGURE = "13,08%"
MADE_AT = datetime(2026, 11, 30, 7, 5, tzinfo=UTC)
TEXT = "2.138/15.482 là 13,81%, báo cáo ghi 13,08%\nĐề xuất: 13,08% → 13,81%"


def note_on(data: bytes, figure: str = FIGURE, name: str = "f1", at: int = 0) -> Note:
    """A note on a place of the figure in the text, the first if no other is asked for."""
    document = read(data, "a.docx")
    start = document.text.index(figure, at)
    mark = Mark(start, start + len(figure), document.locations(start, start + len(figure)), True)
    return Note(name, "error", "P-01 · Lỗi · Tỷ lệ không khớp", TEXT, "", (mark,))


def annotated(data: bytes, *notes: Note) -> Copy:
    return annotate(data, "a.docx", notes or (note_on(data),), MADE_AT)


def revised(data: bytes, *edits: tuple[str, str]) -> Copy:
    """The copy in which the first place of each figure becomes another."""
    text = read(data, "a.docx").text
    found = [(text.index(old), old, new) for old, new in edits]
    return revise(data, "a.docx", [Edit(at, at + len(old), old, new) for at, old, new in found], MADE_AT)


def tree(data: bytes, part: str = "word/document.xml") -> Any:
    from lxml import etree

    return etree.fromstring(members(data)[part])


def commented(data: bytes) -> dict[str, str]:
    """What stands between the marks of each comment, by its number."""
    return {number: "".join(words) for number, words in _ranges(tree(data)).items()}


def _ranges(root: Any) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    opened: set[str] = set()
    for element in root.iter():
        number = element.get(f"{{{W}}}id")
        if element.tag == f"{{{W}}}commentRangeStart":
            opened.add(number)
            words[number] = []
        elif element.tag == f"{{{W}}}commentRangeEnd":
            opened.remove(number)
        elif element.tag == f"{{{W}}}t":
            for one in opened:
                words[one].append(element.text or "")
    assert not opened
    return words


def count(data: bytes, *names: str) -> int:
    return sum(1 for _ in tree(data).iter(*(f"{{{W}}}{name}" for name in names)))
