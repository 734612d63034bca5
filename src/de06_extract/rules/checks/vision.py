"""A year looked ahead to that does not lie behind the period."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The year that lies within or before the period."""
    if case.comparison.verdict != "inconsistent":
        return None
    end, vision = case.here
    others = sorted({figure.text for figure in case.elsewhere})
    return Objection(
        **both(
            "vision-within-period",
            "elsewhere" if others else "message",
            vision=vision.text,
            end=end.text,
            others=", ".join(others),
        ),
        span=vision.span,
        reported=vision.text,
        expected=others[0] if len(others) == 1 else None,
        related=tuple(figure.span for figure in case.elsewhere),
        severity="warning" if vision.value == end.value else None,
    )


RULE = Rule(
    id="vision-within-period",
    severity="error",
    select=compared("order", "vision"),
    judge=judge,
    wrong=(
        "Đề án giai đoạn 2022-2025, tầm nhìn đến năm 2023",
        "quy hoạch thời kỳ 2021 - 2030, tầm nhìn đến 2025",
    ),
    right=("Đề án giai đoạn 2022-2025, tầm nhìn đến năm 2030", "Quy hoạch thời kỳ 2021-2030, tầm nhìn đến năm 2050"),
)
