"""A date that no calendar holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.paragraphs import Prose
from de06_extract.language.dates import WrittenDate
from de06_extract.language.digits import integer
from de06_extract.language.vocabulary import any_of
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.schema.report import Span

_ID = "date-impossible"
_LEAP = 2000  # a year in which every day exists: for days without a year
_MONTHS = 12
_MONTH_FIRST_AFTER = 24  # characters before a date in which a Vietnamese word of dates stands
_IN_WORD = regex.compile(r"[\p{L}\d_=&?%+]\Z|(?:://|www\.|@)\S*+\Z")
_AROUND = 80  # characters


@dataclass(frozen=True)
class _Written(WordsCase):
    """A date in the text."""

    date: WrittenDate
    span: Span
    quote: str


@cache
def _partial() -> regex.Pattern[str]:
    """A pattern for «ngày 31/6» without a year, «tháng 15/2023» without a day."""
    day, month, year = (any_of("dates", key) for key in ("day", "month", "year"))
    wage = any_of("citations", "wage")
    return regex.compile(
        rf"""
          (?<! [\d/.,-] ) (?P<d> \d{{1,2}} ) (?<= (?<! \p{{L}} ) (?i: {day} ) \s{{1,3}} \d{{1,2}} )
              (?: / | \s++ {month} \s++ ) (?P<m> \d{{1,2}} ) (?! [\d/.,%-] | \s*+ (?: {year} | / | - ) )
        | (?<! [\d/.,-] ) (?P<M> \d{{1,2}} )
              (?<= (?<! \p{{L}} ) (?<! \d \s ) (?<! {wage} \s ) (?i: {month} ) \s{{1,3}} \d{{1,2}} )
              (?: / | \s++ {year} \s++ ) (?P<y> (?:19|20)\d{{2}} ) (?! [\d/] )
        """,
        regex.VERBOSE,
    )


@cache
def _day_word() -> regex.Pattern[str]:
    """«ngày 12/31/2023» is meant as a Vietnamese date, «Sacramento Bee, 12/31/2023» is an American one."""
    return regex.compile(rf"(?<! \p{{L}} ) (?i: {any_of('dates', 'day')} ) \s++ \Z", regex.VERBOSE)


def select(facts: Facts) -> Iterator[_Written]:
    """Every date, also one without its year or its day; addresses, file names and American dates are left out."""
    for prose in facts.parts.passages:
        for date in (*prose.dates, *_partial_dates(prose.text, prose.dates)):
            foreign = _has_month_first(date) and not _day_word().search(
                prose.text, max(0, date.start - _MONTH_FIRST_AFTER), date.start
            )
            if not foreign and not _IN_WORD.search(prose.text, max(0, date.start - _AROUND), date.start):
                yield _written(prose, date)


def _partial_dates(text: str, dates: Sequence[WrittenDate]) -> Iterator[WrittenDate]:
    ends = {date.end for date in dates}
    for match in _partial().finditer(text):
        if match.end() not in ends and (match["M"] or 1 <= integer(match["m"]) <= _MONTHS):  # «trong ngày 15/30 hồ sơ»
            day = integer(match["d"]) if match["d"] else None
            year = integer(match["y"]) if match["y"] else _LEAP
            yield WrittenDate(*match.span(), year, integer(match["m"] or match["M"]), day)


def _written(prose: Prose, date: WrittenDate) -> _Written:
    around = prose.text[max(0, date.start - _AROUND) : date.end]
    return _Written(date, prose.span(date.start, date.end), around)


def judge(case: _Written) -> Objection | None:
    """The date, if the calendar does not have its month or day."""
    date = case.date
    if date.exists:
        return None
    if 1 <= date.month <= _MONTHS:
        last = monthrange(date.year, date.month)[1]
        why = both(_ID, "days", month=date.month, last=last)
    else:
        why = both(_ID, "month", month=date.month)
    written = " ".join(case.span.text.split())
    return Objection(
        **both(_ID, written=written, why=why),
        span=case.span,
        reported=written,
        severity="warning" if _has_month_first(date) else None,
    )


def _has_month_first(date: WrittenDate) -> bool:
    """True for «12/31/2023»."""
    day = date.day
    return day is not None and 1 <= day <= _MONTHS < date.month <= monthrange(date.year, day)[1]


RULE = Rule(
    id="date-impossible",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        "Tính đến ngày 31/6/2023 đã tiếp nhận 120 hồ sơ",
        "Từ ngày 01/02/2023 đến ngày 30/02/2023",
        "ngày 29 tháng 02 năm 2023",
        "Công văn số 15/UBND-NC ngày 12/13/2023",
        "từ ngày 01/4 đến ngày 31/4",
        "Tính đến ngày 31/9/24",
        "đến hết tháng 15/2023",
    ),
    right=(
        "ngày 29/02/2024, ngày 31/12/2023, ngày 31 tháng 8 năm 2023",
        "ngày 29/02, tháng 12/2023, lương tháng 13 năm 2023",
        "bản tin Morning Post, 5/27/2003; truy cập 11-23-2014",
        "ngày 30/6/23, ngày 31.12.22",
        "xem https://tinh.gov.vn/bao-cao-31-6-2023.html",
        "trong 9 tháng 78/2023 hồ sơ được giải quyết",
    ),
)
