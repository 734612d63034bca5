"""The marks of automatic lists («1.», «1.1.», «a)», «-»), counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from de06_extract.language.digits import integer
from de06_extract.language.legacy_encodings import decoded, legacy_font
from de06_extract.readers.docx.package import Element, W, elements, switch, value, whole_number
from de06_extract.readers.docx.styles import ParagraphProperties, Styles, font_of

_DEEPEST = 8  # levels count from 0
_PLACEHOLDER = re.compile(r"%([1-9])")  # «%1.%2.»
_PRINTED_BULLETS = frozenset("-+–—*•")  # others are glyphs of a symbol font
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LAST_ROMAN = 3999  # Roman numerals go no further
_LAST_LETTER = 26 * 20  # each letter up to twenty times over: «aa», «bb», …


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: its first number, how it is written, the pattern of the mark, and what follows the mark."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    suffix: str = " "
    restarts: bool = True
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: the definition it shares its count with, its levels, where it counts anew."""

    definition: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class Numbering:
    """Gives each paragraph its mark. It counts, so it must see the paragraphs in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Reads the definitions; a missing numbering part is one without lists."""
        self._lists = _lists(root, styles) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph: ParagraphProperties) -> str:
        """The mark in front of a paragraph with the white space behind it, «» without numbering."""
        found = self._lists.get(paragraph.list_id or "")
        if found is None or paragraph.list_id is None:
            return ""
        at = _level_of(paragraph, found)
        level = found.levels.get(at, _Level())
        counts = self._count(paragraph.list_id, found, at)
        if level.form == "bullet":
            mark = level.pattern if level.pattern in _PRINTED_BULLETS else "-"
        else:
            mark = _PLACEHOLDER.sub(lambda match: _numeral(integer(match[1]) - 1, counts, found, level), level.pattern)
        return mark + level.suffix if mark.strip() else ""

    def _count(self, list_id: str, found: _List, at: int) -> dict[int, int]:
        """The counts of all levels with this paragraph counted; deeper levels begin anew."""
        counts = self._counts.setdefault(found.definition, {})
        if (list_id, at) not in self._begun and at in found.restarts:
            counts.pop(at, None)
        self._begun.add((list_id, at))
        start = found.restarts.get(at, found.levels.get(at, _Level()).start)
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in [level for level in counts if level > at and found.levels.get(level, _Level()).restarts]:
            del counts[deeper]
        return counts


def _level_of(paragraph: ParagraphProperties, found: _List) -> int:
    """The level that is named, else the one tied to the paragraph's style, else the first."""
    if paragraph.list_level is not None:
        return min(max(paragraph.list_level, 0), _DEEPEST)
    tied = (at for at, level in found.levels.items() if level.style is not None and level.style == paragraph.style)
    return next(tied, 0)


def _numeral(at: int, counts: dict[int, int], found: _List, level: _Level) -> str:
    other = found.levels.get(at, _Level())
    return _written(counts.get(at, other.start), "decimal" if level.legal else other.form)


def _written(number: int, form: str) -> str:
    """The number in the form that a w:numFmt names.

    >>> _written(4, "upperRoman"), _written(28, "lowerLetter"), _written(7, "decimalZero"), _written(3, "ordinal")
    ('IV', 'bb', '07', '3')
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _LAST_LETTER:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number <= _LAST_ROMAN:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        written += letters * (number // size)
        number %= size
    return written


def _lists(root: Element, styles: Styles) -> dict[str, _List]:
    """The lists by the id that paragraphs name."""
    definitions = {item.get(f"{W}abstractNumId"): item for item in elements(root) if item.tag == f"{W}abstractNum"}
    numbers = {item.get(f"{W}numId"): item for item in elements(root) if item.tag == f"{W}num"}
    lists = {}
    for list_id, number in numbers.items():
        definition_id = value(number, "abstractNumId")
        style = value(definitions.get(definition_id), "numStyleLink")
        if style is not None:  # «as the list style says»
            definition_id = value(numbers.get(styles.list_of(style)), "abstractNumId")
        definition = definitions.get(definition_id)
        if list_id is not None and definition_id is not None and definition is not None:
            lists[list_id] = _list(definition_id, definition, number)
    return lists


def _list(definition_id: str, definition: Element, number: Element) -> _List:
    levels = _levels(definition)
    restarts = {}
    for override in number.findall(f"{W}lvlOverride"):
        levels |= _levels(override)
        start = value(override, "startOverride")
        if start is not None:
            restarts[whole_number(override.get(f"{W}ilvl"), 0)] = whole_number(start, 1)
    return _List(definition_id, levels, restarts)


def _decoded(pattern: str, font: str | None) -> str:
    old = legacy_font(font or "")
    return pattern if old is None else decoded(pattern, old)


def _levels(parent: Element) -> dict[int, _Level]:
    levels = {}
    for level in parent.findall(f"{W}lvl"):
        levels[whole_number(level.get(f"{W}ilvl"), 0)] = _Level(
            start=whole_number(value(level, "start"), 0),
            form=value(level, "numFmt") or "decimal",
            pattern=_decoded(value(level, "lvlText") or "", font_of(level.find(f"{W}rPr"))),
            suffix="" if value(level, "suff") == "nothing" else " ",
            restarts=value(level, "lvlRestart") != "0",
            legal=bool(switch(level, "isLgl")),
            style=value(level, "pStyle"),
        )
    return levels
