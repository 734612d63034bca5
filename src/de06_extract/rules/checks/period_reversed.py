"""A period that ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract.document.programmes import Programme, programmes
from de06_extract.rules.rule import REVIEW, Facts, Objection, Rule


def select(facts: Facts) -> Iterator[Programme]:
    """Every period of years."""
    return programmes(facts.document)


def judge(case: Programme) -> Objection | None:
    """The period whose second year comes before its first."""
    if case.end >= case.start:
        return None
    return Objection(
        vi=f"giai đoạn bắt đầu năm {case.start} lại kết thúc năm {case.end}; {REVIEW}",
        en=f"a period that begins in {case.start} ends in {case.end}",
        span=case.years,
        reported=" ".join(case.years.text.split()),
    )


RULE = Rule(
    id="period-reversed",
    severity="error",
    title="Giai đoạn kết thúc trước khi bắt đầu",
    title_en="A period ends before it begins",
    explanation="Trong «giai đoạn A-B», năm B không thể trước năm A.",
    explanation_en="In «giai đoạn A-B» the year B cannot come before A.",
    select=select,
    judge=judge,
    wrong=("Kế hoạch giai đoạn 2025-2022", "nhiệm kỳ 2025 – 2020", "giai đoạn từ năm 2025 đến năm 2021"),
    right=("Kế hoạch giai đoạn 2022-2025", "nhiệm kỳ 2020 - 2025", "giai đoạn 2021-2025, so sánh 2025-2022"),
)
