"""The series of indicators that the charts of an archive show: figures that measure the same, by unit and time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from de06_extract.archive.across.series import SURE_SCORE
from de06_extract.language.messages import messages
from de06_extract.language.vocabulary import words
from de06_extract.schema.display import Language, one_line, place
from de06_extract.schema.rows import Parsed, document_row

POINT = ("series", "unit", "period", "value", "numerator", "denominator", "page", "place", "is_doubtful")
_FEWEST = 3  # figures of an indicator; fewer make no chart
_LATER = "since-2025-07"
_DOUBTFUL = ("inconsistent", "undefined")
_LONGEST_NAME = 160  # characters of the name of a unit
_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(slots=True)
class SeriesOfPage:
    """Figures that can be joined: all of one indicator, with the same unit of measure, denominator and scope."""

    indicator: str
    name: str
    unit: str | None
    denominator_of: str | None
    level: str | None
    channel: str | None
    sector: str | None
    figures: int = 0
    units: set[int] = field(default_factory=set)
    month: str = ""
    is_over_time: bool = False

    def count(self, unit: int, month: str) -> None:
        """Counts a figure."""
        self.figures += 1
        self.units.add(unit)
        self.is_over_time |= self.month not in ("", month)
        self.month = month

    @property
    def is_enough(self) -> bool:
        """True for enough figures to compare: three, of two units or two months."""
        return self.figures >= _FEWEST and (self.is_over_time or len(self.units) > 1)


class PageSeries:
    """All series of an archive, with the units and periods of their figures; points name them by number."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._since: str = messages("page")[language]["chart"]["since_2025"]
        self._communes = tuple(f"{kind} " for kind in words("localities", "commune"))
        self._series: dict[tuple[str | None, ...], tuple[int, SeriesOfPage]] = {}
        self._units: dict[str, int] = {}
        self._periods: dict[tuple[str, str | None], int] = {}

    @property
    def units(self) -> list[str]:
        """The names of the units."""
        return list(self._units)

    @property
    def periods(self) -> list[tuple[str, str | None]]:
        """The last days of figures and the first: None where it is not known, empty for the day of a document."""
        return list(self._periods)

    @property
    def shown(self) -> dict[int, SeriesOfPage]:
        """The series that have enough figures, by number."""
        return {number: series for number, series in self._series.values() if series.is_enough}

    def points(self, report: Parsed) -> Iterator[list[Any]]:
        """The sure results of a report as points, each with the values of `POINT`, without targets and comparisons."""
        document = document_row(report)
        for indicator in report["indicators"]:
            end, start = _period(indicator["period"], document["document_date_text"])
            if end is None or not _is_drawn(indicator):
                continue
            number, series = self._series_of(indicator)
            unit = self._unit_of(indicator, report)
            series.count(unit, end[:7])
            at = indicator["locations"][0] if indicator["locations"] else {}
            page = at.get("page") or indicator["span"]["page"]
            yield [
                number,
                unit,
                self._periods.setdefault((end, start), len(self._periods)),
                *(_digits(indicator[key]) for key in ("value", "numerator", "denominator")),
                page,
                None if page else place(indicator["locations"][:1], self._language) or None,
                int(indicator["verdict"] in _DOUBTFUL),
            ]

    def _series_of(self, indicator: Parsed) -> tuple[int, SeriesOfPage]:
        made = SeriesOfPage(
            indicator=indicator["id"],
            name=_name(indicator["name"]) or indicator["id"],
            unit=_name(indicator["unit"]),
            denominator_of=_name(indicator["denominator_of"]),
            level=_name(indicator["level"]),
            channel=_name(indicator["channel"]),
            sector=_name(indicator["sector"]),
        )
        traits = (made.unit, made.denominator_of, made.level, made.channel, made.sector)
        key = (made.indicator, *(trait and trait.casefold() for trait in traits))
        return self._series.setdefault(key, (len(self._series), made))

    def _unit_of(self, indicator: Parsed, report: Parsed) -> int:
        """The place that a figure speaks of with those it lies in, since places of many provinces share their names.

        A place of July 2025 or later is another one than its namesake before.
        """
        locality = report["locality"] or {}
        own = f"{locality['kind']} {locality['name']}" if locality else None
        name = _name(indicator["locality"] or own or report["header"]["issuer"]) or ""
        around = [locality.get("province"), self._since if locality.get("era") == _LATER else None]
        if name.startswith(self._communes):
            around.insert(0, locality.get("district"))
        within = ", ".join(filter(None, (_name(place) for place in around if place and place not in name)))
        return self._units.setdefault(f"{name} ({within})" if within else name, len(self._units))


def _is_drawn(indicator: Parsed) -> bool:
    """True for a result of the indicator itself that is exact and surely one of it."""
    is_own = indicator["status"] == "result" and indicator["aspect"] is None
    return is_own and indicator["bound"] == "exact" and indicator["score"] >= SURE_SCORE


@lru_cache(maxsize=10_000)
def _name(text: str | None) -> str | None:
    line = one_line(text or "").strip()
    return line[:_LONGEST_NAME] or None


def _digits(value: Any) -> str | None:
    return None if value is None else format(value, "f" if not isinstance(value, int) else "d")


def _period(period: Any, document_date: Any) -> tuple[str | None, str | None]:
    """The last day of a figure and its first; that of the document where no period is known, which has no first.

    >>> _period({"start": "2023-01-01", "end": "2023-09"}, None), _period(None, "2024-04-02")
    (('2023-09-30', '2023-01-01'), ('2024-04-02', ''))
    """
    if period and period["end"]:
        return _day(period["end"]), period["start"]
    return (_day(document_date), "") if document_date else (None, None)


def _day(written: str) -> str | None:
    """The day, the last one of a month; None for what is neither.

    >>> _day("2024-02"), _day("2024-02-03"), _day("2024")
    ('2024-02-29', '2024-02-03', None)
    """
    if _WHOLE.fullmatch(written):
        return written
    month = _MONTH.fullmatch(written)
    if month is None or not 1 <= int(month[2]) <= 12 or int(month[1]) == 0:
        return None
    return f"{written}-{monthrange(int(month[1]), int(month[2]))[1]}"
