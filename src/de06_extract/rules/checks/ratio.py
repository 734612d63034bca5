"""A percentage against its numerator and denominator."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.numbers.slips import is_misrounded
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import REVIEW, Objection, Rule
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentage that does not follow; a warning where only its last digit is rounded the wrong way."""
    if case.claim.verdict != "inconsistent":
        return None
    numerator, denominator, percent = (case.quantity(role) for role in ("numerator", "denominator", "percent"))
    computed = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    right = write_like(percent, computed)
    misrounded = is_misrounded(percent, computed)
    detail = ("; chỉ sai cách làm tròn", "; only the rounding is off") if misrounded else ("; " + REVIEW, "")
    return Objection(
        vi=f"{numerator.text}/{denominator.text} là {right}, báo cáo ghi {percent.text}{detail[0]}",
        en=f"{numerator.text}/{denominator.text} is {right}, the report says {percent.text}{detail[1]}",
        span=percent.span,
        reported=percent.text,
        expected=right,
        severity="warning" if misrounded else None,
    )


RULE = Rule(
    id="ratio-mismatch",
    severity="error",
    title="Tỷ lệ không khớp với tử số và mẫu số",
    title_en="A percentage does not follow from its numerator and denominator",
    explanation=(
        "Lấy tử số chia mẫu số, nhân 100 rồi làm tròn đến số chữ số thập phân mà báo cáo ghi. Nếu kết quả khác tỷ lệ "
        "đã ghi, ít nhất một trong ba số cần rà soát lại. Chỉ lệch một đơn vị ở chữ số cuối (làm tròn sai) thì nhắc."
    ),
    explanation_en=(
        "Divide the numerator by the denominator, times 100, rounded to the digits that the report shows. Where "
        "that is not the percentage stated, at least one of the three figures is wrong; off by one in the last "
        "digit is only rounding."
    ),
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
