"""A percentage of change that was cut off instead of rounded."""

from __future__ import annotations

from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.rule import Case, Objection, Rule, of_kind


def judge(case: Case) -> Objection | None:
    """The cut percentage, with what follows from the values."""
    percent, computed = case.maybe("percent"), case.claim.computed
    if case.claim.verdict != "truncated" or percent is None or computed is None:
        return None
    right = f"{write_numeral(computed, percent.decimals)}%"
    longer = f"{write_numeral(computed, percent.decimals + 2)}%"
    return Objection(
        vi=f"mức thay đổi là {longer}, làm tròn thành {right}; báo cáo cắt bớt thành {percent.text}",
        en=f"the change is {longer}, rounded {right}; the report cut it to {percent.text}",
        span=percent.span,
        reported=percent.text,
        expected=right,
    )


RULE = Rule(
    id="change-truncated",
    severity="info",
    title="Tỷ lệ tăng, giảm bị cắt bớt chữ số thay vì làm tròn",
    title_en="A percentage of change was cut off instead of rounded",
    explanation="Tỷ lệ tăng (giảm) chỉ đúng nếu bỏ các chữ số sau thay vì làm tròn. Không phải lỗi số liệu.",
    explanation_en=(
        "The percentage of change holds only if the digits behind were cut off instead of rounded. No error of figures."
    ),
    select=of_kind("change"),
    judge=judge,
    wrong=("Toàn tỉnh xảy ra 256 vụ, giảm 45 vụ (14,9%) so với cùng kỳ",),
    right=("Toàn tỉnh xảy ra 256 vụ, giảm 45 vụ (15%) so với cùng kỳ",),
)
