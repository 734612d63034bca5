"""Percentages of one whole that hold only when cut off."""

from __future__ import annotations

from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, join
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentages, with the total that they were cut to."""
    if case.claim.verdict != "truncated":
        return None
    percents = case.several("percents")
    return Objection(
        vi=f"{join(percents, '; ')}: có tỷ lệ bị cắt bớt chữ số thay vì làm tròn",
        en=f"{join(percents, '; ')}: some were cut off instead of rounded",
        span=percents[0].span,
        reported=percents[0].text,
    )


RULE = Rule(
    id="share-truncated",
    severity="info",
    title="Tỷ lệ trong cơ cấu bị cắt bớt thay vì làm tròn",
    title_en="A share of a whole was cut off instead of rounded",
    explanation="Các tỷ lệ của một tổng chỉ đúng nếu bỏ các chữ số sau thay vì làm tròn. Không phải lỗi số liệu.",
    explanation_en=(
        "The shares of one whole hold only if the digits behind were cut off instead of rounded. No error of figures."
    ),
    select=of_kind("distribution"),
    judge=judge,
    wrong=(
        "Cấp huyện tiếp nhận 8.253 hồ sơ, trong đó: trước hạn đạt 37,14%, đúng hạn đạt 62,71%, trễ hạn chiếm 0,15%",
    ),
    right=(
        "Cấp huyện tiếp nhận 8.253 hồ sơ, trong đó: trước hạn đạt 37,14%, đúng hạn đạt 62,70%, trễ hạn chiếm 0,16%",
    ),
)
