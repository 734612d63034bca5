"""Percentages of one whole against 100."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both, join
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentages that do not add up to 100 within the rounding of their digits."""
    percents = case.several("percents")
    total = sum((Fraction(share.value) for share in percents), Fraction(0))
    slack = sum((Fraction(1, 2 * 10**share.decimals) for share in percents), Fraction(0))
    if case.claim.verdict != "inconsistent" or abs(total - 100) <= slack:
        return None
    right = write_numeral(total, max(share.decimals for share in percents))
    return Objection(
        **both("shares-not-100", sum=join(percents, " + "), right=right),
        span=percents[0].span,
        reported=f"{right}%",
        expected="100%",
    )


RULE = Rule(
    id="shares-not-100",
    severity="error",
    select=of_kind("distribution"),
    judge=judge,
    wrong=("Kết quả giải quyết hồ sơ: trước hạn đạt 37,14%, đúng hạn đạt 61,71%, trễ hạn chiếm 0,15%",),
    right=("Kết quả giải quyết hồ sơ: trước hạn đạt 10,68%, đúng hạn đạt 89,12%, trễ hạn chiếm 0,21%",),
)
