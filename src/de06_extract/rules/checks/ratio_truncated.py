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
    return cut_off(f"{numerator.text}/{denominator.text}", percent, right, f"{longer}%")


RULE = Rule(
    id="ratio-truncated",
    severity="info",
    select=of_kind("ratio"),
    judge=judge,
    wrong=("2.373/3.979 hội viên (đạt 59,63%)",),
    right=("2.373/3.979 hội viên (đạt 59,64%)", "2.373/3.979 hội viên (đạt 59,6%)"),
)
