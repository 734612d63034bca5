"""A part larger than the whole that it is a part of."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The part, where it is above its whole, in what may be a report: elsewhere «140/90 mmHg» is no part of a whole."""
    if case.comparison.verdict != "inconsistent" or not case.comparison.is_certain:
        return None
    whole, part = case.comparison.figures
    return Objection(
        **both("part-above-whole", part=part.text, whole=whole.text),
        span=part.span,
        reported=part.text,
        related=(whole.span,),
    )


RULE = Rule(
    id="part-above-whole",
    severity="error",
    select=compared("order", "part"),
    judge=judge,
    wrong=("Tiếp nhận 1.250 hồ sơ, trong đó có 1.520 hồ sơ trực tuyến", "Có 47/45 hộ, chiếm 104,44%"),
    right=(
        "Tiếp nhận 1.520 hồ sơ, trong đó có 1.250 hồ sơ trực tuyến",
        "Thu nhận 47/45 hồ sơ theo chỉ tiêu được giao, đạt 104,44%",
        "Có 15 xã, trong đó 120 thôn",
    ),
)
