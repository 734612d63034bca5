"""A paragraph of a DOCX file as the one line of text that a reader of the page sees.

In: inserted runs, field results, hyperlinks, content controls. Out: deleted runs, field instructions, hidden text,
comments. Text boxes are handed back, to be read after the paragraph that anchors them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from de06_extract.language.characters import normalised
from de06_extract.language.legacy_encodings import LegacyFont, legacy_font
from de06_extract.readers.docx.imported_parts import IMPORTED
from de06_extract.readers.docx.legacy_fonts import LegacyFonts
from de06_extract.readers.docx.numbering import Numbering
from de06_extract.readers.docx.package import MC, Element, W, alternative, descend, elements, value, whole_number
from de06_extract.readers.docx.styles import ParagraphProperties, RunProperties, Styles

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_UNREAD = frozenset(
    f"{W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "fldData"),
        *("pgNum", "footnoteRef", "endnoteRef", "annotationRef", "rt", "rubyPr"),
    )
)
_FIXED = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab"), "\t"),
    **dict.fromkeys((f"{W}br", f"{W}cr"), " "),
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "\xad",
}
_HALVES = frozenset({f"{M}num", f"{M}den"})
_TEXTS = frozenset({f"{W}t", f"{M}t"})
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})  # a DOCX has no pages, the number kept in it is stale
_BREAKS = re.compile("[\n-\r\x1c\x1d\x85\u2028\u2029]")  # one paragraph is one line
_MARK_PROPERTIES = f"{W}pPr/{W}rPr"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_INDEX = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_LEAST_RISE = 4  # half points above the other letters of the line; type is set up by one or two to please the eye
_SYMBOL_FONT = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"}


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A footnote or endnote mark in a line: which note («footnotes», «2»), the mark, and its offset in the line."""

    kind: str
    note: str
    mark: str
    offset: int = 0


class Origin(NamedTuple):
    """Where the text between two offsets stands in the file: in these elements, each with what it contributes.

    The characters are not yet those of the text: no list mark, nothing normalised. What stands in no element that could
    be taken apart, as a choice in a list, has None.
    """

    start: int
    end: int
    drawn: tuple[tuple[Element | None, str], ...]

    def moved(self, by: int) -> Origin:
        """The origin of the same text so many characters later."""
        return Origin(self.start + by, self.end + by, self.drawn)


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A paragraph's text in NFC with its note marks, its kind, and the text boxes that are anchored in it.

    `tabs` are the offsets of the blanks that are tabs, 0 for one before the text. `origins` are where it stands in the
    file, without gaps where it was read from one.
    """

    text: str
    references: tuple[NoteReference, ...] = ()
    heading: bool = False
    centered: bool = False
    boxes: tuple[Element, ...] = ()
    tabs: tuple[int, ...] = ()
    origins: tuple[Origin, ...] = ()


@dataclass
class Story:
    """The state in which paragraphs are read: styles, and counts of lists and notes, which go on from line to line."""

    styles: Styles
    numbering: Numbering
    legacy_fonts: LegacyFonts
    marks: dict[tuple[str, str], str] = field(default_factory=dict)

    def mark(self, kind: str, note: str) -> str:
        """The mark of a note, numbered in the order of the references."""
        return self.marks.setdefault((kind, note), str(len(self.marks) + 1).translate(_RAISED))


def paragraphs_of(container: Element) -> list[tuple[Element, ...]]:
    """The paragraphs, tables and imported parts of a body, cell or note in reading order, each as its elements.

    More than one element: the mark between two paragraphs is deleted under tracked changes.
    """
    found: list[tuple[Element, ...]] = []
    held: tuple[Element, ...] = ()
    for element in descend(container, (f"{W}p", f"{W}tbl", IMPORTED)):
        if element.tag != f"{W}p":
            found += [held, (element,)] if held else [(element,)]
            held = ()
        elif _runs_on(element):
            held += (element,)
        else:
            found.append((*held, element))
            held = ()
    return [*found, held] if held else found


def read_line(paragraphs: Sequence[Element], story: Story, bare_marks: bool = False) -> ParagraphLine:
    """The line that paragraph elements make; a list mark alone is a line only where `bare_marks` says so."""
    properties = story.styles.paragraph(paragraphs[-1].find(f"{W}pPr"))
    walk = _Walk(story, properties.run, _ground(paragraphs))
    for paragraph in paragraphs:
        walk.enter(paragraph)
    walk.decode()
    tabbed, references = _assembled(walk.pieces)
    text = tabbed.strip().replace("\t", " ")
    boxes = tuple(walk.boxes)
    if not text and _runs_on(paragraphs[-1]):
        return ParagraphLine("", boxes=boxes)
    mark = _list_mark(properties, story)
    if not text:
        return ParagraphLine(mark.strip() if bare_marks else "", boxes=boxes)
    before = len(tabbed) - len(tabbed.lstrip())
    references = tuple(replace(reference, offset=reference.offset + len(mark) - before) for reference in references)
    tabs = tuple(max(0, at - before) + len(mark) for at, letter in enumerate(tabbed.rstrip()) if letter == "\t")
    whole = mark + text
    origins = (Origin(0, len(whole), tuple(walk.drawn)),)
    return ParagraphLine(whole, references, properties.heading, properties.centered, boxes, tabs, origins)


def joined(lines: Sequence[ParagraphLine]) -> ParagraphLine:
    """The lines as one, a space between them: the text of a cell."""
    if len(lines) == 1:
        return lines[0]
    text, references, origins = "", list[NoteReference](), list[Origin]()
    for line in (line for line in lines if line.text):
        text += " " if text else ""
        references += [replace(reference, offset=reference.offset + len(text)) for reference in line.references]
        origins += [origin.moved(len(text)) for origin in line.origins]
        text += line.text
    return ParagraphLine(text, tuple(references), origins=tuple(origins))


class _Walk:
    """Collects the pieces of a paragraph. Open fields are remembered: the text of an instruction is not read."""

    def __init__(self, story: Story, base: RunProperties, ground: int = 0) -> None:
        self.pieces: list[str | NoteReference] = []
        self.boxes: list[Element] = []
        self.drawn: list[tuple[Element | None, str]] = []  # what was written, and in which element it stands
        self._story = story
        self._run = base
        self._base = base
        self._ground = ground  # half points by which the lowest letters of the line are raised
        self._legacy: tuple[LegacyFont, str] | None = None  # text in a font made before Unicode, not yet decoded
        self._script: dict[int, int] = {}  # what the digits of a power or an index in a formula are written as
        self._chosen: list[tuple[str, int]] = []  # the choice of each open field, and the pieces before its result
        self._fields: list[str | None] = []  # the instruction of each open field, None in its result
        self._instructions = 0  # how many of them are not in their result

    def enter(self, parent: Element) -> None:
        for child in elements(parent):
            self._visit(child)

    def _visit(self, element: Element) -> None:
        tag = element.tag
        if tag in _TEXTS:
            self._write(element.text or "", element)
        elif tag in _FIXED:
            self._write(_FIXED[tag], element)
        elif tag in _VISITS:
            _VISITS[tag](self, element)
        elif tag not in _UNREAD:
            self.enter(element)

    def _enter_run(self, run: Element) -> None:
        outer = self._run
        self._run = self._story.styles.run(run.find(f"{W}rPr"), self._base)
        before = len(self.pieces)
        self.enter(run)
        self._run = outer
        if any(isinstance(piece, NoteReference) for piece in self.pieces[before:]):
            self.decode()
        for at in range(before, len(self.pieces)):
            reference = self.pieces[at]
            if (
                isinstance(reference, NoteReference) and not reference.mark
            ):  # its mark is the word that follows in the run
                following = _clean("".join(piece for piece in self.pieces[at + 1 :] if isinstance(piece, str))).lstrip()
                mark = (following.split() or [self._story.mark(reference.kind, reference.note)])[0]
                self.pieces[at:] = [replace(reference, mark=mark), following.removeprefix(mark)]
                break

    def _write(self, text: str, element: Element | None = None) -> None:
        if self._run.hidden or self._instructions:
            return
        self.drawn.append((element, text))
        font, raised = legacy_font(self._run.font or ""), self._is_raised()
        if font is None:
            self.decode()
            self.pieces.append(text.translate(_RAISED if raised else self._script))
        elif raised:  # by the signs for raised digits such fonts write letters
            self.decode()
            self.pieces.append(self._story.legacy_fonts.decoded(text, font).translate(_RAISED))
        elif self._legacy is not None and self._legacy[0] == font:
            self._legacy = font, self._legacy[1] + text
        else:
            self.decode()
            self._legacy = font, text

    def decode(self) -> None:
        """Adds the text in an old font that was gathered: a letter and its mark may stand in two runs."""
        if self._legacy is not None:
            (font, text), self._legacy = self._legacy, None
            self.pieces.append(self._story.legacy_fonts.decoded(text, font))

    def _is_raised(self) -> bool:
        return self._run.superscript or (self._run.raised or 0) - self._ground >= _LEAST_RISE

    def _refer(self, element: Element) -> None:
        if self._run.hidden or self._instructions:
            return
        kind = "footnotes" if element.tag == f"{W}footnoteReference" else "endnotes"
        note = element.get(f"{W}id") or ""
        own = element.get(f"{W}customMarkFollows") not in (None, "0", "false", "off")
        self.decode()
        self.pieces.append(NoteReference(kind, note, "" if own else self._story.mark(kind, note)))

    def _enter_field(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append("")
            self._instructions += 1
            self._chosen.append((_chosen_entry(mark), len(self.pieces)))
        elif kind == "separate" and self._fields and not _counts_pages(self._fields[-1] or ""):
            self._instructions -= self._fields[-1] is not None
            self._fields[-1] = None
        elif kind == "end" and self._fields:
            self._instructions -= self._fields.pop() is not None
            chosen, before = self._chosen.pop()
            self.decode()
            if chosen and not _has_text(self.pieces[before:]):
                self._write(chosen)

    def _enter_simple_field(self, simple: Element) -> None:
        if not _counts_pages(simple.get(f"{W}instr") or ""):
            self.enter(simple)

    def _instruct(self, instruction: Element) -> None:
        if self._fields and self._fields[-1] is not None:
            self._fields[-1] += instruction.text or ""

    def _enter_fraction(self, fraction: Element) -> None:
        for at, part in enumerate(part for part in elements(fraction) if part.tag in _HALVES):
            if at:
                self._write("/")
            self.enter(part)

    def _enter_script(self, script: Element) -> None:
        outer, self._script = self._script, _POWER if script.tag != f"{M}sub" else _INDEX
        self.enter(script)
        self._script = outer

    def _box(self, content: Element) -> None:
        self.boxes.append(content)


_VISITS: dict[str, Callable[[_Walk, Element], None]] = {
    f"{W}r": _Walk._enter_run,
    f"{M}r": _Walk._enter_run,
    f"{W}txbxContent": _Walk._box,
    f"{MC}AlternateContent": lambda walk, element: walk.enter(alternative(element)),
    f"{W}instrText": _Walk._instruct,
    f"{W}fldChar": _Walk._enter_field,
    f"{W}fldSimple": _Walk._enter_simple_field,
    f"{W}sym": lambda walk, element: walk._write(_symbol(element), element),
    f"{W}footnoteReference": _Walk._refer,
    f"{W}endnoteReference": _Walk._refer,
    f"{M}f": _Walk._enter_fraction,
    f"{M}sup": _Walk._enter_script,
    f"{M}sub": _Walk._enter_script,
    f"{M}deg": _Walk._enter_script,
}


def _ground(paragraphs: Sequence[Element]) -> int:
    """The half points by which ordinary letters of a line are raised: all of them may be, to fit a rule or a cell."""
    if not any(next(paragraph.iter(f"{W}position"), None) is not None for paragraph in paragraphs):
        return 0
    runs = (run for paragraph in paragraphs for run in paragraph.iter(f"{W}r"))
    positions = {value(run.find(f"{W}rPr"), "position") for run in runs if (run.findtext(f"{W}t") or "").strip()}
    return min((whole_number(position, 0) for position in positions), default=0) if None not in positions else 0


def _chosen_entry(mark: Element) -> str:
    """The entry that is chosen in a drop-down list of a form, which Word shows and keeps in no run; else «»."""
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(f"{W}val") or "" for entry in choices.findall(f"{W}listEntry")]
    chosen = whole_number(value(choices, "result") or value(choices, "default"), 0)
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _has_text(pieces: Sequence[str | NoteReference]) -> bool:
    return any(isinstance(piece, str) and piece.strip() for piece in pieces)


def _counts_pages(instruction: str) -> bool:
    return (instruction.split() or [""])[0].upper() in _PAGE_FIELDS


def _symbol(element: Element) -> str:
    """The character of a w:sym; glyphs of symbol fonts that are not letters become a space."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return " "
    if 0xF020 <= code <= 0xF0FF:
        if (element.get(f"{W}font") or "").casefold() != "symbol":
            return " "
        code -= 0xF000
        return chr(code) if code <= ord("?") else _SYMBOL_FONT.get(code, " ")
    return chr(code) if 0x20 <= code < 0xD800 else " "


def _list_mark(properties: ParagraphProperties, story: Story) -> str:
    return _clean(story.numbering.mark(properties)).replace("\t", " ")


def _assembled(pieces: Sequence[str | NoteReference]) -> tuple[str, tuple[NoteReference, ...]]:
    """The pieces as one NFC text, tabs in it. A letter and its accent may stand in two runs: normalised once joined."""
    text, pending, references = "", "", []
    for piece in pieces:
        if isinstance(piece, str):
            pending += piece
            continue
        text, pending = text + _clean(pending), ""
        references.append(replace(piece, offset=len(text)))
        text += piece.mark
    return text + _clean(pending), tuple(references)


def _clean(text: str) -> str:
    return normalised(_BREAKS.sub(" ", text))


def _runs_on(paragraph: Element) -> bool:
    """True where the paragraph's mark is deleted, so that the next paragraph goes on in the same line."""
    mark = paragraph.find(_MARK_PROPERTIES)
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
