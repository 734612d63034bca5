"""More in a period than in the longer one that contains it."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import REVIEW, Objection, Rule
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The count of the shorter period, where it is above that of the longer one."""
    if case.comparison.verdict != "inconsistent":
        return None
    shorter, longer = case.comparison.figures
    return Objection(
        vi=f"{shorter.text} trong kỳ ngắn lớn hơn {longer.text} của kỳ dài đã bao gồm kỳ đó; {REVIEW}",
        en=f"{shorter.text} in a period is more than {longer.text} in the longer one that contains it",
        span=shorter.span,
        reported=shorter.text,
        severity=None if case.comparison.is_certain else "info",
        related=(longer.span,),
    )


RULE = Rule(
    id="period-above-longer-period",
    severity="error",
    title="Số của kỳ ngắn lớn hơn số của kỳ dài chứa nó",
    title_en="A period has more than the longer one that contains it",
    explanation=(
        "Số hồ sơ tiếp nhận, giải quyết, thu nhận… trong quý I không thể lớn hơn số của 6 tháng đầu năm cùng năm, nếu "
        "cùng nội dung và phạm vi."
    ),
    explanation_en=(
        "What was received, settled or collected in the first quarter cannot exceed that of the first half of the same "
        "year, where content and scope are the same."
    ),
    select=compared("order", "period"),
    judge=judge,
    wrong=("Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ đất đai.",),
    right=(
        "Quý I/2023 tiếp nhận 2.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ đất đai.",
        "Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2022 tiếp nhận 4.980 hồ sơ đất đai.",
        "Quý I/2023 tiếp nhận 5.210 hồ sơ đất đai. 6 tháng đầu năm 2023 tiếp nhận 4.980 hồ sơ hộ tịch.",
    ),
)
