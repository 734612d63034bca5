"""Series: the figures of one reporter for one quantity, from report to report in the order of their periods.

Figures belong to one series only where everything agrees that tells quantities apart: who reports, the indicator and
its aspect, level, place, channel, field, and the words. What two reports say of one period is never held against
itself: copies, the PDF and the DOCX of a report count once, and of a report that was corrected the later one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal

import regex

from de06_extract.language.dates import months_between
from de06_extract.language.labels import Label, differ, read_label, syllables
from de06_extract.language.places import mentions
from de06_extract.language.vocabulary import any_of, load, whole_words, words
from de06_extract.schema.rows import Row, Value

Measure = Literal["count", "base", "rate"]
Span = Literal["start", "length", "any"]

SURE_SCORE = 0.9  # from this score of an indicator on it is certain that the figure is of it
_AKIN = 0.4  # of the indicators of two reports: those of one kind have most in common, a quarter's fewer than a year's
_REACH = 24  # points of a series that are looked at before and behind one
_APART = timedelta(days=14)  # between two periods; what ends nearer is a draft and its fair copy
_LONGEST = 400  # days between the ends of two periods in which a whole hardly changes
_LAST_OLD = "2025-06"  # the last month of the 63 provinces and their districts


@dataclass(frozen=True, eq=False)
class Point:
    """A figure that a report states, with the row of its indicator and the path of its file."""

    path: str
    row: Row

    @cached_property
    def count(self) -> Decimal | None:
        """The count; of a share its numerator."""
        if self.row["numerator"] is not None:
            return _exact(self.row["numerator"])
        return None if self.row["unit"] == "%" else _exact(self.row["value"])

    @cached_property
    def base(self) -> Decimal | None:
        """The denominator of a share."""
        return _exact(self.row["denominator"])

    @cached_property
    def rate(self) -> Decimal | None:
        """The percentage."""
        return _exact(self.row["value"]) if self.row["unit"] == "%" else None

    def measured(self, measure: Measure) -> Decimal | None:
        """The value in a measure; a rate only where its denominator is stated."""
        if measure == "count":
            return self.count
        return self.base if measure == "base" else self.rate if self.count is not None else None

    @cached_property
    def start(self) -> str | None:
        """The first day of the period, None for a state as of its end."""
        return str(self.row["period_start"]) if self.row["period_start"] else None

    @cached_property
    def end(self) -> str:
        """The last day of the period."""
        return str(self.row["period_end"])

    @cached_property
    def last_day(self) -> date:
        """The last day of the period as a date."""
        return date.fromisoformat(self.end)

    @cached_property
    def months(self) -> int:
        """The length of the period in months, 0 for a state as of its end."""
        if self.start is None:
            return 0
        return months_between(date.fromisoformat(self.start), self.last_day)

    @cached_property
    def label(self) -> Label:
        """The label of the quotation, without its figures and dates."""
        return _label(_without_figures(str(self.row["quote"] or "")))

    @cached_property
    def core(self) -> Label:
        """The label without names and kinds of places: the words that a unit and those within it share."""
        text = _without_figures(str(self.row["quote"] or ""))
        for found in reversed(list(mentions(text))):
            text = f"{text[: found.start]} {text[found.end :]}"
        return _label(" ".join(text.split()))

    @cached_property
    def base_label(self) -> Label:
        """The label of what the denominator counts."""
        return _label(_without_figures(str(self.row["denominator_of"] or "")))

    @cached_property
    def quantity(self) -> tuple[str, ...]:
        """Indicator and scope, which tell quantities of the same words apart."""
        said = (str(self.row[key] or "") for key in ("aspect", "level", "channel", "sector"))
        return self.indicator, *said, spelled(self.row["locality"]), "alone" if self.says("level") else ""

    @property
    def indicator(self) -> str:
        """The id of the indicator."""
        return str(self.row["indicator"])

    @property
    def issued(self) -> str:
        """The date of the report, as far as it is known."""
        return str(self.row["document_date_text"] or "")

    @property
    def order(self) -> tuple[str, str, str, str, int]:
        """A key that sorts by the period, then by the date of the report, its path, and the place in its text."""
        return self.end, self.start or "", self.issued, self.path, int(str(self.row["start"] or 0))

    def says(self, key: str, *, of: str = "quote") -> bool:
        """True where a phrase of `data/reading/across.toml` stands in the quotation, or in another text of the row."""
        return whole_words("across", key).search(str(self.row[of] or "")) is not None


@dataclass(frozen=True)
class Step:
    """Two points of a series, one after the other, out of two reports; `following` is the point after them, if any."""

    measure: Measure
    before: Point | None
    earlier: Point
    later: Point
    following: Point | None

    def value(self, point: Point) -> Decimal:
        """The value of one of its points."""
        value = point.measured(self.measure)
        assert value is not None  # a point of a series has a value in its measure
        return value

    @property
    def is_of_one_whole(self) -> bool:
        """True where both reports say alike what the share is taken of, or say all of it in the same words."""
        a, b = self.earlier, self.later
        same = a.base_label.words == b.base_label.words or a.label.words == b.label.words
        return same and not differ(a.base_label, b.base_label)

    @property
    def keeps_its_whole(self) -> bool:
        """True where both shares are of one whole that can have changed little: within a year, in the same borders."""
        near = (self.later.last_day - self.earlier.last_day).days <= _LONGEST
        return near and self.is_of_one_whole and not self._is_redrawn

    @property
    def _is_redrawn(self) -> bool:
        """True where districts and communes were merged in the time from one period to the next."""
        spans = load("across")["redrawn"]["months"]
        return any(self.earlier.end[:7] < last and first <= self.later.end[:7] for first, last in spans)


@dataclass(frozen=True)
class Series:
    """Points of one quantity, one a period, in their order; `topics` are the indicators of the reports."""

    measure: Measure
    points: tuple[Point, ...]
    topics: Mapping[str, frozenset[str]]

    @property
    def indicator(self) -> str:
        """The id of the indicator."""
        return self.points[0].indicator

    def steps(self) -> Iterator[Step]:
        """Each point with the last one before it that ends clearly earlier, where two like reports state them alike."""
        for at, later in enumerate(self.points):
            before = (point for point in self.points[max(0, at - _REACH) : at][::-1] if self._precedes(point, later))
            earlier = next(before, None)
            if earlier is not None and earlier.path != later.path and are_alike(earlier, later):
                behind = (point for point in self.points[at + 1 : at + 1 + _REACH] if self._precedes(later, point))
                yield Step(self.measure, next(before, None), earlier, later, next(behind, None))

    def _precedes(self, a: Point, b: Point) -> bool:
        """True where one ends clearly before the other, and their reports are of one kind, as their topics are."""
        one, two = self.topics[a.path], self.topics[b.path]
        return b.last_day - a.last_day >= _APART and 2 * len(one & two) >= _AKIN * (len(one) + len(two))


def is_certain(row: Row) -> bool:
    """True for a result that was read for sure, is exact, of a known time, and that its own report does not doubt."""
    return (
        row["status"] == "result"
        and row["bound"] == "exact"
        and row["period_end"] is not None
        and row["verdict"] not in ("inconsistent", "undefined")
        and row["severity"] != "error"
        and float(str(row["score"] or 0)) >= SURE_SCORE
    )


def reporter_of(row: Row) -> tuple[str, ...] | None:
    """The reporter: province, district, locality, body and the era of its territory; None where that is not certain.

    The same body of the same name is not the same reporter before and after July 2025, and the communes of two
    districts may have one name.
    """
    issuer, locality, district = map(
        spelled, (row["document_issuer"], row["document_locality"], row["document_district"])
    )
    era = "old" if str(row["period_end"])[:7] <= _LAST_OLD else "new"
    if not (issuer or locality) or (era == "old" and is_commune(locality) and not district):
        return None
    return str(row["document_province"] or ""), district, locality, issuer, era


def is_commune(locality: str) -> bool:
    """True for the spelled name of a commune."""
    return locality.startswith(_communes())


@cache
def _communes() -> tuple[str, ...]:
    return tuple(f"{spelled(kind)} " for kind in words("localities", "commune"))


def spelled(name: Value) -> str:
    """A name in one spelling, abbreviations spelled out.

    >>> spelled("UBND huyện Tứ Kỳ") == spelled("ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ")
    True
    """
    return _spelled(str(name or ""))


@lru_cache(maxsize=10_000)
def _spelled(name: str) -> str:
    return " ".join(syllables(name))


def series_of(points: Sequence[Point], measure: Measure, same: Span) -> tuple[Series, ...]:
    """The series of one reporter's points in a measure; the periods of a series have the `same` start or length."""
    topics = {path: frozenset(p.indicator for p in those) for path, those in _by_path(points).items()}
    groups: dict[tuple[str, ...], list[Point]] = defaultdict(list)
    for point in points:
        if point.measured(measure) is not None:
            groups[(*point.quantity, _span(point, same))].append(point)
    several = (group for _, group in sorted(groups.items()) if len(group) > 1)
    found = (strand for group in several for strand in _strands(group, measure))
    certain = (tuple(settled(strand, measure)) for strand in found)
    return tuple(Series(measure, one, topics) for one in certain if len(one) > 1)


def _by_path(points: Iterable[Point]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        found[point.path].append(point)
    return found


def _span(point: Point, same: Span) -> str:
    return {"start": point.start or "", "length": str(point.months), "any": ""}[same]


def are_alike(a: Point, b: Point) -> bool:
    """True where the words of two figures, without places, leave no doubt that they say the same.

    A word more on either side may be another thing, or fewer people: «cho học sinh».

    >>> said = ("kích hoạt 61.320 tài khoản mức 2", "đã kích hoạt 63.000 tài khoản mức 2",
    ...     "kích hoạt 63.000 tài khoản mức 1", "kích hoạt 63.000 tài khoản mức 2 cho học sinh")
    >>> points = [Point("a.txt", {"quote": quote}) for quote in said]
    >>> [are_alike(points[0], point) for point in points]
    [True, True, False, False]
    """
    return not differ(a.core, b.core) and not (a.core.words ^ b.core.words) - _saying_nothing()


@cache
def _saying_nothing() -> frozenset[str]:
    return frozenset(syllable for phrase in words("across", "nothing") for syllable in syllables(phrase))


def _strands(points: Sequence[Point], measure: Measure) -> Iterator[list[Point]]:
    """The points, apart by their words where a report states several values of one period; two of one wording go."""
    if not _ambiguous(points, measure):
        yield list(points)
        return
    worded: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        worded[_wording(point)].append(point)
    for _, group in sorted(worded.items()):
        unsure = _ambiguous(group, measure)
        yield [point for point in group if (point.path, point.start, point.end) not in unsure]


def _ambiguous(points: Sequence[Point], measure: Measure) -> set[tuple[str, str | None, str]]:
    """The reports and periods with several values."""
    values: dict[tuple[str, str | None, str], set[Decimal | None]] = defaultdict(set)
    for point in points:
        values[point.path, point.start, point.end].add(point.measured(measure))
    return {where for where, found in values.items() if len(found) > 1}


def _wording(point: Point) -> str:
    said, marks, numbers = point.label.key
    return f"{sorted(said)} {sorted(marks)} {sorted(numbers)}"


def settled(points: Iterable[Point], measure: Measure) -> Iterator[Point]:
    """One point for each end of a period: what all reports state, or the latest; none where neither is clear."""
    ends: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        ends[point.end].append(point)
    for _, group in sorted(ends.items()):
        if len({point.measured(measure) for point in group}) > 1:
            latest = max(point.issued for point in group)
            group = [point for point in group if point.issued == latest]
        if len({point.measured(measure) for point in group}) == 1:
            yield min(group, key=lambda point: point.order)


def _exact(value: Value) -> Decimal | None:
    if value is None:
        return None
    number = Decimal(str(value))
    return Decimal(int(number)) if number == int(number) else number


@lru_cache(maxsize=10_000)
def _label(text: str) -> Label:
    """The label of a text without figures, which comes back with every report of a reporter."""
    return read_label(text)


def _without_figures(text: str) -> str:
    """The text without numbers that count and without dates; «mức 2» keeps its number.

    >>> _without_figures("Quý II/2024, ngày 5 tháng 3 và 6 tháng đầu năm kích hoạt 61.320/70.000 tài khoản mức 2")
    ', và năm kích hoạt tài khoản mức 2'
    """
    return " ".join(_figures().sub(" ", text).split())


@cache
def _figures() -> regex.Pattern[str]:
    times = "|".join(any_of("dates", key) for key in ("day", "month", "quarter", "year"))
    month, end = any_of("dates", "month"), f"(?:{any_of('dates', 'half')}|{any_of('dates', 'last')})"
    return regex.compile(
        rf"""
          (?<! \p{{L}} ) (?i: {times} ) \s++ (?: \d[\d./-]*+ | [IVX]++ (?: /\d++ )?+ ) (?! \p{{L}} )    # quý II/2024
        | (?<! [\d.,/] ) \d++ \s++ (?i: {month} (?: \s++ {end} )?+ ) (?! \p{{L}} )              # 6 tháng đầu
        | (?<! [\d.,/] ) \d++ (?: [.,/-]\d++ )++ (?: \s?% )?+                                   # 61.320/70.000
        | (?<! [\d.,/] ) \d{{3,}}+ (?: \s?% )?+ | (?<! [\d.,/] ) \d++ \s?%
        """,
        regex.VERBOSE,
    )
