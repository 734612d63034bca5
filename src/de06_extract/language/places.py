"""Provinces, districts and communes by name, kind and time: the 63 provinces until June 2025 and the 34 since.

A name alone often fits several units, a code too (codes were given again in July 2025); nothing is chosen among them.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import regex

from de06_extract.language.spelling import split_tone, with_true_letters
from de06_extract.language.vocabulary import any_of, load, phrase_pattern, words

Level = Literal["province", "district", "commune"]
Era = Literal["until-2025-06", "since-2025-07"]

_LONGEST_NAME = 6  # syllables: «Phan Rang-Tháp Chàm», «Bà Rịa - Vũng Tàu» with its hyphen
_WORD = regex.compile(r"[\p{L}\p{M}\d'’]+")
_NAME_WORD = regex.compile(r"[\s–-]*+(?P<word>\p{Lu}[\p{L}\p{M}'’]*+|\d{1,2}(?!\d))")


@dataclass(frozen=True, slots=True)
class Unit:
    """An administrative unit: `since` and `until` are the months from and to which it is one, empty where open.

    `within` is the code of its province, empty for a province; `successor` that of the province since 2025-07.
    """

    since: str
    until: str
    code: str
    kind: str
    name: str
    within: str
    successor: str

    @property
    def level(self) -> Level:
        """The level: a city with nothing above it is a province."""
        if not self.within:
            return "province"
        return "commune" if self.kind in words("localities", "commune") else "district"

    @property
    def era(self) -> Era:
        """The era of its province: one of the 63 until June 2025, or of the 34 since."""
        return "since-2025-07" if self.since >= "2025-07" else "until-2025-06"

    def existed(self, month: str | None) -> bool:
        """True where it was a unit in a month («2023-10»); any may have been where no month is known."""
        return month is None or (self.since <= month and (not self.until or month <= self.until))


def key(name: str) -> str:
    """The name as it is compared, without case, place of the tone, i for y, hyphens, apostrophes, look-alikes of «đ».

    >>> key("HOÀ BÌNH") == key("Hòa Bình"), key("Bà Rịa-Vũng Tàu") == key("Bà Rịa - Vũng Tàu")
    (True, True)
    >>> key("Ðồng Nai") == key("Đồng Nai"), key("Đăk Lăk") == key("Đắc Lắc"), key("Bình Long") == key("Bính Long")
    (True, True, False)
    """
    text = with_true_letters(unicodedata.normalize("NFC", name)).casefold()
    return " ".join(_syllable(word) for word in _WORD.findall(text.replace("'", "").replace("’", "")))


def _syllable(word: str) -> str:
    """The letters of a syllable with its tone behind them."""
    word = word[:-1] + "c" if word.endswith("k") else word
    word = load("localities")["syllable"].get(word, word)
    letters, tone = split_tone(word)
    return letters.replace("y", "i") + tone


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of `data/knowledge/places.csv`."""
    text = files("de06_extract").joinpath("data", "knowledge", "places.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Unit(**row) for row in rows)


@cache
def _by_name() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units():
        found[key(unit.name)].append(unit)
    for alias, name in load("localities")["alias"].items():
        if key(alias) != key(name):
            found[key(alias)] = found[key(name)]
    return {name: tuple(those) for name, those in found.items()}


def named(
    name: str, *, kind: str | None = None, month: str | None = None, within: str | None = None
) -> tuple[Unit, ...]:
    """The units of a name, of a kind, that existed in a month, in a province with the code `within`.

    >>> [(unit.kind, unit.code) for unit in named("Bình Long", month="2023-10")]
    [('thị xã', '690')]
    >>> {unit.kind for unit in named("Bình Long", month="2025-10")}
    {'phường'}
    """
    return tuple(
        unit
        for unit in _by_name().get(key(name), ())
        if unit.existed(month) and (kind is None or unit.kind == kind) and (within is None or unit.within == within)
    )


@cache
def _provinces() -> Mapping[tuple[Era, str], Unit]:
    """Provinces by era and code; for Huế the one that was there longer before July 2025."""
    found: dict[tuple[Era, str], Unit] = {}
    for unit in units():
        if unit.level == "province":
            found.setdefault((unit.era, unit.code), unit)
    return found


def province_of(unit: Unit, month: str | None = None) -> Unit:
    """The province that a unit is or lies in, in a month."""
    if not unit.within:
        return unit
    same = [
        other
        for other in units()
        if not other.within and other.code == unit.within and other.era == unit.era and other.existed(month)
    ]
    return same[0] if len(same) == 1 else _provinces()[unit.era, unit.within]


def successor_of(province: Unit) -> Unit:
    """The province since July 2025 that a province is part of, itself where it is one of those."""
    return province if province.era == "since-2025-07" else _provinces()["since-2025-07", province.successor]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A kind and the name behind it: «thị xã Bình Long». `name` is None for a kind alone: «UBND thị xã»."""

    kind: str
    name: str | None
    start: int
    end: int


@cache
def _kinds() -> regex.Pattern[str]:
    """A kind or an organ of one, as a group with the kind's number."""
    kinds = "|".join(
        f"(?P<k{n}>{'|'.join(phrase_pattern(written) for written in sorted(those, key=len, reverse=True))})"
        for n, those in enumerate(load("localities")["written"].values())
    )
    organs = "|".join(f"(?P<o{n}>{phrase_pattern(organ)})" for n, organ in enumerate(load("localities")["organ"]))
    return regex.compile(
        rf"(?<!\p{{L}})(?!(?i:{any_of('localities', 'no_unit')}))(?i:{organs}|{kinds})(?:(?<=\.)|(?!\p{{L}}))"
    )


def mentions(text: str) -> Iterator[PlaceMention]:
    """The kinds of unit in a text, each with the name behind it: the longest known one, else the words with capitals.

    >>> [(found.kind, found.name) for found in mentions("Sở Nội vụ tỉnh Hải Dương, UBND thị xã, TP.HCM")]
    [('tỉnh', 'Hải Dương'), ('thị xã', None), ('thành phố', 'HCM')]
    """
    at = 0
    while match := _kinds().search(text, at):
        group = match.lastgroup or "k0"
        table = load("localities")["organ" if group[0] == "o" else "written"]
        entry = list(table)[int(group[1:])]
        kind = table[entry] if group[0] == "o" else entry
        end = _name_end(text, match.end(), kind)
        name = text[match.end() : end].strip(" -–") or None
        if not _is_abbreviated(match[0]) or (name and named(name, kind=kind)):
            yield PlaceMention(kind, name, match.start(), end)
        at = max(end, match.end())


def _is_abbreviated(written: str) -> bool:
    """True for «H.», «TP»: «P.» is also short for other words, so that only a known name behind it counts."""
    return len(written.replace(".", "")) <= 2 and written.casefold() not in words("localities", "commune")


def _name_end(text: str, start: int, kind: str) -> int:
    """The end of the name that begins at `start`: of the longest known one of that kind, or the last capital word."""
    ends: list[int] = []
    at = start
    while len(ends) < _LONGEST_NAME and (word := _NAME_WORD.match(text, at)):
        if _kinds().match(text, word.start("word")):
            break
        at = word.end()
        ends.append(at)
    for end in reversed(ends):
        if named(text[start:end], kind=kind):
            return end
    return ends[-1] if ends else start
