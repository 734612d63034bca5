"""A cited document that is younger than the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from de06_extract.rules.citations import Citation, citations, show
from de06_extract.rules.facts import Facts
from de06_extract.rules.rule import REVIEW, Objection, Rule
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
        vi=(
            f"{case.reference.type} {case.reference.number} ghi ngày {case.shown_date}, sau ngày của báo cáo "
            f"({show(case.report)}); {REVIEW}"
        ),
        en=f"{case.reference.number} is dated {case.shown_date}, after the report ({show(case.report)})",
        span=case.reference.span,
        reported=case.shown_date,
        related=(case.line,) if case.line is not None else (),
    )


_TOP = "Số: 12/BC-UBND\n\nBình Long, ngày 12 tháng 10 năm 2023\n\nBÁO CÁO\n\n"
_DRAFT = "Số: /BC-UBND\n\nTứ Kỳ, ngày    tháng 4 năm 2024\n\nBÁO CÁO\n\n"

RULE = Rule(
    id="reference-after-report",
    severity="error",
    title="Văn bản được dẫn có ngày sau ngày báo cáo",
    title_en="A cited document is dated after the report",
    explanation=(
        "Báo cáo không thể dẫn văn bản chưa ban hành: ngày của văn bản hoặc ngày của báo cáo ghi sai. Báo cáo không có "
        "dòng địa danh, ngày tháng thì không kiểm tra; để trống ngày thì so theo tháng."
    ),
    explanation_en=(
        "A report cannot cite what is not issued yet: one of the two dates is wrong. Without a line of place and date "
        "there is no check; with the day left blank months are compared."
    ),
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
