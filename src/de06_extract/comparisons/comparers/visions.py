"""The year that a programme looks ahead to: «giai đoạn 2022-2025, tầm nhìn đến 2030» lies behind the period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.language.labels import syllables
from de06_extract.numbers.figures import Figure, quantity_of
from de06_extract.schema.report import Comparison, Quantity, Span

_SAME_TITLE = 5  # of its last syllables
_UNSURE = 0.6


@dataclass(frozen=True)
class _Vision:
    """A period with the year behind it, and the last words of the programme's name."""

    about: tuple[int, int]
    begin: int
    end: Quantity
    year: Quantity
    title: tuple[str, ...]


def find(material: Counts) -> Iterator[Comparison]:
    """Each year looked ahead to against the period, with what the document says of the same period elsewhere."""
    by_period: dict[tuple[int, Decimal], list[_Vision]] = defaultdict(list)
    for vision in _visions(material):
        by_period[vision.begin, vision.end.value].append(vision)
    for visions in by_period.values():
        for vision in visions:
            behind = vision.year.value > vision.end.value
            others = [] if behind else [v.year for v in visions if v.year.value != vision.year.value]
            yield compare(
                material, "vision", [vision.end, vision.year, *others],
                "consistent" if behind else "inconsistent", about=vision.about,
            )  # fmt: skip
        yield from _apart(material, [v for v in visions if v.year.value > v.end.value])


def _visions(material: Counts) -> Iterator[_Vision]:
    for found in material.parts.programmes:
        if found.vision is not None and found.ahead is not None and found.end >= found.start:
            yield _Vision(
                (found.whole.start, found.whole.end),
                found.start,
                _year(material, found.last),
                _year(material, found.ahead),
                tuple(syllables(found.title)[-_SAME_TITLE:]),
            )


def _year(material: Counts, span: Span) -> Quantity:
    figure = Figure(span.start, span.end, "count", Decimal(span.text), 0)
    return quantity_of(figure, span, material.document.locations(span.start, span.end))


def _apart(material: Counts, visions: list[_Vision]) -> Iterator[Comparison]:
    """One programme with two years: the later mention against the first one."""
    first: dict[tuple[str, ...], _Vision] = {}
    for vision in visions:
        other = first.setdefault(vision.title, vision)
        if other.year.value != vision.year.value and len(vision.title) == _SAME_TITLE:
            figures = [other.year, vision.year]
            yield compare(material, "words", figures, "inconsistent", about=vision.about, certainty=_UNSURE)


COMPARER = find
