"""Tracked changes in a copy of a Word document: its author accepts or rejects each of them in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime

from de06_extract.document.copies.notes import AUTHOR, Edit
from de06_extract.readers.docx.notes.copy import WordCopy
from de06_extract.readers.docx.notes.pieces import Piece, find_pieces
from de06_extract.readers.docx.notes.runs import RUN, TEXT, CutRuns, begin_at, end_at, keep_blanks
from de06_extract.readers.docx.package import MC, Element, W

# In what Word keeps twice, works out anew or locks, a change would be lost or break the document.
_FIXED = (f"{W}fldSimple", f"{MC}AlternateContent")
_MARGINS = frozenset({f"{W}hdr", f"{W}ftr"})  # a section has several, which say the same
_LOCKS = (f"{W}sdtPr/{W}dataBinding", f"{W}sdtPr/{W}lock")


def put_revisions(copy: WordCopy, edits: Sequence[Edit], made_at: datetime) -> int:
    """Puts the edits as tracked changes; returns how many could not be: in fields, formulas, what is kept twice."""
    in_fields = frozenset(run for tree in copy.traced.package.trees.values() for run in _runs_in_fields(tree))
    found = [(edit, _pieces(copy, edit, in_fields)) for edit in edits]
    cut = CutRuns(piece for _, pieces in found for piece in pieces)
    for edit, pieces in found:
        if pieces:
            _revise(copy, cut.of(pieces), edit.replacement, made_at)
    return sum(not pieces for _, pieces in found)


def _pieces(copy: WordCopy, edit: Edit, in_fields: frozenset[Element]) -> tuple[Piece, ...]:
    """The pieces that the edit is of, none where it cannot be made in all of them."""
    pieces = find_pieces(copy.traced, edit.start, edit.end)
    drawn = "".join((piece.element.text or "")[piece.start : piece.end] for piece in pieces)
    is_whole = drawn == edit.text or edit.replacement.isascii()  # an old font writes other letters
    return pieces if is_whole and all(_may_change(piece.element, in_fields) for piece in pieces) else ()


def _may_change(text: Element, in_fields: frozenset[Element]) -> bool:
    if text.tag != TEXT or text.getparent().tag != RUN or text.getparent() in in_fields:
        return False
    if next(text.iterancestors(*_FIXED), None) is not None or text.getroottree().getroot().tag in _MARGINS:
        return False
    return not any(control.find(lock) is not None for control in text.iterancestors(f"{W}sdt") for lock in _LOCKS)


def _runs_in_fields(tree: Element) -> Iterator[Element]:
    """The runs of results and instructions of fields, which Word works out anew."""
    depth = 0
    for run in tree.iter(RUN):
        for mark in run.iterfind(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth = max(0, depth + (kind == "begin") - (kind == "end"))
        if depth:
            yield run


def _revise(copy: WordCopy, runs: Sequence[Element], replacement: str, made_at: datetime) -> None:
    paragraph = next(runs[-1].iterancestors(f"{W}p"))
    properties = runs[0].find(f"{W}rPr")
    for run in runs:
        deleted = _revision(copy, run, "del", made_at)
        run.addprevious(deleted)
        deleted.append(run)
        for text in run.iterfind(TEXT):
            text.tag = f"{W}delText"
    inserted = _revision(copy, runs[-1], "ins", made_at)
    new, text = runs[-1].makeelement(RUN), runs[-1].makeelement(TEXT)
    if properties is not None:
        new.append(deepcopy(properties))
    text.text = replacement
    keep_blanks(text)
    new.append(text)
    inserted.append(new)
    _put_behind(runs[-1].getparent(), inserted, paragraph)
    copy.touch(paragraph)


def _put_behind(deleted: Element, inserted: Element, paragraph: Element) -> None:
    """Puts an insertion behind a deletion; inside another insertion there is none, so that one is split."""
    outer = deleted.getparent()
    if outer.tag == f"{W}ins":
        begin_at(deleted, outer.getparent())
        end_at(deleted, outer.getparent())
        deleted = outer
    deleted.addnext(inserted)


def _revision(copy: WordCopy, beside: Element, kind: str, made_at: datetime) -> Element:
    date = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    attributes = {f"{W}id": copy.new_number(), f"{W}author": AUTHOR, f"{W}date": date}
    return beside.makeelement(f"{W}{kind}", attributes)
