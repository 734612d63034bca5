"""Characters that look like others, or like nothing, exchanged for those that are meant: what every reader does once.

Word processors, web pages and other programs leave zero-width signs inside numbers, thin blanks between thousands,
fullwidth digits, slashes of other kinds, and letters of other languages that look like those of a Vietnamese word.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

import regex

from de06_extract.language.spelling import TRUE_LETTERS

LEFT_OUT = "\u2060"
"""A character that readers leave out: what is put where nothing should stand, to keep the places of the others."""

_INVISIBLE = (  # zero-width spaces and joiners, directions, variants, the soft hyphen, Word's optional one
    *(0xAD, 0x1F, 0x34F, 0x61C, 0x180E, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC),
)
_BLANKS = (0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)  # thin, wide and of the width of a digit
_WIDE = range(0xFF01, 0xFF5F)  # ASCII in the width of a Chinese character
_WIDER_BY = 0xFEE0
_DIGITS = range(0x1D7CE, 0x1D800)  # bold, hollow, sans-serif, … : five times ten
_SIGNS = {
    **dict.fromkeys("\N{FRACTION SLASH}\N{DIVISION SLASH}\N{BIG SOLIDUS}", "/"),
    **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SMALL HYPHEN-MINUS}\x1e\x02\ufffe", "-"),
    **dict.fromkeys("\N{SMALL PERCENT SIGN}\N{ARABIC PERCENT SIGN}", "%"),
    "\N{ONE DOT LEADER}": ".",
    "\N{SMALL FULL STOP}": ".",
    "\N{SMALL COMMA}": ",",
    "\N{RATIO}": ":",
}
_CONTROLS = (*range(0x02), *range(0x03, 0x09), *range(0x0E, 0x1E), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0))
_MEANT: dict[int, str | None] = {
    **dict.fromkeys(_CONTROLS, " "),
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_INVISIBLE, None),
    **{code: chr(code - _WIDER_BY) for code in _WIDE},
    **{code: str(at % 10) for at, code in enumerate(_DIGITS)},
    **{ord(sign): meant for sign, meant in _SIGNS.items()},
    **{ord(letter): meant for letter, meant in TRUE_LETTERS.items()},
}

_LATIN = dict(  # Cyrillic and Greek letters with the Latin ones that look the same
    chain(
        zip("АВЕЅІЈКМНОРСТУХЬаеѕіјорсухѵһԁԛԝ", "ABESIJKMHOPCTYXbaesijopcyxvhdqw", strict=True),
        zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοιν", "ABEZHIKMNOPTYXoiv", strict=True),
    )
)
_FOREIGN = re.compile(f"[{''.join(_LATIN)}]")
_LATIN_TABLE = str.maketrans(_LATIN)
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_LATIN_LETTER = regex.compile(r"\p{Latin}")


def _ranges() -> str:
    """The exchanged characters for a set of a regex, with ranges: `re` is four times as fast with few parts."""
    ordered = sorted(_MEANT)
    firsts = [code for code in ordered if code - 1 not in _MEANT]
    lasts = [code for code in ordered if code + 1 not in _MEANT]
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in zip(firsts, lasts, strict=True))


ODD_SIGNS = f"[{_ranges()}]"
"""A regex for a character that `meant` exchanges or leaves out."""

_ODD = re.compile(ODD_SIGNS)
_PRINTED = re.compile("\xad(?=[\r\n])")  # at the end of a line a soft hyphen is seen: «06/TB-»


def meant(text: str) -> str:
    """The text with the characters that are meant: each stands for one of the text, and the invisible are left out.

    >>> meant("12.\\u200b345⁄12\\u202f500 hồ sơ"), meant("９８，７６％"), meant("tỷ lệ ðạt")
    ('12.345/12 500 hồ sơ', '98,76%', 'tỷ lệ đạt')
    >>> meant("cause-and\\x02effect"), meant("7\\x07 xã")
    ('cause-and-effect', '7  xã')
    """
    if _ODD.search(text):
        text = _PRINTED.sub("-", text).translate(_MEANT)
    return with_latin_letters(text)


def with_latin_letters(text: str) -> str:
    """The text, as long as before, with Latin letters in words where other alphabets' letters stand among them.

    >>> with_latin_letters("trоng đó"), with_latin_letters("Москва")
    ('trong đó', 'Москва')
    """
    if not _FOREIGN.search(text):
        return text
    return _WORD.sub(lambda word: word[0].translate(_LATIN_TABLE) if _LATIN_LETTER.search(word[0]) else word[0], text)


def normalised(text: str) -> str:
    """The text with the characters that are meant, in NFC: what readers make of the characters of a file."""
    return unicodedata.normalize("NFC", meant(unicodedata.normalize("NFC", text)))
