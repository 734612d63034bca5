"""What is left against the total and what was done."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The remainder that does not follow."""
    if case.claim.verdict != "inconsistent":
        return None
    total, done, left = (case.quantity(role) for role in ("total", "done", "left"))
    right = write_like(left, Fraction(total.value) - Fraction(done.value))
    return Objection(
        **both("remainder-mismatch", total=total.text, done=done.text, right=right, left=left.text),
        span=left.span,
        reported=left.text,
        expected=right,
    )


RULE = Rule(
    id="remainder-mismatch",
    severity="error",
    select=of_kind("remainder"),
    judge=judge,
    wrong=("Đã làm sạch 6.373/11.020 trường hợp đạt 58%. Hiện còn 4.774 trường hợp",),
    right=("Đã làm sạch 6.373/11.020 trường hợp đạt 58%. Hiện còn 4.647 trường hợp",),
)
