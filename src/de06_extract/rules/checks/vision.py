"""A year looked ahead to that does not lie behind the period."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import REVIEW, Objection, Rule
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The year that lies within or before the period."""
    if case.comparison.verdict != "inconsistent":
        return None
    end, vision = case.here
    others = sorted({figure.text for figure in case.elsewhere})
    vi = f"; chỗ khác ghi {', '.join(others)}" if others else ""
    en = f"; elsewhere it is {', '.join(others)}" if others else ""
    return Objection(
        vi=f"giai đoạn đến năm {end.text} thì năm {vision.text} không thể là tầm nhìn tiếp theo{vi}; {REVIEW}",
        en=f"the period ends in {end.text}, so {vision.text} does not look ahead{en}",
        span=vision.span,
        reported=vision.text,
        expected=others[0] if len(others) == 1 else None,
        related=tuple(figure.span for figure in case.elsewhere),
        severity="warning" if vision.value == end.value else None,
    )


RULE = Rule(
    id="vision-within-period",
    severity="error",
    title="Năm tầm nhìn không nằm sau giai đoạn thực hiện",
    title_en="The year looked ahead to does not lie behind the period",
    explanation=(
        "«Giai đoạn 2022-2025, tầm nhìn đến năm 2030»: năm tầm nhìn phải sau năm cuối của giai đoạn. Nếu hai năm bằng "
        "nhau thì chỉ cảnh báo."
    ),
    explanation_en=(
        "«2022-2025, vision to 2030»: the year looked ahead to must lie behind the period's last one. Where both "
        "are one, it is a warning."
    ),
    select=compared("order", "vision"),
    judge=judge,
    wrong=(
        "Đề án giai đoạn 2022-2025, tầm nhìn đến năm 2023",
        "quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến 2025",
    ),
    right=("Đề án giai đoạn 2022-2025, tầm nhìn đến năm 2030", "Quy hoạch thời kỳ 2021-2030, tầm nhìn đến năm 2050"),
)
