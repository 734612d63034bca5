"""What a Vietnamese word can look like: a syllable of one onset, one to three vowels, and one of eight endings."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from de06_extract.language.spelling import split_tone

_SYLLABLE = regex.compile(
    r"(?: ngh | ng | nh | ch | gh | gi | kh | ph | qu | th | tr | [bcdđghklmnprstvx] )?+ "
    r"(?: i | [aăâeêoôơuưy][aăâeêioôơuưy]{0,2} | i[aeêouư]{1,2} ) (?P<end> ch | ng | nh | [cmnpt] )?",
    regex.VERBOSE,
)
_STOPPED = frozenset(("c", "ch", "p", "t"))  # such syllables have one of two tones
_OF_STOPPED = frozenset(("\u0301", "\u0323"))  # the acute, the dot below


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """True for a word that Vietnamese could have.

    >>> is_syllable("Quyết"), is_syllable("nghiêng"), is_syllable("Đề"), is_syllable("GIỮ")
    (True, True, True, True)
    >>> is_syllable("quyêt"), is_syllable("niños"), is_syllable("müssen"), is_syllable("aủado")
    (False, False, False, False)
    """
    letters, tone = split_tone(unicodedata.normalize("NFC", word.lower()))
    found = _SYLLABLE.fullmatch(unicodedata.normalize("NFC", letters))
    return found is not None and len(tone) < 2 and (found["end"] not in _STOPPED or tone in _OF_STOPPED)
