"""A percentage that was cut off instead of rounded."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like, write_numeral
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, cut_off
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The cut percentage, with the rounded one."""
    if case.claim.verdict != "truncated":
        return None
    numerator, denominator, percent = (case.quantity(role) for role in ("numerator", "denominator", "percent"))
    computed = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    right, longer = write_like(percent, computed), write_numeral(computed, percent.decimals + 2)
    ratio = f"{numerator.text}/{denominator.text}"
    return cut_off(ratio, ratio, percent, right, f"{longer}%")


RULE = Rule(
    id="ratio-truncated",
    severity="info",
    title="Tỷ lệ bị cắt bớt chữ số thay vì làm tròn",
    title_en="A percentage was cut off instead of rounded",
    explanation=(
        "Tỷ lệ chỉ đúng nếu bỏ các chữ số sau thay vì làm tròn. Không phải lỗi số liệu, chỉ để thống nhất cách ghi."
    ),
    explanation_en=(
        "The percentage holds only if the digits behind were cut off instead of rounded. No error of figures, a "
        "matter of style."
    ),
    select=of_kind("ratio"),
    judge=judge,
    wrong=("2.373/3.979 hội viên (đạt 59,63%)",),
    right=("2.373/3.979 hội viên (đạt 59,64%)", "2.373/3.979 hội viên (đạt 59,6%)"),
)
