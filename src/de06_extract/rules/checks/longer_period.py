"""More in a period than in the longer one that contains it."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The count of the shorter period, where it is above that of the longer one."""
    if case.comparison.verdict != "inconsistent":
        return None
    shorter, longer = case.comparison.figures
    return Objection(
        **both("period-above-longer-period", shorter=shorter.text, longer=longer.text),
        span=shorter.span,
        reported=shorter.text,
        severity=None if case.comparison.is_certain else "info",
        related=(longer.span,),
    )


RULE = Rule(
    id="period-above-longer-period",
    severity="error",
    select=compared("order", "period"),
    judge=judge,
    wrong=("Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ đất đai.",),
    right=(
        "Quý I/2023 tiếp nhận 2.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ đất đai.",
        "Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2022 tiếp nhận 4.980 hồ sơ đất đai.",
        "Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ hộ tịch.",
    ),
)
