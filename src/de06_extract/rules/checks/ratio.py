"""A percentage against its numerator and denominator."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.numbers.slips import is_misrounded
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentage that does not follow; a warning where only its last digit is rounded the wrong way."""
    if case.claim.verdict != "inconsistent":
        return None
    numerator, denominator, percent = (case.quantity(role) for role in ("numerator", "denominator", "percent"))
    computed = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    right = write_like(percent, computed)
    misrounded = is_misrounded(percent, computed)
    key = "misrounded" if misrounded else "message"
    written = {"numerator": numerator.text, "denominator": denominator.text, "percent": percent.text}
    return Objection(
        **both("ratio-mismatch", key, **written, right=right),
        span=percent.span,
        reported=percent.text,
        expected=right,
        severity="warning" if misrounded else None,
    )


RULE = Rule(
    id="ratio-mismatch",
    severity="error",
    select=of_kind("ratio"),
    judge=judge,
    wrong=(
        "3.225/3.265 hồ sơ đạt tỷ lệ 98,57%",
        "10/12 xã (đạt 83,4%)",
        "Tiếp nhận 1.068 hồ sơ, trong đó có 580 hồ sơ trực tuyến (đạt 53,8%)",
    ),
    right=(
        "3.225/3.265 đạt tỷ lệ 98,77%",
        "10/12 xã đạt 83,3%",
        "10/12 xã đạt 83%",
        "Ngày 12/2025 đạt 98,57% kế hoạch",
    ),
)
