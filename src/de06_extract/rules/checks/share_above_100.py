"""A share of a whole above 100%."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import REVIEW, Objection, Rule
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The percentage above 100%."""
    if case.comparison.verdict != "inconsistent":
        return None
    share = case.comparison.figures[0]
    return Objection(
        vi=f"{share.text} là tỷ trọng trong tổng số nên không thể vượt 100%; {REVIEW}",
        en=f"{share.text} is the share of a whole and cannot be above 100%",
        span=share.span,
        reported=share.text,
    )


RULE = Rule(
    id="share-above-100",
    severity="error",
    title="Tỷ trọng vượt 100%",
    title_en="A share of a whole is above 100%",
    explanation=(
        "Phần «chiếm» trong tổng số, hồ sơ đúng hạn hay trễ hạn không vượt 100%. Tỷ lệ so với kế hoạch, với kỳ trước "
        "hoặc bình quân đầu người thì có thể vượt và không bị báo lỗi."
    ),
    explanation_en=(
        "What accounts for a part of a whole, and cases on time or late, cannot exceed 100%. A percentage of a plan, "
        "of another period or for each person can, and is left alone."
    ),
    select=compared("order", "share"),
    judge=judge,
    wrong=("Hồ sơ trực tuyến chiếm 104,5%", "Hồ sơ giải quyết đúng hạn đạt 101,2%"),
    right=(
        "Hồ sơ trực tuyến chiếm 94,5%",
        "Thu ngân sách đạt 104,5% dự toán",
        "Tỷ lệ trung bình máy tính trên người là 115,3%",
        "Giải quyết đúng hạn bằng 101,2% so với cùng kỳ",
    ),
)
