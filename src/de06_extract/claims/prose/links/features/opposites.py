"""Opposites: parts whose names leave nothing out between them, «nam» and «nữ», «đạt» and «chưa đạt»."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import pairwise

import regex

from de06_extract.claims.prose.links.facts import words_of
from de06_extract.claims.prose.mentions import Mention
from de06_extract.language.vocabulary import any_of, knowledge

_REACH = 60  # characters before and behind a figure in which its name stands
_ENDS_BEFORE = re.compile(r"[,;:(.\n]")
_ENDS_BEHIND = regex.compile(rf"[,;.)\n]|\s{any_of('cues', 'and')}\s")
Words = tuple[str, ...]
_Side = tuple[int, bool]


def name_of_part(mention: Mention, before: Mention | None, behind: Mention | None, text: str) -> Words:
    """The words around a figure up to the next mark or figure: what a part of a whole is called."""
    first = max(mention.start - _REACH, 0 if before is None else before.end)
    last = min(mention.end + _REACH, len(text) if behind is None else behind.start)
    *earlier, led = _ENDS_BEFORE.split(text[first : mention.start])
    if earlier and _reaches().fullmatch(led):  # «đúng và trước hạn, đạt 96,2%»
        led = f"{earlier[-1]} {led}"
    follows = _ENDS_BEHIND.split(text[mention.end : last], maxsplit=1)[0]
    return tuple(words_of(f"{led} {follows}"))


def are_opposites(one: Words, other: Words) -> bool:
    """True where two names are said to leave nothing out between them, or one denies what the other says.

    >>> are_opposites(("hồ", "sơ", "trực", "tuyến"), ("hồ", "sơ", "trực", "tiếp"))
    True
    >>> are_opposites(("xã", "đã", "hoàn", "thành"), ("xã", "chưa", "hoàn", "thành"))
    True
    >>> are_opposites(("xã", "miền", "núi"), ("phường", "trung", "tâm"))
    False
    """
    sides, others = _sides_of(one), _sides_of(other)
    if any((pair, not is_first) in others for pair, is_first in sides):
        return True
    return _denies(one, other) or _denies(other, one)


@lru_cache(maxsize=4096)  # the parts of a report are few, each of which stands beside many
def _sides_of(name: Words) -> frozenset[_Side]:
    """The sides of pairs that a name says, each by the number of its pair and whether it is the first."""
    text, index = f" {' '.join(name)} ", _index()
    return frozenset(
        side for word in set(name) for side, pattern in index.get(word, ()) if pattern.search(text) is not None
    )


def _denies(one: Words, other: Words) -> bool:
    """True where a word that is denied in `other` stands in `one` without."""
    denials = _denials()
    denied = {after for word, after in pairwise(other) if word in denials}
    if not denied:
        return False
    said = {word for at, word in enumerate(one) if not at or one[at - 1] not in denials} - denials
    return not denied.isdisjoint(said)


@cache
def _reaches() -> regex.Pattern[str]:
    return regex.compile(rf"\s* {any_of('cues', 'reach')} \s*", regex.VERBOSE | regex.IGNORECASE)


@cache
def _denials() -> frozenset[str]:
    return frozenset(knowledge("opposites")["denials"])


@cache
def _index() -> dict[str, list[tuple[_Side, re.Pattern[str]]]]:
    """The sides by the first words of what they may be called, with what finds the name.

    A side is not said where its name is part of a longer one of the other side.
    """
    index: dict[str, list[tuple[_Side, re.Pattern[str]]]] = defaultdict(list)
    for number, (one, other) in enumerate(knowledge("opposites")["pairs"]):
        for is_first, names, others in ((True, one, other), (False, other, one)):
            for name in names:
                index[name.split()[0]].append(((number, is_first), _named(name, others)))
    return index


def _named(name: str, others: list[str]) -> re.Pattern[str]:
    """What finds a name with blanks around, but for where it ends a longer one of `others`."""
    longer = [other for other in others if f" {name}" in f" {other}" and other != name and other.endswith(name)]
    guard = "".join(f"(?<! {re.escape(other.removesuffix(name).strip())})" for other in longer)
    return re.compile(f"{guard} {re.escape(name)} ")
