"""Verdicts: whether stated figures can all be true, by interval arithmetic from the digits written.

Each function takes the figures of one kind of claim and returns a `Judgement`: the verdict, and what the other figures
give for the stated one. A figure stands for the interval that `interval` gives it; a claim is consistent when some
choice inside the intervals makes it true, truncated when that is so only if the stated percentage was cut off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval
from de06_extract.schema.report import Direction, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the exact value that follows from the other figures, None where none follows."""

    verdict: Verdict
    computed: Fraction | None = None


_UNKNOWN = Judgement("unverifiable")


def interval(figure: Figure) -> Interval:
    """What the figure can stand for: a count is exact, any other has half a unit of its last digit; a bound is open."""
    if not figure.is_open:
        return _as_written(figure)
    if figure.bound == "about":
        return Interval(Fraction(0), None)
    if figure.bound in ("over", "at_least"):
        return Interval(Fraction(figure.value), None)
    if figure.bound in ("under", "at_most", "nearly"):
        return Interval(Fraction(0), Fraction(figure.value))
    assert figure.upper is not None  # what is open is a bound or a range
    return Interval(Fraction(figure.value), Fraction(figure.upper))


def _as_written(figure: Figure) -> Interval:
    """A count itself; else half a unit of the last digit around it, a whole one on the side that a bound names."""
    if figure.exact_as_written:
        return Interval.exact(figure.value)
    rounded = Interval.rounded(figure.value, figure.decimals, figure.scale)
    if figure.bound == "over":  # «hơn 2.517,23»: cut off
        return rounded | Interval.truncated(figure.value, figure.decimals, figure.scale)
    if figure.bound == "nearly":  # «gần 20.695,7»: rounded up
        return rounded | Interval.truncated(figure.value - _unit(figure), figure.decimals, figure.scale)
    return rounded


def _unit(figure: Figure) -> Decimal:
    """One unit of the last digit written."""
    return Decimal(figure.scale).scaleb(-figure.decimals)


def _cut(figure: Figure) -> Interval | None:
    """What the figure stands for if it was cut off instead of rounded; None for one that is exact or a bound."""
    if figure.bound != "exact" or figure.upper is not None or interval(figure).is_exact:
        return None
    return Interval.truncated(figure.value, figure.decimals, figure.scale)


def _open(*figures: Figure | None) -> bool:
    """True where some figure is a bound, so that agreement shows nothing."""
    return any(f is not None and f.is_open for f in figures)


def _compare(got: Interval, stated: Figure, others: Sequence[Figure | None], computed: Fraction) -> Judgement:
    """The verdict on `stated` when the other figures give `got`."""
    if got.meets(interval(stated)):
        return Judgement("unverifiable" if _open(stated, *others) else "consistent", computed)
    cut = _cut(stated)
    if cut is not None and not _open(*others) and got.meets_below(cut):
        return Judgement("truncated", computed)
    return Judgement("inconsistent", computed)


def judge_ratio(numerator: Figure | None, denominator: Figure | None, percent: Figure | None) -> Judgement:
    """percent = 100 · numerator / denominator; a percentage of 0 is undefined."""
    if numerator is None or denominator is None:
        return _UNKNOWN
    if denominator.value == 0:
        return Judgement("undefined") if percent is not None else _UNKNOWN
    computed = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    if percent is None:
        return Judgement("unverifiable", computed)
    got = interval(numerator).percent_of(interval(denominator))
    if got is None:
        return _UNKNOWN
    return _compare(got, percent, (numerator, denominator), computed)


def judge_sum(total: Figure, parts: Sequence[Figure]) -> Judgement:
    """total = Σ parts."""
    computed = sum((Fraction(p.value) for p in parts), Fraction(0))
    return _compare(reduce(add, (interval(p) for p in parts)), total, parts, computed)


def judge_remainder(total: Figure | None, done: Figure | None, left: Figure | None) -> Judgement:
    """left = total − done."""
    if total is None or done is None or left is None:
        return _UNKNOWN
    computed = Fraction(total.value) - Fraction(done.value)
    return _compare(interval(total) - interval(done), left, (total, done), computed)


def judge_change(
    old: Figure | None, new: Figure | None, delta: Figure | None, percent: Figure | None, direction: Direction | None
) -> Judgement:
    """delta = new − old and percent = 100 · delta / old, as sizes in a direction; new and delta alone imply old."""
    sign = -1 if direction == "down" else 1
    if old is not None and new is not None:
        return _judge_old_new(old, new, delta, percent, direction)
    if delta is None or percent is None or (old is None and new is None):
        return _UNKNOWN
    size = interval(delta)
    if old is not None:
        before, exact = interval(old), Fraction(old.value)
    else:
        assert new is not None
        before = interval(new) - size if sign > 0 else interval(new) + size
        exact = Fraction(new.value) - sign * Fraction(delta.value)
    if exact <= 0 or (before.low is not None and before.low <= 0):
        return _UNKNOWN
    got = size.percent_of(before)
    assert got is not None  # the base is above 0
    return _compare(got, percent, (old, new, delta), 100 * Fraction(delta.value) / exact)


def _judge_old_new(
    old: Figure, new: Figure, delta: Figure | None, percent: Figure | None, direction: Direction | None
) -> Judgement:
    low, high = (new, old) if direction == "down" else (old, new)
    difference = interval(high) - interval(low)
    exact = Fraction(high.value) - Fraction(low.value)
    if difference.high is not None and difference.high < 0:
        return Judgement("inconsistent", exact)
    judgements = []
    if delta is not None:
        judgements.append(_compare(difference, delta, (old, new), exact))
    if percent is not None:
        judgements.append(_judge_share(old, difference, percent, (old, new, delta), exact))
    if not judgements:
        return Judgement("unverifiable" if _open(old, new) else "consistent", exact)
    return max(judgements, key=lambda judgement: _WORST.index(judgement.verdict))


_WORST: tuple[Verdict, ...] = ("consistent", "unverifiable", "truncated", "undefined", "inconsistent")


def _judge_share(
    old: Figure, difference: Interval, percent: Figure, others: Sequence[Figure | None], exact: Fraction
) -> Judgement:
    """percent = 100 · difference / old; of nothing there is no percentage."""
    if not old.value:
        return Judgement("undefined")
    got = Interval(max(Fraction(0), difference.low or Fraction(0)), difference.high).percent_of(interval(old))
    if got is None:
        return _UNKNOWN
    return _compare(got, percent, others, 100 * exact / Fraction(old.value))


def judge_distribution(base: Figure | None, percents: Sequence[Figure]) -> Judgement:
    """The percentages add up to 100, and each is the share of a whole number out of `base`."""
    total = sum((Fraction(p.value) for p in percents), Fraction(0))
    computed = total
    if not reduce(add, (interval(p) for p in percents)).contains(100):
        if _open(*percents):
            return Judgement("unverifiable", computed)
        cuts = [cut for share in percents if (cut := _cut(share)) is not None]
        cut_total = reduce(add, cuts) if len(cuts) == len(percents) else Interval.exact(0)
        only_cut = len(cuts) == len(percents) and cut_total.holds_below(100)
        return Judgement("truncated" if only_cut else "inconsistent", computed)
    if _open(base, *percents):
        return Judgement("unverifiable", computed)
    if base is None or not base.exact:
        return Judgement("consistent", computed)
    if not base.value:
        return Judgement("undefined", computed)
    worst: Verdict = "consistent"
    for share in percents:
        if whole_share(interval(share), base.value) is not None:
            continue
        cut = _cut(share)
        if cut is None or whole_share(cut, base.value, cut=True) is None:
            return Judgement("inconsistent", computed)
        worst = "truncated"
    return Judgement(worst, computed)


def whole_share(percent: Interval, base: Decimal, *, cut: bool = False) -> int | None:
    """The least whole number whose share of `base` lies in `percent`, or None: there is none.

    With `cut` the upper end does not belong to the interval. The test is known as GRIM (Brown & Heathers 2017,
    doi:10.1177/1948550616673876), here for percentages.

    >>> whole_share(Interval.rounded(Decimal("99.99"), 2), Decimal(3890)) is None
    True
    >>> whole_share(Interval.rounded(Decimal("98.77"), 2), Decimal(3265))
    3225
    """
    if percent.low is None or percent.high is None:
        return None
    least = max(0, math.ceil(percent.low * Fraction(base) / 100))
    share = 100 * Fraction(least) / Fraction(base)
    return least if (share < percent.high if cut else share <= percent.high) else None
