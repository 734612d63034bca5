"""Runs of a Word document taken apart, so that some of their characters stand in runs of their own; nothing is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import pairwise

from de06_extract.readers.docx.notes.pieces import Piece
from de06_extract.readers.docx.package import OFF, Element, W

RUN = f"{W}r"
TEXT = f"{W}t"

_PROPERTIES = f"{W}rPr"
_REVISIONS = frozenset({f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class CutRuns:
    """The runs that pieces of text stand in once all of them are taken apart.

    All pieces are needed at once: where one is cut out, the offsets of the others in the same run are others.
    """

    def __init__(self, pieces: Iterable[Piece]) -> None:
        """Takes the runs apart."""
        cuts = defaultdict[Element, set[int]](set)
        for piece in pieces:
            cuts[piece.element].update((piece.start, piece.end))
        self._parts = {element: _cut(element, sorted(offsets)) for element, offsets in cuts.items()}

    def of(self, pieces: Iterable[Piece]) -> tuple[Element, ...]:
        """The runs of pieces that were named when these were made; of a formula, whose runs stay, all of the run."""
        return tuple(
            dict.fromkeys(
                run
                for piece in pieces
                for start, end, run in self._parts[piece.element]
                if start < piece.end and end > piece.start
            )
        )


def isolate(child: Element) -> Element:
    """The run of a child of it, with what stood before and behind the child put into runs of their own.

    A note's reference and the mark that somebody wrote behind it stay in one run.
    """
    run = child.getparent()
    before = [other for other in child.itersiblings(preceding=True) if other.tag != _PROPERTIES]
    behind = list(child.itersiblings())
    before = before[1:] if before and _has_own_mark(before[0]) else before
    behind = behind[1:] if _has_own_mark(child) else behind
    if before:
        run.addprevious(_run_like(run, before[::-1]))
    if behind:
        run.addnext(_run_like(run, behind))
    return run


def _has_own_mark(reference: Element) -> bool:
    return reference.get(f"{W}customMarkFollows") not in (None, *OFF)


def begin_at(node: Element, paragraph: Element) -> Element:
    """The child of the paragraph with which a range that begins at the node begins: tracked changes are split there."""
    while (parent := node.getparent()) is not paragraph:
        before = list(node.itersiblings(preceding=True))[::-1]
        if before and parent.tag in _REVISIONS:
            parent.addprevious(_container_like(parent, before))
        node = parent
    return node


def end_at(node: Element, paragraph: Element) -> Element:
    """The child of the paragraph with which a range that ends at the node ends."""
    while (parent := node.getparent()) is not paragraph:
        behind = list(node.itersiblings())
        if behind and parent.tag in _REVISIONS:
            parent.addnext(_container_like(parent, behind))
        node = parent
    return node


def keep_blanks(text: Element) -> None:
    """Has Word keep the blanks at the ends of a text."""
    text.set(_SPACE, "preserve")


def _cut(element: Element, offsets: Sequence[int]) -> list[tuple[int, int, Element]]:
    """The runs of an element, each with the offsets of its part of the text."""
    run = element.getparent()
    if run.tag != RUN:  # in a formula
        return [(0, offsets[-1], run)]
    if element.tag != TEXT:  # a tab, a hyphen
        return [(0, 1, isolate(element))]
    text = element.text or ""
    places = [*pairwise([0, *(at for at in offsets if 0 < at < len(text)), len(text)])]
    parts = [element]
    for start, end in places[1:]:
        part = deepcopy(element)
        part.text, part.tail = text[start:end], None
        parts[-1].addnext(part)
        parts.append(part)
    element.text = text[: places[0][1]]
    for part in parts:
        keep_blanks(part)
    return [(*place, isolate(part)) for place, part in zip(places, parts, strict=True)]


def _run_like(run: Element, children: Sequence[Element]) -> Element:
    new = run.makeelement(run.tag, run.attrib, run.nsmap)
    properties = run.find(_PROPERTIES)
    if properties is not None:
        new.append(deepcopy(properties))
    new.extend(children)
    return new


def _container_like(container: Element, children: Sequence[Element]) -> Element:
    new = container.makeelement(container.tag, container.attrib, container.nsmap)
    new.extend(children)
    return new
