"""What a rule across reports is: which figures of several reports it can judge, and what it holds against one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, Literal, TypeVar

from de06_extract.archive.across.families import Family
from de06_extract.archive.across.series import Point, Series, series_of
from de06_extract.indicators.taxonomy import Taxonomy, TaxonomyEntry
from de06_extract.numbers.notation import write_numeral
from de06_extract.numbers.numerals import NUMERAL, parse_numeral
from de06_extract.rules.rule import Both, Message, RuleText, StableIds, joined, shared
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Row

S = TypeVar("S")

_MOST = 20  # other places of a finding that are shown
_PLACE = (
    "section_label", "section_title", "location", "page", "paragraph", "line", "table_number", "table_row",
    "table_column", "part", "start", "end",
)  # fmt: skip


@dataclass(frozen=True)
class Reports:
    """What a rule selects its cases from: figures of one reporter, or families of one province and indicator."""

    known: Taxonomy
    points: Sequence[Point] = ()
    families: Sequence[Family] = ()

    def counts(self) -> Iterator[tuple[Series, TaxonomyEntry]]:
        """The series of counts of events whose periods begin on the same day."""
        return self._of_events(self._counts)

    def flows(self) -> Iterator[tuple[Series, TaxonomyEntry]]:
        """The series of counts of events whose periods are equally long."""
        return self._of_events(series_of(self.points, "count", "length"))

    def bases(self) -> Iterator[tuple[Series, TaxonomyEntry]]:
        """The series of the steady wholes that shares are taken of."""
        return ((s, entry) for s, entry in self._known(series_of(self.points, "base", "any")) if entry.steady)

    def rates(self) -> Iterator[tuple[Series, TaxonomyEntry]]:
        """The series of percentages of steady wholes that say of how many they are."""
        return ((s, entry) for s, entry in self._known(series_of(self.points, "rate", "any")) if entry.steady)

    @cached_property
    def _counts(self) -> tuple[Series, ...]:
        return series_of(self.points, "count", "start")

    def _of_events(self, every: Iterable[Series]) -> Iterator[tuple[Series, TaxonomyEntry]]:
        """The series of what was done: what remains to do, or had to be done, may fall."""
        for series, entry in self._known(every):
            if entry.accumulates is not None and series.points[0].row["aspect"] is None:
                yield series, entry

    def _known(self, every: Iterable[Series]) -> Iterator[tuple[Series, TaxonomyEntry]]:
        for series in every:
            if (entry := self.known.entries.get(series.indicator)) is not None:
                yield series, entry


@dataclass(frozen=True)
class Objection(Message):
    """An accusation of a figure: the message in both languages, where it stands, and the other figures."""

    at: Point
    others: tuple[Point, ...]
    figure: str
    expected: str | None = None


@dataclass(frozen=True)
class AcrossRule(RuleText, Generic[S]):
    """A check across reports: `select` yields the cases that it can judge, `judge` says what is wrong, or None.

    `wrong` and `right` are archives, each the texts of its reports, in which it must and must not find something.
    """

    severity: Literal["warning", "info"]  # several reports never prove which of them is wrong
    select: Callable[[Reports], Iterable[S]]
    judge: Callable[[S], Objection | None]
    wrong: tuple[tuple[str, ...], ...]
    right: tuple[tuple[str, ...], ...]

    def findings(self, collected: Reports, language: Language) -> Iterator[tuple[str, Row]]:
        """The rows of the findings, with the keys of the store's, and the paths of the files that they stand at."""
        ids = StableIds(self.id, first=1)
        for case in self.select(collected):
            held = self.judge(case)
            if held is not None:
                words = "\n".join(map(_words, (held.at, *held.others)))
                yield held.at.path, self._row(held, language, ids.of(words))

    def _row(self, held: Objection, language: Language, finding_id: str) -> Row:
        row = held.at.row
        return {
            "finding_id": finding_id,
            "severity": self.severity,
            "rule": self.id,
            "rule_title": self.title_in(language),
            "message": held.text(language),
            "figure": held.figure,
            "reported": held.figure,
            "expected": held.expected,
            "related": "\n".join((*map(_related, held.others[:_MOST]), *["…"] * (len(held.others) > _MOST))) or None,
            "label": row["indicator_name"],
            "quote": row["quote"],
            **{key: row[key] for key in _PLACE},
        }


def _words(point: Point) -> str:
    """The words that identify a figure wherever its file lies: who reports, of what time, in which words."""
    row = point.row
    held = (row["document_locality"], row["document_issuer"], row["period"], row["indicator"], row["quote"])
    return " | ".join(str(value or "") for value in held)


def _related(point: Point) -> str:
    where = point.row["location"]
    quote = one_line(str(point.row["quote"] or ""))
    return f"{point.path}: «{quote}»" + (f" ({where})" if where else "")


def file_name(point: Point) -> str:
    """The name of the report's file."""
    return point.path.rsplit("/", 1)[-1]


def stated(point: Point, value: Decimal, sign: str = "") -> Both:
    """The clause that states the value: «báo cáo số 45/BC-UBND ngày 5/4/2024 (q1.pdf) ghi 61.320 (đến ngày …)»."""
    figure = f"{written(point, value)}{sign}"
    return _across("says", report=report_words(point), figure=figure, period=period_words(point))


def report_words(point: Point) -> Both:
    """The report by its number, date and file: «báo cáo số 45/BC-UBND ngày 5/4/2024 (q1.pdf)»."""
    number, day = point.row["document_number"], _day(point.issued)
    words = [_across("number", number=number)] if number else []
    words += [_across("issued", day=day)] if day else []
    name = f"({file_name(point)})"
    return _across("report", words=joined(" ", (*words, Both(vi=name, en=name))))


def period_words(point: Point) -> Both:
    """The period: «đến ngày 31/3/2024», «từ ngày 1/1/2024 đến ngày 31/3/2024»."""
    return _across("between" if point.start else "until", start=_day(point.start), end=_day(point.end))


def _across(key: str, /, **filled: object) -> Both:
    return shared("across", key, **filled)


def _day(iso: str | None) -> str:
    """The date as reports write it, the day first.

    >>> _day("2024-03-31"), _day("2024-04"), _day(None)
    ('31/3/2024', '4/2024', '')
    """
    return "/".join(part.lstrip("0") for part in reversed((iso or "").split("-")))


def written(point: Point, value: Decimal) -> str:
    """The value as the report writes it, in Vietnamese style where its quotation does not show it.

    >>> point = Point("a.txt", {"quote": "kích hoạt 61320 tài khoản, đạt 98,70%"})
    >>> written(point, Decimal("61320")), written(point, Decimal("98.7")), written(point, Decimal("1204"))
    ('61320', '98,70', '1.204')
    """
    for match in NUMERAL.finditer(str(point.row["quote"] or "")):
        read = parse_numeral(match[0])
        if read is not None and read.value == value:
            return match[0]
    return numeral(value)


def numeral(value: Decimal) -> str:
    """The value in Vietnamese style.

    >>> numeral(Decimal("61320")), numeral(Decimal("98.7"))
    ('61.320', '98,7')
    """
    exponent = value.as_tuple().exponent
    return write_numeral(value, max(0, -exponent) if isinstance(exponent, int) else 0)
