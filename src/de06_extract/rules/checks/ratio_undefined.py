"""A percentage of nothing."""

from __future__ import annotations

from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import of_kind

_ID = "ratio-undefined"


def judge(case: ClaimCase) -> Objection | None:
    """The percentage that stands against a denominator of 0."""
    if case.claim.verdict != "undefined":
        return None
    percent = case.quantity("percent")
    numerator, denominator = case.maybe("numerator"), case.maybe("denominator")
    if numerator is None:
        words = both(_ID, "nothing" if denominator else "all_blank", percent=percent.text)
    else:
        ratio = f"{numerator.text}/{denominator.text if denominator else '…'}"
        words = both(_ID, "zero" if denominator else "blank", ratio=ratio, percent=percent.text)
    return Objection(
        **words,
        span=percent.span,
        reported=percent.text,
    )


RULE = Rule(
    id="ratio-undefined",
    severity="warning",
    select=of_kind("ratio"),
    judge=judge,
    wrong=("Tiếp nhận 0/0 hồ sơ, đạt 100%",),
    right=("Tiếp nhận 0/5 hồ sơ, đạt 0%", "Tiếp nhận 0/0 hồ sơ"),
)
