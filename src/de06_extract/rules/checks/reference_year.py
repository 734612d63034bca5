"""The year in the number of a cited document against the year of its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from de06_extract.rules.citations import Citation, citations
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both

_TURN = 31  # days around New Year in which a document may carry the number of the other year


def select(facts: Facts) -> Iterator[Citation]:
    """Citations with a year in their number and a date."""
    return (c for c in citations(facts) if c.number.year is not None and c.reference.date is not None)


def judge(case: Citation) -> Objection | None:
    """The date, if its year is not that in the number."""
    year = case.number.year
    if year is None or case.year == str(year) or _is_at_turn(case, year):
        return None
    reference = case.reference
    return Objection(
        **both("reference-year-mismatch", number=reference.number, year=year, shown=case.shown_date, dated=case.year),
        span=reference.span,
        reported=case.shown_date,
    )


def _is_at_turn(case: Citation, year: int) -> bool:
    if not case.is_dated:
        return abs(int(case.year) - year) == 1
    try:
        day = date.fromisoformat(case.reference.date or "")
    except ValueError:
        return False
    return min(abs((day - date(year, 1, 1)).days), abs((day - date(year, 12, 31)).days)) <= _TURN


RULE = Rule(
    id="reference-year-mismatch",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        "Nghị quyết số 42/2023/NQ-HĐND ngày 14/7/2022 của HĐND tỉnh",
        "Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2012 của Chính phủ",
    ),
    right=(
        "Nghị quyết số 42/2023/NQ-HĐND ngày 14/7/2023 của HĐND tỉnh",
        "Thông tư số 01/2023/TT-BNV ngày 30/12/2022 của Bộ Nội vụ",
        "Nghị quyết số 43/2023/NQ-HĐND sửa đổi Nghị quyết số 17/2019/NQ-HĐND ngày 11/7/2019",
    ),
)
