"""A percentage of change that was cut off instead of rounded."""

from __future__ import annotations

from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both, cut_off
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The cut percentage, with what follows from the values."""
    percent, computed = case.maybe("percent"), case.claim.computed
    if case.claim.verdict != "truncated" or percent is None or computed is None:
        return None
    right = f"{write_numeral(computed, percent.decimals)}%"
    longer = f"{write_numeral(computed, percent.decimals + 2)}%"
    return cut_off(both("change-truncated", "what"), percent, right, longer)


RULE = Rule(
    id="change-truncated",
    severity="info",
    select=of_kind("change"),
    judge=judge,
    wrong=("Toàn tỉnh xảy ra 256 vụ, giảm 45 vụ (14,9%) so với cùng kỳ",),
    right=("Toàn tỉnh xảy ra 256 vụ, giảm 45 vụ (15%) so với cùng kỳ",),
)
