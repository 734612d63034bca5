"""A copy of a Word document with comments on the figures, its text the same to the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from de06_extract.document.copies.notes import AUTHOR, INITIALS, Note
from de06_extract.readers.docx.notes.copy import WordCopy, parsed, serialised
from de06_extract.readers.docx.notes.pieces import Piece, find_pieces, origin_at
from de06_extract.readers.docx.notes.runs import RUN, CutRuns, keep_blanks
from de06_extract.readers.docx.notes.stories import Stretch, beginning, stretch_of, whole_paragraph
from de06_extract.readers.docx.package import Element, W, whole_number
from de06_extract.readers.docx.reader import TracedDocument

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()


def put_comments(copy: WordCopy, notes: Sequence[Note], made_at: datetime) -> int:
    """Puts the notes beside their figures, behind the comments that are there; returns how many found no place."""
    if not notes:
        return 0
    places = [(note, *place) for note in notes for place in _places(copy.traced, note)]
    cut = CutRuns(piece for _, _, found in places for piece in found)
    name = copy.part_of_kind(_KIND, "comments.xml", _CONTENT_TYPE)
    comments = parsed(copy.part(name) or _EMPTY, f"{W}comments")
    first = 1 + max((whole_number(comment.get(f"{W}id"), -1) for comment in comments), default=-1)
    missed = 0
    for number, (note, text, found) in enumerate(places, first):
        stretch = stretch_of(copy.traced.package, cut.of(found)) if found else _near(copy.traced, note)
        if stretch is None:
            missed += 1
            continue
        comments.append(_comment(comments, (note.heading, *text.split("\n")), str(number), made_at))
        _put_range(stretch, str(number))
        copy.touch(stretch.paragraph)
    copy.put(name, serialised(comments))
    return missed


def _places(traced: TracedDocument, note: Note) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """What the note says at each figure in doubt and the pieces of that: all of it at the first, wherever that is."""
    doubted = sorted((mark for mark in note.marks if mark.is_doubted), key=lambda mark: mark.start)
    found = [find_pieces(traced, mark.start, mark.end) for mark in doubted]
    yield note.text, found[0] if found else ()
    yield from ((note.aside, pieces) for pieces in found[1:] if pieces)


def _near(traced: TracedDocument, note: Note) -> Stretch | None:
    """The paragraph of a figure whose characters are not found, or the last before it, or the first of all."""
    start = min((mark.start for mark in note.marks), default=0)
    origins = [origin for origin in (origin_at(traced, start), *reversed(traced.origins)) if origin is not None]
    for origin in origins:
        element = next((element for element, _ in origin.drawn if element is not None), None)
        if origin.start <= start and element is not None:
            return whole_paragraph(traced.package, element)
    return beginning(traced.package)


def _put_range(stretch: Stretch, number: str) -> None:
    make = stretch.paragraph.makeelement
    start, end, run, mark = (
        make(f"{W}commentRangeStart", {f"{W}id": number}),
        make(f"{W}commentRangeEnd", {f"{W}id": number}),
        make(RUN),
        make(f"{W}commentReference", {f"{W}id": number}),
    )
    run.append(mark)
    if stretch.first is None or stretch.last is None:
        stretch.paragraph.extend((start, end, run))
        return
    stretch.first.addprevious(start)
    stretch.last.addnext(end)
    end.addnext(run)


def _comment(comments: Element, lines: Sequence[str], number: str, made_at: datetime) -> Element:
    make = comments.makeelement
    date = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    comment = make(
        f"{W}comment",
        {f"{W}id": number, f"{W}author": AUTHOR, f"{W}date": date, f"{W}initials": INITIALS},
    )
    for at, line in enumerate(lines):
        paragraph, run, text = make(f"{W}p"), make(RUN), make(f"{W}t")
        if not at:
            properties = make(f"{W}rPr")
            properties.append(make(f"{W}b"))
            run.append(properties)
        text.text = "".join(character if character.isprintable() else " " for character in line)
        keep_blanks(text)
        run.append(text)
        paragraph.append(run)
        comment.append(paragraph)
    return comment
