"""Percentages of one whole that hold only when cut off."""

from __future__ import annotations

from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both, join
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentages, with the total that they were cut to."""
    if case.claim.verdict != "truncated":
        return None
    percents = case.several("percents")
    return Objection(
        **both("share-truncated", shares=join(percents, "; ")),
        span=percents[0].span,
        reported=percents[0].text,
    )


RULE = Rule(
    id="share-truncated",
    severity="info",
    select=of_kind("distribution"),
    judge=judge,
    wrong=(
        "Cấp huyện tiếp nhận 8.253 hồ sơ, trong đó: trước hạn đạt 37,14%, đúng hạn đạt 62,71%, trễ hạn chiếm 0,15%",
    ),
    right=(
        "Cấp huyện tiếp nhận 8.253 hồ sơ, trong đó: trước hạn đạt 37,14%, đúng hạn đạt 62,70%, trễ hạn chiếm 0,16%",
    ),
)
