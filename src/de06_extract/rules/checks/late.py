"""More late cases online than late cases in all."""

from __future__ import annotations

from de06_extract.numbers.notation import write_numeral
from de06_extract.numbers.whole_counts import least_count
from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both, joined
from de06_extract.rules.select import compared

_ID = "late-above-all"


def judge(case: ComparisonCase) -> Objection | None:
    """The percentage that stands for more late cases than all the others together allow."""
    most = case.comparison.computed
    if case.comparison.verdict != "inconsistent" or most is None:
        return None
    percent, base, *others = case.comparison.figures
    few, many = write_numeral(least_count(percent, base), 0), write_numeral(most, 0)
    pairs = zip(others[::2], others[1::2], strict=True)
    shares = joined("; ", (both(_ID, "share", share=share.text, count=count.text) for share, count in pairs))
    return Objection(
        **both(_ID, percent=percent.text, base=base.text, few=few, many=many, shares=shares),
        span=percent.span,
        reported=percent.text,
        related=tuple(figure.span for figure in others),
    )


RULE = Rule(
    id="late-above-all",
    severity="info",
    select=compared("order", "late"),
    judge=judge,
    wrong=(
        "Tổng số hồ sơ là 5.000 hồ sơ, chia ra:\n\n- Cấp huyện 1.000 hồ sơ, trong đó: đúng hạn đạt 99,5%, trễ hạn "
        "chiếm 0,5%.\n\n- Cấp xã 4.000 hồ sơ, trong đó: đúng hạn đạt 99,9%, trễ hạn chiếm 0,1%.\n\nTrực tuyến "
        "2.000/5.000 "
        "hồ sơ, chiếm 40%; trong đó: đúng hạn đạt 95,0%, trễ hạn chiếm 5,0%.",
    ),
    right=(
        "Tổng số hồ sơ là 5.000 hồ sơ, chia ra:\n\n- Cấp huyện 1.000 hồ sơ, trong đó: đúng hạn đạt 90,0%, trễ hạn "
        "chiếm 10,0%.\n\n- Cấp xã 4.000 hồ sơ, trong đó: đúng hạn đạt 99,9%, trễ hạn chiếm 0,1%.\n\nTrực "
        "tuyến 2.000/5.000 "
        "hồ sơ, chiếm 40%; trong đó: đúng hạn đạt 95,0%, trễ hạn chiếm 5,0%.",
    ),
)
