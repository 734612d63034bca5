"""A programme that looks ahead to a year inside its own period."""

from __future__ import annotations

from de06_extract.programmes import Programme, programmes
from de06_extract.rule import REVIEW, Facts, Held, Rule


def select(facts: Facts) -> list[Programme]:
    """Periods with a year to look ahead to."""
    return [found for found in programmes(facts) if found.vision is not None and found.end >= found.start]


def judge(case: Programme) -> Held | None:
    """The year that is not after the period's end."""
    if case.vision is None or case.vision > case.end or case.ahead is None:
        return None
    years = f"{case.start}-{case.end}"
    return Held(
        vi=f"giai đoạn {years} nhưng tầm nhìn chỉ đến năm {case.vision}, chưa qua năm {case.end}; {REVIEW}",
        en=f"the period {years} looks ahead only to {case.vision}, not past {case.end}",
        span=case.ahead,
        reported=str(case.vision),
        severity="warning" if case.vision == case.end else None,
    )


RULE = Rule(
    id="vision-year",
    severity="error",
    title="Năm tầm nhìn không sau giai đoạn",
    title_en="The year looked ahead to is not after the period",
    explanation="«Giai đoạn A-B, tầm nhìn đến năm C»: năm C phải sau năm B. Nếu C bằng B thì chỉ cảnh báo.",
    explanation_en="«Giai đoạn A-B, tầm nhìn đến năm C»: the year C comes after B. Where C is B, it is a warning.",
    select=select,
    judge=judge,
    wrong=(
        "Đề án giai đoạn 2022-2025 tầm nhìn đến năm 2023",
        "quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến 2025",
    ),
    right=(
        "Đề án giai đoạn 2022 - 2025, tầm nhìn đến năm 2030",
        "Chương trình giai đoạn 2021-2025, định hướng đến năm 2030",
        "giai đoạn 2022-2025; tầm nhìn đến năm 2023 của huyện khác",
    ),
)
