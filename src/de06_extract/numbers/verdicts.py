"""Verdicts: whether a stated figure can be true beside others, by interval arithmetic from the digits written.

A figure stands for the interval that `interval` gives it; a claim is consistent when some choice inside the intervals
makes it true, truncated when that is so only if the stated figure was cut off. How the figures of a kind of claim hang
together is in `kinds`, a module each.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval
from de06_extract.schema.report import Verdict

HOLDS: tuple[Verdict, ...] = ("consistent", "truncated")  # verdicts on figures that can all be true


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the exact value that follows from the other figures, None where none follows."""

    verdict: Verdict
    computed: Fraction | None = None


UNKNOWN = Judgement("unverifiable")


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


def cut_interval(figure: Figure) -> Interval | None:
    """What the figure stands for if it was cut off instead of rounded; None for one that is exact or a bound."""
    if figure.bound != "exact" or figure.upper is not None or interval(figure).is_exact:
        return None
    return Interval.truncated(figure.value, figure.decimals, figure.scale)


def is_open(*figures: Figure | None) -> bool:
    """True where some figure is a bound, so that agreement shows nothing."""
    return any(f is not None and f.is_open for f in figures)


def judge_stated(got: Interval, stated: Figure, others: Sequence[Figure | None], computed: Fraction) -> Judgement:
    """The judgement on the stated figure when the others give `got`, and as they are written `computed`."""
    if got.meets(interval(stated)):
        return Judgement("unverifiable" if is_open(stated, *others) else "consistent", computed)
    cut = cut_interval(stated)
    if cut is not None and not is_open(*others) and got.meets_below(cut):
        return Judgement("truncated", computed)
    return Judgement("inconsistent", computed)


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
