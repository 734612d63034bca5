"""Notes in a copy of a PDF: the file as it is, and behind it an update with a highlight on every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from de06_extract.document.copies.notes import AUTHOR, Caution, Copy, Mark, Note
from de06_extract.errors import NotCopiedError
from de06_extract.readers.pdf.notes.look import Look, Quad, Words
from de06_extract.readers.pdf.reader import MEDIA_TYPE as MEDIA_TYPE
from de06_extract.readers.pdf.reader import read_views
from de06_extract.readers.pdf.views import View
from de06_extract.schema.report import Severity

if TYPE_CHECKING:
    from pypdf.generic import IndirectObject


_DOUBTED: dict[Severity, Look] = {
    "error": Look((1.0, 0.72, 0.66), (0.70, 0.05, 0.05)),
    "warning": Look((1.0, 0.84, 0.45), (0.60, 0.35, 0.00)),
    "info": Look((0.78, 0.88, 1.0), (0.15, 0.30, 0.60)),
}
_HELD_AGAINST = Look((1.0, 0.96, 0.62))


def annotate(data: bytes, name: str, notes: Sequence[Note], made_at: datetime) -> Copy:
    """The PDF with the notes behind it, as it is; one whose cross-reference is damaged is written anew.

    Raises a `NotCopiedError` where that cannot be done either.
    """
    from de06_extract.readers.pdf.notes.update import NotAppendableError, rewritten

    cautions = Counter[Caution]()
    try:
        written = _written(data, notes, made_at, cautions)
    except NotAppendableError:
        cautions = Counter({"rewritten": 1})
        try:
            written = _written(rewritten(data), notes, made_at, cautions)
        except NotAppendableError as error:
            raise NotCopiedError("damaged-pdf") from error
    return Copy(written, +cautions)


def _written(data: bytes, notes: Sequence[Note], made_at: datetime, cautions: Counter[Caution]) -> bytes:
    """The file with the update that has the notes; what is to be said of it is counted."""
    from de06_extract.readers.pdf.notes.highlights import add_highlight
    from de06_extract.readers.pdf.notes.update import Update, damage_of_pypdf

    places = [place for note in notes for mark in note.marks for place in mark.locations]
    views = read_views(data, (place.page for place in places if place.page is not None))
    with damage_of_pypdf():
        update = Update(data)
        cautions.update(update.cautions())
        for note in notes:
            first: dict[int, IndirectObject] = {}  # of each page the mark of a figure in doubt, which holds the others
            placed = 0
            for placed, (page, quads, mark) in enumerate(_marked(note, views), 1):
                name = note.name if placed == 1 else f"{note.name}-{placed}"
                words = Words(name, note.heading, note.text if mark.is_doubted else note.aside, AUTHOR, made_at)
                look = _DOUBTED[note.severity] if mark.is_doubted else _HELD_AGAINST
                drawn = add_highlight(update, page, quads, look, words, first.get(page))
                if mark.is_doubted:
                    first.setdefault(page, drawn)
            cautions["unplaced"] += not placed
        return update.written()


def _marked(note: Note, views: dict[int, View]) -> Iterator[tuple[int, list[Quad], Mark]]:
    """Each figure of the note with its page and its corners, once for each page; the ones in doubt come first."""
    for mark in sorted(note.marks, key=lambda mark: not mark.is_doubted):
        for page in dict.fromkeys(place.page for place in mark.locations):
            if page is not None and page in views:
                here = [place for place in mark.locations if place.page == page]
                quads = [_quad(place.bbox, views[page]) for place in here if place.bbox is not None]
                if quads:
                    yield page, quads, mark


def _quad(box: tuple[float, float, float, float], view: View) -> Quad:
    left, top, right, bottom = box
    upper, lower = view.height - top, view.height - bottom
    return (
        view.own_point(left, upper),
        view.own_point(right, upper),
        view.own_point(left, lower),
        view.own_point(right, lower),
    )
