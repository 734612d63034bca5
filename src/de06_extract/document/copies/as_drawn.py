"""The characters of a file that a stretch of the text stands for, where the two are not the same to the letter.

Letters and their marks may be apart in the file, invisible signs are left out of the text, the marks of lists and notes
stand in it alone, letters of old fonts are others. So figures are looked for in the same line or paragraph.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from de06_extract.language.characters import normalised

_CONTEXT = 60  # characters on either side by which one of several equal figures is known


def find_drawn(line: str, start: int, end: int, drawn: str) -> tuple[int, int] | None:
    """Where in the drawn characters of a line those between two offsets of it stand, None where that is not certain.

    >>> find_drawn("1. đạt 5/7 và 5 xã", 14, 15, "đa\u0323t 5/7 và 5 xã")
    (12, 13)
    >>> find_drawn("1. đạt 1 xã", 0, 1, "đạt 1 xã"), find_drawn("1. đạt 1 xã", 7, 8, "đạt 1 xã")
    (None, (4, 5))
    """
    read, offsets = _read(drawn)
    wanted = line[start:end]
    in_line, in_read = _places(line, wanted), _places(read, wanted)
    number = bisect_left(in_line, start)
    if number == len(in_line) or in_line[number] != start:
        return None
    behind = len(in_line) - number  # counted from the end: marks of lists stand before what is drawn
    if behind > len(in_read):
        return None
    at = in_read[-behind]
    if len(in_line) != len(in_read):
        likeness = {other: _likeness(line, start, read, other, len(wanted)) for other in in_read}
        if [other for other in in_read if likeness[other] >= likeness[at]] != [at]:
            return None
    return offsets[at], offsets[at + len(wanted)]


@lru_cache(maxsize=8)
def _places(text: str, wanted: str) -> tuple[int, ...]:
    """The places of the wanted words, kept for the next of the same words: a line may have a thousand figures."""
    return tuple(_occurrences(text, wanted))


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    """The places of the wanted words in the text that are no part of a longer number."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        before, behind = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not (before.isdecimal() and wanted[0].isdecimal()) and not (behind.isdecimal() and wanted[-1].isdecimal()):
            yield at
        at = text.find(wanted, at + 1)


def _likeness(line: str, start: int, read: str, at: int, length: int) -> int:
    """How many characters around two places are the same, counted from them."""
    before = _alike(line[max(0, start - _CONTEXT) : start][::-1], read[max(0, at - _CONTEXT) : at][::-1])
    return before + _alike(line[start + length :][:_CONTEXT], read[at + length :][:_CONTEXT])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=2)
def _read(drawn: str) -> tuple[str, list[int]]:
    """What is read of drawn characters, and where each of it begins there, with the end as the last.

    >>> _read("a\\u0301 1\\u200b2")
    ('á 12', [0, 2, 3, 5, 6])
    """
    read, offsets = "", []
    for start, end in _clusters(drawn):
        seen = normalised(drawn[start:end])
        read += seen
        offsets += [start] * len(seen)
    return read, [*offsets, len(drawn)]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """The letters of a text with the marks that are put on each."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at
