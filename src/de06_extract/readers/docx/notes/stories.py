"""Where in the body of a Word document a comment may stand that speaks of words elsewhere in the file.

Word takes comments in the body and its tables. What stands in a text box is commented where the box is anchored, a note
at its mark in the text, a header or footer at the paragraph of its section that is nearest to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from de06_extract.readers.docx.notes.runs import RUN, begin_at, end_at, isolate
from de06_extract.readers.docx.package import RELATIONSHIP, Element, W, WordPackage

_BOX = f"{W}txbxContent"
_PARAGRAPH = f"{W}p"
_NOTES = {f"{W}footnote": f"{W}footnoteReference", f"{W}endnote": f"{W}endnoteReference"}
_CONTROL = f"{W}sdt"
_GALLERY = f"{W}sdtPr/{W}docPartObj"
_SECTION = f"{W}sectPr"
_MARGINS = {f"{W}hdr": f"{W}headerReference", f"{W}ftr": f"{W}footerReference"}


class Stretch(NamedTuple):
    """The children of paragraphs with which a range of a comment begins and ends; None for an empty paragraph."""

    first: Element | None
    last: Element | None
    paragraph: Element


def stretch_of(package: WordPackage, runs: Sequence[Element]) -> Stretch | None:
    """Where in the body the range of a comment on runs of the same story begins and ends."""
    root = package.trees[package.main]
    first, last = runs[0], runs[-1]
    if first.getroottree().getroot() is not root:
        return _elsewhere(package, first)
    box = _outermost_box(first)
    if box is not None:
        run = _ancestor(box, RUN)
        return None if run is None else _stretch(run, run)
    return _stretch(first, last)


def beginning(package: WordPackage) -> Stretch | None:
    """The first paragraph of the document."""
    return next((_whole(paragraph) for paragraph in package.body.iter(_PARAGRAPH)), None)


def whole_paragraph(package: WordPackage, element: Element) -> Stretch | None:
    """The paragraph of the body that an element of any story stands in, or belongs to."""
    found = stretch_of(package, [element])
    return None if found is None else _whole(found.paragraph)


def _stretch(first: Element, last: Element) -> Stretch | None:
    beginning, ending = _paragraph_of(first), _paragraph_of(last)
    if beginning is None or ending is None:
        return None
    if _outside_of_control(beginning) is not None or first is beginning or last is ending:  # a text in no run
        return _whole(beginning)
    begins = begin_at(first, beginning)
    ends = end_at(last, ending)
    return _around_fields(Stretch(begins, ends, beginning), ending)


def _outside_of_control(paragraph: Element) -> Element | None:
    """The paragraph nearest to one that a content control begins with; None for others.

    LibreOffice loses what stands before a comment in the first paragraph of a control around paragraphs or cells.
    """
    if not _begins_control(paragraph):
        return None
    root = paragraph.getroottree().getroot()
    others = [other for other in root.iter(_PARAGRAPH) if _outermost_box(other) is None]
    at = others.index(paragraph)
    near = (other for other in (*others[:at][::-1], *others[at + 1 :]) if not _begins_control(other))
    return next(near, None)


def _begins_control(paragraph: Element) -> bool:
    controls = (control for control in paragraph.iterancestors(_CONTROL) if control.find(_GALLERY) is None)
    return any(next(control.iter(_PARAGRAPH)) is paragraph for control in controls)


def _around_fields(found: Stretch, ending: Element) -> Stretch:
    """The stretch with the fields whole in which it begins or ends: LibreOffice makes a comment there their result."""
    first, last = found.first, found.last
    for begins, ends in _fields(found.paragraph):
        if _lies(first, begins, ends):
            first = begins
    for begins, ends in _fields(ending):
        if _lies(last, begins, ends):
            last = ends
    return Stretch(first, last, found.paragraph)


def _fields(paragraph: Element) -> list[tuple[Element, Element]]:
    """The first and the last child of the paragraph of each field that is in no other."""
    fields, opened = [], list[Element]()
    for mark in paragraph.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            opened.append(mark)
        elif kind == "end" and opened:
            begin = opened.pop()
            if not opened and _paragraph_of(begin) is paragraph and _paragraph_of(mark) is paragraph:
                fields.append((_child_of(paragraph, begin), _child_of(paragraph, mark)))
    return fields


def _child_of(paragraph: Element, node: Element) -> Element:
    while (parent := node.getparent()) is not paragraph:
        node = parent
    return node


def _lies(child: Element | None, first: Element, last: Element) -> bool:
    """True where a child of a paragraph is one of two others or stands between them."""
    parent = first.getparent()
    return child is not None and parent.index(first) <= parent.index(child) <= parent.index(last)


def _elsewhere(package: WordPackage, element: Element) -> Stretch | None:
    body = package.trees[package.main]
    for note, reference in _NOTES.items():
        held = _ancestor(element, note)
        if held is not None:
            marks = (mark for mark in body.iter(reference) if mark.get(f"{W}id") == held.get(f"{W}id"))
            mark = next(marks, None)
            return None if mark is None else stretch_of(package, [isolate(mark)])
    root = element.getroottree().getroot()
    name = next(name for name, tree in package.trees.items() if tree is root)
    reference = _MARGINS.get(root.tag, "")
    for section in package.body.iter(_SECTION) if reference else ():
        if any(package.name_of(held.get(f"{RELATIONSHIP}id")) == name for held in section.findall(reference)):
            paragraphs = _paragraphs_of(package.body, section)
            if paragraphs:
                return _whole(paragraphs[0] if reference == _MARGINS[f"{W}hdr"] else paragraphs[-1])
    return beginning(package)


def _paragraphs_of(body: Element, section: Element) -> list[Element]:
    """The paragraphs of the section whose properties these are; they stand in its last paragraph, or behind all."""
    found = list[Element]()
    for paragraph in body.iter(_PARAGRAPH):
        if _outermost_box(paragraph) is not None:
            continue
        found.append(paragraph)
        properties = paragraph.find(f"{W}pPr/{_SECTION}")
        if properties is section:
            return found
        if properties is not None:
            found = []
    return found


def _whole(paragraph: Element) -> Stretch:
    outside = _outside_of_control(paragraph)
    paragraph = paragraph if outside is None else outside
    children = [child for child in paragraph if isinstance(child.tag, str) and child.tag != f"{W}pPr"]
    return Stretch(children[0], children[-1], paragraph) if children else Stretch(None, None, paragraph)


def _paragraph_of(node: Element) -> Element | None:
    return _ancestor(node, _PARAGRAPH)


def _outermost_box(node: Element) -> Element | None:
    found = None
    for ancestor in node.iterancestors(_BOX):
        found = ancestor
    return found


def _ancestor(node: Element, tag: str) -> Element | None:
    return next(node.iterancestors(tag), None) if node.tag != tag else node
