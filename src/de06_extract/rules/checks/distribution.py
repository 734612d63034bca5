"""Percentages of one whole against 100 and against their base."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.notation import write_numeral
from de06_extract.numbers.verdicts import whole_share
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both, enumerated
from de06_extract.rules.select import of_kind
from de06_extract.schema.report import Quantity

_ID = "share-impossible"


def judge(case: ClaimCase) -> Objection | None:
    """The percentages that no whole numbers out of the base give."""
    base = case.maybe("base")
    if case.claim.verdict != "inconsistent" or base is None:
        return None
    wrong = [share for share in case.several("percents") if not _is_share(share, base)]
    if not wrong:
        return None
    percent = wrong[0]
    below = int(Fraction(percent.value) * Fraction(base.value) / 100)
    low, high = (_count(k) for k in (below, below + 1))
    low_share, high_share = (_share(k, base, percent) for k in (below, below + 1))
    near = both(_ID, "near", low=low, low_share=low_share, high=high, high_share=high_share)
    stated = enumerated([share.text for share in wrong])
    return Objection(
        **both(_ID, base=base.text, stated=stated, near=near),
        span=percent.span,
        reported=percent.text,
    )


def _is_share(percent: Quantity, base: Quantity) -> bool:
    """True where some whole number gives the percentage, rounded or cut off."""
    rounds = whole_share(Interval.rounded(percent.value, percent.decimals), base.value)
    cuts = whole_share(Interval.truncated(percent.value, percent.decimals), base.value, cut=True)
    return rounds is not None or cuts is not None


def _count(count: int) -> str:
    return write_numeral(count, 0)


def _share(count: int, base: Quantity, percent: Quantity) -> str:
    return f"{write_numeral(100 * Fraction(count) / Fraction(base.value), percent.decimals + 2)}%"


RULE = Rule(
    id="share-impossible",
    severity="error",
    select=of_kind("distribution"),
    judge=judge,
    wrong=("Cấp xã tiếp nhận 3.890 hồ sơ, trong đó: đúng hạn đạt 99,99%, trễ hạn chiếm 0,01%",),
    right=(
        "Cấp xã tiếp nhận 3.890 hồ sơ, trong đó: đúng hạn đạt 99,97%, trễ hạn chiếm 0,03%",
        "Cả tỉnh có 45% nam và 55% nữ",
    ),
)
