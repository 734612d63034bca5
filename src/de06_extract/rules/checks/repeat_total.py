"""A part of a total against what its breakdowns add up to."""

from __future__ import annotations

from de06_extract.numbers.notation import write_like
from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.repeat_messages import topic
from de06_extract.rules.rule import Objection, Rule, both, join
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The part that the breakdowns elsewhere do not add up to."""
    computed = case.comparison.computed
    if case.comparison.verdict != "inconsistent" or computed is None:
        return None
    part = case.here[0]
    total, items = write_like(part, computed), join(case.elsewhere, " + ")
    return Objection(
        **both("repeat-total", topic=topic(case), part=part.text, items=items, total=total),
        span=part.span,
        reported=part.text,
        expected=total,
        related=tuple(figure.span for figure in case.elsewhere),
    )


RULE = Rule(
    id="repeat-total",
    severity="error",
    select=compared("repeat", "total"),
    judge=judge,
    wrong=(
        "Có 30 thủ tục (20 thủ tục một phần và 10 thủ tục toàn trình).\n\nCấp huyện là 18 thủ tục, gồm: 13 thủ tục một "
        "phần, 5 thủ tục toàn trình.\n\nCấp xã là 12 thủ tục, gồm: 8 thủ tục một phần, 4 thủ tục toàn trình.",
    ),
    right=(
        "Có 30 thủ tục (21 thủ tục một phần và 9 thủ tục toàn trình).\n\nCấp huyện là 18 thủ tục, gồm: 13 thủ tục một "
        "phần, 5 thủ tục toàn trình.\n\nCấp xã là 12 thủ tục, gồm: 8 thủ tục một phần, 4 thủ tục toàn trình.",
    ),
)
