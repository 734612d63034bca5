"""Dates as reports write them: «23/5/2023», «01.01.2023», «ngày 12 tháng 10 năm 2023», the day first.

A date is read as written, also one that no calendar holds; `WrittenDate.exists` tells. Years are those of 1900 to 2099,
behind «ngày» also the last two digits of one: «ngày 31/6/23».
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of

_MONTH = 30.4  # days of a month, on the average of a year
_LAST_CENTURY = 50  # two digits of a year from which it is one of the 1900s


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date between two offsets of a text; `day` is None where it is left blank («ngày    tháng 4 năm 2024»)."""

    start: int
    end: int
    year: int
    month: int
    day: int | None = None

    @property
    def iso(self) -> str:
        """«2023-05-23», «2024-04» without a day."""
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"

    @property
    def exists(self) -> bool:
        """False for a day that the calendar does not have: «31/6/2023»."""
        return 1 <= self.month <= 12 and (self.day is None or self._date is not None)

    @property
    def first(self) -> date | None:
        """The day, or the first of the month; None for a date that does not exist."""
        return None if not self.exists else self._date or date(self.year, self.month, 1)

    @property
    def _date(self) -> date | None:
        try:
            return date(self.year, self.month, self.day or 1)
        except ValueError:
            return None


@cache
def _pattern() -> regex.Pattern[str]:
    day, month, year = (any_of("dates", key) for key in ("day", "month", "year"))
    return regex.compile(
        rf"""
          (?<! [\d/.,-] ) (?P<d> \d{{1,2}} ) (?P<mark> [/.-] ) (?P<m> \d{{1,2}} ) (?P=mark)
              (?P<y> (?:19|20)\d{{2}} ) (?! [\d/] )                                            # 23/5/2023
        | (?<! \p{{L}} ) (?i: {day} ) \s++ (?P<dd> \d{{1,2}} ) (?P<sep> [/.] ) (?P<mm> 0?[1-9] | 1[0-2] ) (?P=sep)
              (?P<yy> \d{{2}} ) (?! [\d/%] | [.,]\d )                                         # ngày 31/6/23
        | \b (?i: {day} ) \s*+ (?P<D> \d{{1,2}} )?+ \s*+ (?i: {month} ) \s*+ (?P<M> \d{{1,2}} )
              \s*+ (?i: {year} ) \s*+ (?P<Y> (?:19|20)\d{{2}} ) (?! \d )             # ngày 12 tháng 10 năm 2023
        """,
        regex.VERBOSE,
    )


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Every date with a year in `text`, in order.

    >>> [found.iso for found in find_dates("Công văn 452/TTg-KSTT ngày 23/5/2023; từ 01.01.2023; tháng 9/2023")]
    ['2023-05-23', '2023-01-01']
    >>> [found.iso for found in find_dates("ngày 15/12/22, ngày 31/6/23; 15/12/22")]
    ['2022-12-15', '2023-06-31']
    >>> [(found.iso, found.exists) for found in find_dates("Ngày 31 tháng 6 năm 2023; Tứ Kỳ, ngày   tháng 4 năm 2024")]
    [('2023-06-31', False), ('2024-04', True)]
    """
    for match in _pattern().finditer(text):
        if match["y"]:
            yield WrittenDate(*match.span(), integer(match["y"]), integer(match["m"]), integer(match["d"]))
        elif match["yy"]:
            year = integer(match["yy"]) + (1900 if integer(match["yy"]) >= _LAST_CENTURY else 2000)
            yield WrittenDate(match.start("dd"), match.end(), year, integer(match["mm"]), integer(match["dd"]))
        else:
            day = integer(match["D"]) if match["D"] else None
            yield WrittenDate(*match.span(), integer(match["Y"]), integer(match["M"]), day)


def months_between(first: date, last: date) -> int:
    """How many months lie between two days, to the nearest month.

    >>> months_between(date(2023, 1, 1), date(2023, 3, 31)), months_between(date(2023, 1, 1), date(2023, 12, 31))
    (3, 12)
    """
    return round((last - first).days / _MONTH)
