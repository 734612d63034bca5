"""A cited document that is younger than the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.rules.citations import Citation, citations, show
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.schema.report import Span


@dataclass(frozen=True)
class _Cited(Citation):
    """A citation, and the date of the report that cites it."""

    report: str = ""
    line: Span | None = None


def select(facts: Facts) -> Iterator[_Cited]:
    """Citations with a date, in a report that has one itself."""
    own = facts.parts.official_date
    if own is not None:
        for c in citations(facts):
            if c.reference.date is not None and len(c.reference.date) >= len("2023-05"):
                yield _Cited(c.document, c.reference, c.number, report=own.date.iso, line=own.span)


def judge(case: _Cited) -> Objection | None:
    """The date of the citation, if it is later than that of the report, as far as both are printed."""
    cited = case.reference.date or ""
    exact = min(len(cited), len(case.report))
    if cited[:exact] <= case.report[:exact]:
        return None
    return Objection(
        **both(
            "reference-after-report",
            type=case.reference.type,
            number=case.reference.number,
            shown=case.shown_date,
            report=show(case.report),
        ),
        span=case.reference.span,
        reported=case.shown_date,
        related=(case.line,) if case.line is not None else (),
    )


_TOP = "Số: 12/BC-UBND\n\nBình Long, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\n"
_DRAFT = "Số: /BC-UBND\n\nTứ Kỳ, ngày    tháng 4 năm 2024\n\nBÁO CÁO\n\n"

RULE = Rule(
    id="reference-after-report",
    severity="error",
    select=select,
    judge=judge,
    wrong=(
        f"{_TOP}Thực hiện Kế hoạch số 56/KH-UBND ngày 23/12/2023 của UBND tỉnh, Tổ công tác báo cáo như sau:",
        f"{_DRAFT}Thực hiện Công văn số 542/STTTT-CNTT ngày 05/5/2024 của Sở Thông tin và Truyền thông",
    ),
    right=(
        f"{_TOP}Thực hiện Kế hoạch số 56/KH-UBND ngày 12/10/2023 của UBND tỉnh, Tổ công tác báo cáo như sau:",
        f"{_DRAFT}Thực hiện Công văn số 542/STTTT-CNTT ngày 25/4/2024 của Sở Thông tin và Truyền thông",
        "Thực hiện Kế hoạch số 56/KH-UBND ngày 23/12/2043 của UBND tỉnh",
    ),
)
