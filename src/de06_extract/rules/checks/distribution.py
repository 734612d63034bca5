"""Percentages of one whole against 100 and against their base."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.notation import write_numeral
from de06_extract.numbers.verdicts import whole_share
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import REVIEW, Objection, Rule
from de06_extract.rules.select import of_kind
from de06_extract.schema.report import Quantity


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
    near = [f"{_count(k)}/{base.text} = {_share(k, base, percent)}" for k in (below, below + 1)]
    stated = ", ".join(share.text for share in wrong)
    return Objection(
        vi=f"không có số nguyên nào trên {base.text} cho tỷ lệ {stated}: {', '.join(near)}; {REVIEW}",
        en=f"no whole number out of {base.text} gives {stated}: {', '.join(near)}",
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
    title="Tỷ lệ mà không số nguyên nào trên tổng cho ra được",
    title_en="A percentage that no whole number out of the total gives",
    explanation=(
        "Số hồ sơ là số nguyên, nên với một tổng nhỏ chỉ có một số tỷ lệ là có thể. Tỷ lệ ngoài các giá trị đó là sai."
    ),
    explanation_en=(
        "Cases are whole numbers, so out of a small total only some percentages are possible. This one is not "
        "among them."
    ),
    select=of_kind("distribution"),
    judge=judge,
    wrong=("Cấp xã tiếp nhận 3.890 hồ sơ, trong đó: đúng hạn đạt 99,99%, trễ hạn chiếm 0,01%",),
    right=(
        "Cấp xã tiếp nhận 3.890 hồ sơ, trong đó: đúng hạn đạt 99,97%, trễ hạn chiếm 0,03%",
        "Cả tỉnh có 45% nam và 55% nữ",
    ),
)
