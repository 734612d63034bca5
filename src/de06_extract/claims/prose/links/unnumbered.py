"""Items of a list that have no number: «22 người, gồm Trưởng đoàn, 6 phó đoàn và 15 thành viên» are 1 + 6 + 15."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from de06_extract.claims.prose.mentions import Mention
from de06_extract.language.vocabulary import any_of, whole_words

_OPENING = 120  # characters before the first number of a list in which it begins
_OPENS = regex.compile(f"{whole_words('cues', 'whole').pattern}|:")
_BETWEEN = regex.compile(rf"[,;]|\s{any_of('cues', 'and')}\s")
_CLOSED = regex.compile(r"[^\d().;:\n]{1,120}+(?=\))")
_LETTER, _DIGIT = regex.compile(r"\p{L}"), regex.compile(r"\d")


def unnumbered_items(parts: Sequence[Mention], text: str) -> int:
    """How many items of a list have no number, before the first of some parts, between them, and up to a bracket."""
    parts = sorted(parts, key=lambda part: part.start)
    first = parts[0].start
    begins = [match.end() for match in _OPENS.finditer(text, max(0, first - _OPENING), first)]
    found = _complete(text[begins[-1] : first]) if begins else 0
    found += sum(max(0, _complete(text[a.end : b.start]) - 1) for a, b in pairwise(parts))
    closed = _CLOSED.match(text, parts[-1].end)  # «17 tầng lầu, 4 tầng hầm và tầng kỹ thuật)»
    return found if closed is None else found + max(0, _complete(f"{closed[0]},") - 1)


def _complete(stretch: str) -> int:
    """The items of a stretch that end in it: what stands behind the last mark leads to the next number."""
    return sum(bool(_LETTER.search(item)) and not _DIGIT.search(item) for item in _BETWEEN.split(stretch)[:-1])
