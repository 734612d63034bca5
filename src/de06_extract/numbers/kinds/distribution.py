"""A distribution: percentages that share out one whole."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import HUNDRED, Interval, total_of
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import Judgement, cut_interval, interval, is_open, whole_share
from de06_extract.schema.report import Verdict


def judge(base: Figure | None, percents: Sequence[Figure]) -> Judgement:
    """The percentages add up to 100, and each is the share of a whole number out of `base`."""
    computed = sum((Fraction(share.value) for share in percents), Fraction(0))
    if not total_of(map(interval, percents)).contains(100):
        return Judgement(_judge_total(percents), computed)
    if is_open(base, *percents):
        return Judgement("unverifiable", computed)
    if base is None or not base.exact:
        return Judgement("consistent", computed)
    return Judgement(_judge_shares(base, percents) if base.value else "undefined", computed)


def _judge_total(percents: Sequence[Figure]) -> Verdict:
    """The verdict on percentages that do not add up to 100 by rounding: they may when cut off."""
    if is_open(*percents):
        return "unverifiable"
    cuts = [cut for share in percents if (cut := cut_interval(share)) is not None]
    return "truncated" if len(cuts) == len(percents) and total_of(cuts).holds_below(100) else "inconsistent"


def _judge_shares(base: Figure, percents: Sequence[Figure]) -> Verdict:
    """The verdict on percentages of a whole number of things."""
    worst: Verdict = "consistent"
    for share in percents:
        if whole_share(interval(share), base.value) is not None:
            continue
        cut = cut_interval(share)
        if cut is None or whole_share(cut, base.value, cut=True) is None:
            return "inconsistent"
        worst = "truncated"
    return worst


def _room_of_share(others: Operands[Interval]) -> Interval | None:
    return HUNDRED - total_of(others.several("percents"))


def _written(texts: Operands[str]) -> str:
    return f"{' + '.join(texts.several('percents'))} = 100%"


KIND = Kind(
    "distribution",
    roles=(Role("base"), Role("percents", is_list=True, room=_room_of_share)),
    judge=judge,
    written=_written,
    is_telling=False,
)
