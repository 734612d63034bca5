"""The record of one document: what an office that gathers many reports keeps of each, checked when it is made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationInfo, field_validator

from de06_extract.indicators.taxonomy import Taxonomy, taxonomy
from de06_extract.language.vocabulary import words
from de06_extract.numbers.intervals import Interval
from de06_extract.schema.json_schema import named_schema
from de06_extract.schema.report import Header, Indicator, Locality, Model, Period, Report, Source, Summary

RECORD_VERSION = "1"

_ROUNDED_FROM = 6  # zeros at the end of a count from which it was written with a scale word, and rounded
_SETTLED = ("inconsistent", "undefined")  # the checks have said already that the rate does not follow
_PERCENT_WORDS = {*words("units", "percent"), "percent", "pct"} - {"%"}


class De06Record(Model):
    """A document's source, header, place and indicators, with a summary of what the checks found.

    `locality` is the place that the report is about, None where it names none. Every indicator is one of the taxonomy,
    its period does not end before it begins, a share has the unit «%», and one that stands with its numerator and
    denominator follows from them, rounded or cut off, unless its verdict says that it does not.
    """

    record_version: str = RECORD_VERSION
    source: Source
    header: Header = Header()
    locality: Locality | None = None
    indicators: tuple[Indicator, ...] = ()
    summary: Summary

    @classmethod
    def from_report(cls, report: Report, known: Taxonomy | None = None) -> De06Record:
        """The record of a report; `known` is its taxonomy where that is not the package's."""
        data = {
            "source": report.source,
            "header": report.header,
            "locality": report.locality,
            "indicators": report.indicators,
            "summary": report.summary,
        }
        return cls.model_validate(data, context={"taxonomy": known})

    @field_validator("indicators")
    @classmethod
    def _hold(cls, indicators: tuple[Indicator, ...], info: ValidationInfo) -> tuple[Indicator, ...]:
        """Every indicator can be true; the validation context's `taxonomy` says which there are."""
        known = (info.context or {}).get("taxonomy") or taxonomy()
        for number, indicator in enumerate(indicators):
            wrong = _wrong(indicator, known)
            if wrong is not None:
                raise ValueError(f"indicator {number} ({indicator.id}): {wrong}")
        return indicators


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the record, as `schemas/record.schema.json` holds it."""
    return named_schema(De06Record, "record", RECORD_VERSION)


def _wrong(indicator: Indicator, known: Taxonomy) -> str | None:
    """The first fault of an indicator, in one line; None where nothing is wrong."""
    if indicator.id not in known.entries:
        return "id: the taxonomy has no such indicator"
    period = _wrong_period(indicator.period) if indicator.period is not None else None
    return period or _wrong_unit(indicator, known) or _wrong_rate(indicator)


def _wrong_period(period: Period) -> str | None:
    first, last = _day(period.start), _day(period.end)
    for name, said, day in (("start", period.start, first), ("end", period.end, last)):
        if said is not None and day is None:
            return f"period.{name}: {said} is no date such as 2023-12-31 or 2023-12"
    if first is not None and last is not None and last < first and (period.end or "") != (period.start or "")[:7]:
        return f"period: ends on {period.end}, before it begins on {period.start}"
    return None


def _day(text: str | None) -> date | None:
    """The day, or the first of the month."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text if len(text) > len("2023-12") else f"{text}-01")
    except ValueError:
        return None


def _wrong_unit(indicator: Indicator, known: Taxonomy) -> str | None:
    if indicator.unit in _PERCENT_WORDS:
        return f"unit: write «%» for «{indicator.unit}»"
    entry = known.entries[indicator.id]
    if indicator.unit == "%" and entry.kind in ("count", "money", "rank", "index"):
        return f"unit: «%», but the indicator is a {entry.kind} in «{entry.unit}»"
    share = indicator.numerator is not None and indicator.denominator is not None
    if share and indicator.unit != "%" and indicator.value != indicator.numerator:
        return f"unit: «{indicator.unit}», but a share of a denominator is written with «%»"
    return None


def _wrong_rate(indicator: Indicator) -> str | None:
    """The reason why the rate does not follow from numerator and denominator; None where it does or need not."""
    numerator, denominator, rate = indicator.numerator, indicator.denominator, indicator.value
    if numerator is None or denominator is None or indicator.unit != "%":
        return None
    if indicator.bound != "exact" or indicator.verdict in _SETTLED:
        return None
    share = _counted(numerator).percent_of(_counted(denominator))
    if share is None:
        return f"value: there is no share of {denominator}"
    decimals = _decimals(rate)
    if share.meets(Interval.rounded(rate, decimals)) or share.meets_below(Interval.truncated(rate, decimals)):
        return None
    return f"value: {rate}% does not follow from {numerator}/{denominator}, and no verdict says so"


def _counted(value: Decimal) -> Interval:
    """A count is exact; one that ends in many zeros was written in millions and is rounded there."""
    exponent = value.normalize().as_tuple().exponent
    scale = exponent if isinstance(exponent, int) else 0
    return Interval.rounded(value, 0, 10**scale) if scale >= _ROUNDED_FROM else Interval.exact(value)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
