"""A total against its parts."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both, join
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The total that its parts do not add up to."""
    if case.claim.verdict != "inconsistent":
        return None
    total, parts = case.quantity("total"), case.several("parts")
    right = write_like(total, sum((Fraction(part.value) for part in parts), Fraction(0)))
    return Objection(
        **both("sum-mismatch", sum=join(parts, " + "), right=right, total=total.text),
        span=total.span,
        reported=total.text,
        expected=right,
    )


RULE = Rule(
    id="sum-mismatch",
    severity="error",
    select=of_kind("sum"),
    judge=judge,
    wrong=(
        "có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình)",
        "tiếp nhận 250 đơn, gồm: 120 đơn khiếu nại, 50 đơn tố cáo và 85 đơn khác",
    ),
    right=(
        "có 708 thủ tục (367 thủ tục một phần và 341 thủ tục toàn trình)",
        "chi 33,2 tỷ đồng, gồm: 20,1 tỷ đồng chi thường xuyên và 13,2 tỷ đồng chi đầu tư",
    ),
)
