"""The year that a programme looks ahead to: «giai đoạn 2022-2025, tầm nhìn đến 2030» lies behind the period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from de06_extract.comparer import compare
from de06_extract.counted import Material
from de06_extract.labels import syllables
from de06_extract.schema import Comparison, Quantity
from de06_extract.vocabulary import any_of

_TITLE = 60  # characters in front, that name the programme
_SAME_TITLE = 5  # of its last syllables
_UNSURE = 0.6


@dataclass(frozen=True)
class _Vision:
    """A period with the year behind it, and the last words of the programme's name."""

    about: tuple[int, int]
    begin: Quantity
    end: Quantity
    year: Quantity
    title: tuple[str, ...]


@cache
def _pattern() -> regex.Pattern[str]:
    year = r"(?:19|20)\d\d"
    return regex.compile(
        rf"""
        (?i: {any_of("dates", "span")} ) \s++ (?P<begin> {year} ) \s*+ [-–−] \s*+ (?P<end> {year} ) (?! \d )
        [\s,;*_“”"(]*+ (?: \p{{L}}++ \s++ )? (?i: {any_of("dates", "vision")} )
        (?: \s++ (?i: {any_of("dates", "until")} | {any_of("dates", "year")} ) )*+ \s++ (?P<vision> {year} ) (?! \d )
        """,
        regex.VERBOSE,
    )


def find(material: Material) -> Iterator[Comparison]:
    """Each year looked ahead to against the period, with what the document says of the same period elsewhere."""
    by_period: dict[tuple[Decimal, Decimal], list[_Vision]] = defaultdict(list)
    for vision in _visions(material):
        by_period[vision.begin.value, vision.end.value].append(vision)
    for visions in by_period.values():
        for vision in visions:
            behind = vision.year.value > vision.end.value
            others = [] if behind else [v.year for v in visions if v.year.value != vision.year.value]
            yield compare(
                material, "vision", [vision.end, vision.year, *others],
                "consistent" if behind else "inconsistent", about=vision.about,
            )  # fmt: skip
        yield from _apart(material, [v for v in visions if v.year.value > v.end.value])


def _visions(material: Material) -> Iterator[_Vision]:
    document = material.document
    for block in document.blocks:
        for low, high in block.ranges:
            for match in _pattern().finditer(document.text, low, high):
                year = {
                    name: Quantity(
                        value=Decimal(match[name]), decimals=0, text=match[name], span=document.span(*match.span(name))
                    )
                    for name in ("begin", "end", "vision")
                }
                title = syllables(document.text[max(low, match.start() - _TITLE) : match.start()])[-_SAME_TITLE:]
                yield _Vision(match.span(), year["begin"], year["end"], year["vision"], tuple(title))


def _apart(material: Material, visions: list[_Vision]) -> Iterator[Comparison]:
    """One programme with two years: the later mention against the first one."""
    first: dict[tuple[str, ...], _Vision] = {}
    for vision in visions:
        other = first.setdefault(vision.title, vision)
        if other.year.value != vision.year.value and len(vision.title) == _SAME_TITLE:
            figures = [other.year, vision.year]
            yield compare(material, "words", figures, "inconsistent", about=vision.about, certainty=_UNSURE)


COMPARER = find
