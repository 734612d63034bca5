"""A result up to a day that lies behind the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.language.dates import WrittenDate
from de06_extract.language.vocabulary import any_of, whole_words
from de06_extract.rules.cases import WordsCase
from de06_extract.rules.citations import show
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.schema.report import Span

_REACH = 200  # characters of a sentence on either side of the date
_STOP = regex.compile(r"[.;!?…](?=\s|\Z)")


@dataclass(frozen=True)
class _AsOf(WordsCase):
    """A day up to which a result is stated, and the report's date."""

    date: WrittenDate
    span: Span
    quote: str
    report: str
    line: Span


@cache
def _as_of() -> regex.Pattern[str]:
    return regex.compile(rf"(?<! \p{{L}} ) (?i: {any_of('citations', 'as_of')} ) \s*+ \Z", regex.VERBOSE)


def select(facts: Facts) -> Iterator[_AsOf]:
    """«Tính đến ngày 30/9/2023 đã cấp …», in a report with a date; plans and deadlines are left out."""
    own = facts.parts.official_date
    if own is None:
        return
    reached, planned = (whole_words("citations", key) for key in ("reached", "planned"))
    for prose in facts.parts.paragraphs:
        for date in prose.dates:
            if not date.exists or not _as_of().search(prose.text, max(0, date.start - 40), date.start):
                continue
            before = _STOP.split(prose.text[max(0, date.start - _REACH) : date.start])[-1]
            after = _STOP.split(prose.text[date.end : date.end + _REACH], maxsplit=1)[0]
            if reached.search(after) and not planned.search(before + after):
                yield _AsOf(date, prose.span(date.start, date.end), before + after, own.date.iso, own.span)


def judge(case: _AsOf) -> Objection | None:
    """The day of the result, if it is later than that of the report, as far as both are printed."""
    exact = min(len(case.date.iso), len(case.report))
    if case.date.iso[:exact] <= case.report[:exact]:
        return None
    day, own = show(case.date.iso), show(case.report)
    return Objection(
        **both("result-after-report", day=day, own=own),
        span=case.span,
        reported=day,
        related=(case.line,),
    )


_TOP = "Số: 12/BC-UBND\n\nBình Long, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\n"

RULE = Rule(
    id="result-after-report",
    severity="warning",
    select=select,
    judge=judge,
    wrong=(f"{_TOP}Tính đến ngày 30/12/2023 toàn thị xã đã cấp 1.250 tài khoản định danh điện tử.",),
    right=(
        f"{_TOP}Tính đến ngày 30/9/2023 toàn thị xã đã cấp 1.250 tài khoản định danh điện tử.",
        f"{_TOP}Phấn đấu tính đến ngày 30/12/2023 toàn thị xã cấp được 1.250 tài khoản định danh điện tử.",
        f"{_TOP}Các đơn vị hoàn thành đến hết ngày 30/12/2023.",
        "Tính đến ngày 30/12/2023 toàn thị xã đã cấp 1.250 tài khoản định danh điện tử.",
    ),
)
