"""Opposites: parts whose names leave nothing out between them, «nam» and «nữ», «đạt» and «chưa đạt»."""

from __future__ import annotations

import re
from functools import cache

import regex

from de06_extract.claims.prose.links.facts import words_of
from de06_extract.claims.prose.mentions import Mention
from de06_extract.language.vocabulary import any_of, knowledge

_REACH = 60  # characters before and behind a figure in which its name stands
_ENDS_BEFORE = re.compile(r"[,;:(.\n]")
_ENDS_BEHIND = regex.compile(rf"[,;.)\n]|\s{any_of('cues', 'and')}\s")
Words = tuple[str, ...]


def name_of_part(mention: Mention, before: Mention | None, behind: Mention | None, text: str) -> Words:
    """The words around a figure up to the next mark or figure: what a part of a whole is called."""
    first = max(mention.start - _REACH, 0 if before is None else before.end)
    last = min(mention.end + _REACH, len(text) if behind is None else behind.start)
    led = _ENDS_BEFORE.split(text[first : mention.start])[-1]
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
    if not one or not other:
        return False
    a, b = f" {' '.join(one)} ", f" {' '.join(other)} "
    if any((x.search(a) and y.search(b)) or (x.search(b) and y.search(a)) for x, y in _pairs()):
        return True
    return _denies(one, other) or _denies(other, one)


def _denies(one: Words, other: Words) -> bool:
    """True where a word that is denied in `other` stands in `one` without."""
    denials = _denials()
    said = {word for at, word in enumerate(one) if not at or one[at - 1] not in denials} - denials
    return any(word in denials and at + 1 < len(other) and other[at + 1] in said for at, word in enumerate(other))


@cache
def _denials() -> frozenset[str]:
    return frozenset(knowledge("opposites")["denials"])


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The two sides of each pair; a side is not said where it is part of a longer name of the other."""
    return tuple((_side(one, other), _side(other, one)) for one, other in knowledge("opposites")["pairs"])


def _side(names: list[str], others: list[str]) -> re.Pattern[str]:
    """What finds any of the names with blanks around, but for those that stand in a longer one of `others`."""
    found = []
    for name in names:
        longer = [other for other in others if f" {name}" in f" {other}" and other != name]
        guard = "".join(
            f"(?<! {re.escape(other.removesuffix(name).strip())})" for other in longer if other.endswith(name)
        )
        found.append(f"{guard} {re.escape(name)} ")
    return re.compile("|".join(found))
