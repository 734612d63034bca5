"""Spellings of one word: the place of the tone mark in «oa», «oe», «uy», i for y, letters like «đ», case and blanks.

One spelling stands for all: in open syllables the mark on the first vowel («hóa» for «hoá»), in closed ones on the
second («toàn» for «tòan»); alone behind h, k, l, m, t and qu stands y («tỷ» for «tỉ»), behind s i («sĩ» for «sỹ»).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import product

import regex

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # combining: grave, acute, tilde, hook above, dot below
_STROKED = "\N{LATIN SMALL LETTER D WITH STROKE}"
TRUE_LETTERS = {  # letters of other languages, with the Vietnamese ones that look like them
    "\N{LATIN SMALL LETTER ETH}": _STROKED,
    "\N{LATIN SMALL LETTER D WITH TAIL}": _STROKED,
    "\N{LATIN CAPITAL LETTER ETH}": _STROKED.upper(),
    "\N{LATIN CAPITAL LETTER AFRICAN D}": _STROKED.upper(),
}


def _composed(letters: str) -> str:
    return unicodedata.normalize("NFC", letters)


_FIRST = {  # the mark on the second vowel to the same with the mark on the first
    _composed(f"{pair}{tone}"): _composed(f"{pair[0]}{tone}{pair[1]}")
    for pair, tone in product(("oa", "oe", "uy"), _TONES)
}
_SECOND = {on_first: on_second for on_second, on_first in _FIRST.items()}
_Y = {_composed(f"i{tone}"): _composed(f"y{tone}") for tone in ("", *_TONES)}
_I = {y: i for i, y in _Y.items()}
_OTHER = {**_FIRST, **_SECOND, **_Y, **_I}

_MISPLACED = regex.compile(
    rf"""
      (?<! q ) (?: {"|".join(_FIRST)} ) (?! \p{{L}} )                              # «hoá», not «hoán» or «quý»
    | (?<! q ) (?: {"|".join(_SECOND)} ) (?= \p{{L}} )                             # «tòan»
    | (?<= (?<! \p{{L}} ) (?: [hklmt] | qu ) ) [{"".join(_Y)}] (?! \p{{L}} )       # «tỉ»
    | (?<= (?<! \p{{L}} ) s ) [{"".join(_I)}] (?! \p{{L}} )                        # «sỹ»
    """,
    regex.VERBOSE,
)
_EITHER = regex.compile(
    rf"""
      (?<! q ) (?: {"|".join((*_FIRST, *_SECOND))} )
    | (?<= (?<! \p{{L}} ) (?: [hklmst] | qu ) ) [{"".join((*_Y, *_I))}] (?! \p{{L}} )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def fold(phrase: str) -> str:
    """The phrase in lower case, with single blanks and in one spelling: how words are looked up and compared.

    >>> fold("Tỉ  lệ"), fold("Văn hoá"), fold("TÒAN TỈNH"), fold("bác sỹ"), fold("Quí III"), fold("quỳnh")
    ('tỷ lệ', 'văn hóa', 'toàn tỉnh', 'bác sĩ', 'quý iii', 'quỳnh')
    """
    lowered = phrase.lower()
    return " ".join(map(_in_one_spelling, lowered.split())) if " " in lowered else _in_one_spelling(lowered)


@lru_cache(maxsize=16_384)  # a report has fewer words, which come again and again
def _in_one_spelling(word: str) -> str:
    return _MISPLACED.sub(lambda found: _OTHER[found[0]], word)


def spellings(word: str) -> tuple[str, ...]:
    """The word as given and, where it can be spelled otherwise, its other spelling.

    >>> spellings("tỷ"), spellings("Ủy"), spellings("quỹ"), spellings("tỉnh")
    (('tỷ', 'tỉ'), ('Ủy', 'Uỷ'), ('quỹ', 'quĩ'), ('tỉnh',))
    """
    other = _EITHER.sub(lambda found: _exchanged(found[0]), word)
    return (word,) if other == word else (word, other)


def word_pattern(word: str) -> str:
    """A regex that matches the word in each of its spellings.

    >>> word_pattern("tỷ"), word_pattern("Tòa"), word_pattern("v.v")
    ('t(?:ỷ|ỉ)', 'T(?:òa|oà)', 'v\\\\.v')
    """
    out, at = "", 0
    for found in _EITHER.finditer(word):
        out += f"{regex.escape(word[at : found.start()])}(?:{found[0]}|{_exchanged(found[0])})"
        at = found.end()
    return out + regex.escape(word[at:])


def _exchanged(vowels: str) -> str:
    """The other spelling of the vowels, in the case that each letter has."""
    other = _OTHER[vowels.lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(vowels, other, strict=True))


def split_tone(syllable: str) -> tuple[str, str]:
    """The letters of a syllable and its tone mark, empty for the level tone: where the mark stands makes no difference.

    >>> split_tone("hoà") == split_tone("hòa"), split_tone("ban")
    (True, ('ban', ''))
    """
    letters = unicodedata.normalize("NFD", syllable)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES), tones


def with_true_letters(text: str) -> str:
    """The text with «đ» and «Đ» for the letters of other languages that look like them.

    >>> with_true_letters("Ðồng Nai") == "Đồng Nai"
    True
    """
    return text.translate(_TRUE)


_TRUE = str.maketrans(TRUE_LETTERS)


def without_marks(text: str) -> str:
    """The text without accents, letter for letter, so that offsets stay: scans lose and change them in fixed words.

    >>> without_marks("Độc lập – Tự do")
    'Doc lap – Tu do'
    """
    return "".join(map(_bare, text))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    if with_true_letters(letter).lower() == _STROKED:
        return "d" if letter.islower() else "D"
    return unicodedata.normalize("NFD", letter)[0]
