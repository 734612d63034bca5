"""Periods: the time that a figure speaks of, as reports word it.

«Tính đến ngày 10/9/2023», «09 tháng đầu năm 2023», «quý I/2023» govern what follows until the next period or the end of
the item; what names none stands in the period of the heading above it. The date of a cited document is no period.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import regex

from de06_extract.document.document import Document
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.schema.report import Section

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:19|20)\d\d"
_NEAR_DOCUMENT = 240  # characters from the name of a document to its date


@dataclass(frozen=True, slots=True)
class WordedPeriod:
    """A period as worded between two offsets of a text.

    `first` and `last` are days; `first` is None where only the end is said («tính đến ngày …»), `last` where only the
    beginning is («từ ngày … đến nay»). `earlier` marks the same period of another year («cùng kỳ»), which has no days
    of its own. `dated` is False where the text leaves the year to its context.
    """

    start: int
    end: int
    first: date | None = None
    last: date | None = None
    earlier: bool = False
    dated: bool = True

    @property
    def key(self) -> tuple[date | None, date | None, bool]:
        """A key that is equal for periods of the same time."""
        return self.first, self.last, self.earlier

    def holds(self, other: WordedPeriod) -> bool:
        """True where the other period is a part of this one, and not all of it.

        >>> year, quarter = find_periods("năm 2023 và quý I/2023")
        >>> year.holds(quarter), quarter.holds(year), year.holds(year)
        (True, False, False)
        """
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return self.key != other.key and self.first <= other.first and other.last <= self.last


def _word(key: str) -> str:
    return f"(?i: {any_of('dates', key)} )"


def _point(name: str) -> str:
    """The pattern of a day or a month, in groups that begin with `name`."""
    day, month, year = (_word(key) for key in ("day", "month", "year"))
    return rf"""(?:
        (?: {day} \s*+ )?+ (?P<{name}d> \d{{1,2}} ) [/.-] (?P<{name}m> \d{{1,2}} )
            (?: [/.-] (?P<{name}y> {_YEAR} ) )?+ (?! [/.,]?\d )                                  # ngày 10/9/2023
      | {day} \s++ (?P<{name}D> \d{{1,2}} ) \s++ {month} \s++ (?P<{name}M> \d{{1,2}} )
            \s++ {year} \s++ (?P<{name}Y> {_YEAR} )                                  # ngày 12 tháng 10 năm 2023
      | (?: {month} \s*+ )?+ (?P<{name}n> 0?[1-9] | 1[0-2] )
            (?: \s*+ / \s*+ | \s++ {year} \s++ ) (?P<{name}Z> {_YEAR} ) (?! [/.,]?\d )           # tháng 9/2023
      | {month} \s++ (?P<{name}o> 0?[1-9] | 1[0-2] ) (?! [/.,]?\d )                                     # tháng 5
    )"""


@cache
def _pattern() -> regex.Pattern[str]:
    named = ("month", "quarter", "year", "half", "last", "until", "since", "span", "same", "now")
    w, year = {key: _word(key) for key in named}, _YEAR
    return regex.compile(
        rf"""
        (?<! [\p{{L}}\d/.,] )
        (?:
          (?P<same> {w["same"]} )
        | (?P<since> {w["since"]} ) \s++ {_point("a")} \s*+ (?: [-–−] | {w["until"]} ) \s*+
              (?: {_point("b")} | {w["now"]} )                                                # từ 20/6 đến 20/9/2023
        | (?P<until> {w["until"]} ) \s++ {_point("c")}                                        # tính đến ngày 10/9/2023
        | {w["quarter"]} \s++ (?P<quarter> (?i: iv | i{{1,3}} ) | [1-4] ) \b
              (?: (?: \s*+ / \s*+ | \s++ {w["year"]} \s++ ) (?P<qy> {year} ) )?+                         # quý I/2023
        | (?P<months> \d{{1,2}} ) \s++ {w["month"]} \s++ (?: {w["half"]} | (?P<last> {w["last"]} ) )
              \s++ {w["year"]} (?: \s++ (?P<hy> {year} ) )?+ (?! \d )                         # 09 tháng đầu năm 2023
        | (?P<whole> \d{{1,2}} ) \s++ {w["month"]} \s*+ (?: / | {w["year"]} \s ) \s*+ (?P<wy> {year} )   # 6 tháng/2023
        | {w["span"]} \s++ (?P<from> {year} ) \s*+ [-–−] \s*+ (?P<to> {year} )                # giai đoạn 2021-2025
        | {w["month"]} \s++ (?P<mo> 0?[1-9] | 1[0-2] ) (?: \s*+ / \s*+ | \s++ {w["year"]} \s++ ) (?P<moy> {year} )
        | {w["year"]} \s++ (?P<year> {year} ) (?! \s*+ [-–/]?\d )                                            # năm 2023
        )
        """,
        regex.VERBOSE,
    )


@cache
def _document() -> regex.Pattern[str]:
    """The name of a document with what may stand between it and its date."""
    return regex.compile(rf"(?i: {any_of('dates', 'document')} ) \b [^;:.()]*+ \Z", regex.VERBOSE)


def find_periods(text: str, year: int | None = None) -> Iterator[WordedPeriod]:
    """Every period in `text`, in order; a year left out is the one named before, at first the context's `year`.

    >>> for period in find_periods("Tính đến ngày 10/9/2023; 6 tháng đầu năm; quý III/2023; từ 20/6 đến 20/9/2023"):
    ...     print(period.first, period.last)
    None 2023-09-10
    2023-01-01 2023-06-30
    2023-07-01 2023-09-30
    2023-06-20 2023-09-20
    >>> [period.earlier for period in find_periods("tăng 5% so với cùng kỳ")]
    [True]
    >>> list(find_periods("Kế hoạch số 5/KH-UBND năm 2023"))
    []
    """
    for match in _pattern().finditer(text):
        if _document().search(text, max(0, match.start() - _NEAR_DOCUMENT), match.start()):
            continue
        found = _read(match, year)
        if found is not None:
            year = _year_of(found) or year
            yield found


def _year_of(period: WordedPeriod) -> int | None:
    day = period.last or period.first
    return day.year if day is not None else None


def _read(match: regex.Match[str], context: int | None) -> WordedPeriod | None:
    """The period that the words name; None where they name no day that exists."""
    start, end = match.span()
    said = {name: integer(value) for name, value in match.groupdict().items() if value and value.isdecimal()}
    if match["same"]:
        return WordedPeriod(start, end, earlier=True)
    if match["until"]:
        last = _day(said, "c", context, last=True)
        return WordedPeriod(start, end, None, last, dated=_has_year(said, "c")) if last else None
    if match["since"]:
        return _since(start, end, said, context)
    if match["from"]:
        return _months(start, end, (said["from"], 1), (said["to"], 12))
    return _within_year(match, said, context)


def _since(start: int, end: int, said: dict[str, int], context: int | None) -> WordedPeriod | None:
    """From one day to another, or to no day that is said: «từ 20/6 đến 20/9/2023», «từ 20/6/2023 đến nay»."""
    last = _day(said, "b", context, last=True)
    first = _day(said, "a", last.year if last else context, last=False)
    dated = _has_year(said, "b") or _has_year(said, "a")
    return WordedPeriod(start, end, first, last, dated=dated) if first else None


def _within_year(match: regex.Match[str], said: dict[str, int], context: int | None) -> WordedPeriod | None:
    """A year or some months of one: the year that is said, else that of the context."""
    year = next((said[name] for name in ("qy", "hy", "wy", "moy", "year") if name in said), None)
    months, in_year = _month_range(match, said), year or context
    if months is None or in_year is None:
        return None
    found = _months(*match.span(), (in_year, months[0]), (in_year, months[1]))
    return found and replace(found, dated=year is not None)


def _month_range(match: regex.Match[str], said: dict[str, int]) -> tuple[int, int] | None:
    if match["quarter"]:
        number = _ROMAN.get(match["quarter"].lower()) or integer(match["quarter"])
        return 3 * number - 2, 3 * number
    if "months" in said or "whole" in said:
        count = said.get("months") or said.get("whole") or 0
        if not 1 <= count <= 12:
            return None
        return (13 - count, 12) if match["last"] else (1, count)
    return (said["mo"], said["mo"]) if "mo" in said else (1, 12)


def _months(start: int, end: int, first: tuple[int, int], last: tuple[int, int]) -> WordedPeriod | None:
    """The period from the first day of one month to the last of another."""
    if last < first:
        return None
    return WordedPeriod(start, end, date(*first, 1), date(*last, monthrange(*last)[1]))


def _has_year(said: dict[str, int], name: str) -> bool:
    return any(name + key in said for key in "yYZ")


def _day(said: dict[str, int], name: str, context: int | None, *, last: bool) -> date | None:
    """The day that is meant, the first or last one of a month; None where the calendar does not have it."""
    day = said.get(name + "d") or said.get(name + "D")
    month = next((said[name + key] for key in "mMno" if name + key in said), None)
    year = next((said[name + key] for key in "yYZ" if name + key in said), context)
    if month is None or year is None or not 1 <= month <= 12:
        return None
    days = monthrange(year, month)[1]
    return date(year, month, day or (days if last else 1)) if (day or 1) <= days else None


class Calendar:
    """The periods of a document, and which of them governs an offset.

    >>> from de06_extract.document.document import Block
    >>> text = "Tính đến 10/9/2023 có 24 trường; thu nhận 31 hồ sơ, từ 20/6 đến 20/9/2023 thu nhận 13 hồ sơ."
    >>> calendar = Calendar(Document("a.txt", text, blocks=(Block("paragraph", ((0, len(text)),)),)))
    >>> [str(calendar.at(text.index(figure)).last) for figure in ("24", "31", "13")]
    ['2023-09-10', '2023-09-10', '2023-09-20']
    """

    def __init__(self, document: Document, sections: Sequence[Section] = ()) -> None:
        self._ranges: list[tuple[int, int, int]] = []  # start, end, start of the block
        self.periods: list[WordedPeriod] = []
        year = None
        for block in document.blocks:
            if block.kind not in ("paragraph", "heading", "footnote"):
                continue
            for low, high in block.ranges:
                self._ranges.append((low, high, block.start))
                for period in find_periods(document.text[low:high], year):
                    year = _year_of(period) or year
                    self.periods.append(replace(period, start=period.start + low, end=period.end + low))
        self._ranges.sort()
        self.periods.sort(key=lambda period: period.start)
        self._at = [period.start for period in self.periods]
        self._sections = {section.id: section for section in sections}
        self._order = sorted(sections, key=lambda section: section.span.start)
        self._heads = [section.span.start for section in self._order]

    def at(self, offset: int) -> WordedPeriod | None:
        """The period that governs a figure: the last one before its offset in its paragraph, else a heading's."""
        here = bisect_right(self._ranges, (offset, offset, offset)) - 1
        low = self._ranges[here][2] if here >= 0 else offset
        before = bisect_right(self._at, offset) - 1
        while before >= 0 and self.periods[before].start >= low:
            if not self.periods[before].earlier:
                return self.periods[before]
            before -= 1
        return self.of_heading(offset)

    def of_heading(self, offset: int) -> WordedPeriod | None:
        """The period that the headings over an offset name, the nearest first; None where one names several."""
        at = bisect_right(self._heads, offset) - 1
        section = self._order[at] if at >= 0 else None
        while section is not None:
            named = self.within(section.span.start, section.span.end)
            if named:
                return named[0] if len({period.key for period in named}) == 1 else None
            section = self._sections.get(section.parent) if section.parent else None
        return None

    def within(self, start: int, end: int) -> list[WordedPeriod]:
        """The periods that stand between two offsets, whole or in part."""
        first = bisect_right(self._at, start)
        if first and self.periods[first - 1].end > start:
            first -= 1
        return self.periods[first : bisect_right(self._at, end - 1)]
