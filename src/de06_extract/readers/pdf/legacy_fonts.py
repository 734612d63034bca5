"""The letters that fonts from before Unicode draw: PDFium gives those that stand for them in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from de06_extract.language.legacy_encodings import LegacyFont, in_place, is_telling, is_unicode, legacy_font
from de06_extract.language.syllables import is_syllable

_HYPHENED = re.compile(r"[^\W\d_]*(?:-[^\W\d_]*)+")
_HYPHEN = re.compile("[\xad\ufffe\x02\N{MINUS SIGN}]")
_TCVN3 = "tcvn3"
_HORNED_U = "\N{LATIN SMALL LETTER U WITH HORN}"


def with_drawn_letters(text: str, font_name: Callable[[int], str], encodings: set[str]) -> str:
    """The characters of a page, letter for letter as their fonts draw them; what was met is added to `encodings`.

    `font_name` gives the name of the font of a character.
    """
    if not is_telling(text):
        return text
    parts = list[str]()
    for start, end, name in _stretches(text, font_name):
        part, font = text[start:end], legacy_font(name)
        if font is not None:
            drawn = _with_horns(part, font) if font.encoding == _TCVN3 else in_place(part, font)
            if drawn != part:
                encodings.add(font.encoding)
                part = drawn
        parts.append(part)
    return "".join(parts)


def _stretches(text: str, font_name: Callable[[int], str]) -> Iterator[tuple[int, int, str]]:
    """The ranges of the text in one font each; white space goes with what is before it."""
    start, font = 0, ""
    for at, letter in enumerate(text):
        if letter.isspace():
            continue
        name = font_name(at)
        if name != font:
            if at > start:
                yield start, at, font
            start, font = at, name
    yield start, len(text), font


def _with_horns(text: str, font: LegacyFont) -> str:
    """The letters drawn, one of which has the place of the soft hyphen and comes as a hyphen of some kind."""
    if is_unicode(text):
        return text
    drawn = _HYPHENED.sub(_with_letters, in_place(_HYPHEN.sub("-", text), font))
    return "".join(was if now == "-" else now for was, now in zip(text, drawn, strict=True))


def _with_letters(word: re.Match[str]) -> str:
    """The word with letters for hyphens, where that makes a Vietnamese word of it."""
    meant = word[0].replace("-", _HORNED_U.upper() if word[0].isupper() else _HORNED_U)
    return meant if len(meant) > 1 and is_syllable(meant) else word[0]
