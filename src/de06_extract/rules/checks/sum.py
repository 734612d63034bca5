"""A total against its parts."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import REVIEW, Objection, Rule, join
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The total that its parts do not add up to."""
    if case.claim.verdict != "inconsistent":
        return None
    total, parts = case.quantity("total"), case.several("parts")
    right = write_like(total, sum((Fraction(part.value) for part in parts), Fraction(0)))
    return Objection(
        vi=f"{join(parts, ' + ')} = {right}, báo cáo ghi tổng là {total.text}; {REVIEW}",
        en=f"{join(parts, ' + ')} = {right}, the report gives the total {total.text}",
        span=total.span,
        reported=total.text,
        expected=right,
    )


RULE = Rule(
    id="sum-mismatch",
    severity="error",
    title="Tổng không bằng tổng các phần",
    title_en="A total is not the sum of its parts",
    explanation=(
        "Cộng các phần được liệt kê đầy đủ rồi so với tổng đã ghi. Số có từ «tỷ», «triệu» được phép lệch do làm tròn."
    ),
    explanation_en=(
        "Add up parts that are listed completely and compare with the total stated. Figures in millions or "
        "billions may differ by rounding."
    ),
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
