"""Intervals of what a written figure can stand for, and their arithmetic.

The digits written decide the tolerance: a figure with d decimals stands for value ± ½·10⁻ᵈ, times its scale word. No
epsilon anywhere: a claim holds when some choice inside the intervals makes it true (interval arithmetic as in IEEE
1788-2015, with exact rationals in place of outward rounding).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

Rational = Fraction | int


@dataclass(frozen=True, slots=True)
class Interval:
    """The closed set of numbers from `low` to `high`; None is unbounded on that side."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def exact(cls, value: Decimal | Rational) -> Interval:
        """The interval of a single number."""
        at = Fraction(value)
        return cls(at, at)

    @classmethod
    def rounded(cls, value: Decimal, decimals: int, scale: int = 1) -> Interval:
        """The numbers that round to `value` (scale included) at `decimals` places before the scale, half up or even.

        >>> Interval.rounded(Decimal("98.77"), 2).contains(Fraction(322500, 3265))
        True
        """
        middle, half = Fraction(value), Fraction(scale, 2 * 10**decimals)
        return cls(middle - half, middle + half)

    @classmethod
    def truncated(cls, value: Decimal, decimals: int, scale: int = 1) -> Interval:
        """The numbers that give `value` when cut off after `decimals` places; the upper end is not among them."""
        low, unit = Fraction(value), Fraction(scale, 10**decimals)
        return cls(low, low + unit)

    @property
    def is_exact(self) -> bool:
        """True for a single number."""
        return self.low is not None and self.low == self.high

    def contains(self, value: Rational) -> bool:
        """True where `value` lies inside, ends included."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """True where the two have a number in common."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )

    def meets_below(self, other: Interval) -> bool:
        """True as in `meets`, but without the upper end of `other`: for numbers that were cut off."""
        if self.low is not None and other.high is not None and self.low >= other.high:
            return False
        return self.meets(other)

    def holds_below(self, value: Rational) -> bool:
        """True where `value` lies inside, the upper end excluded: for sums of what was cut off."""
        return (self.low is None or self.low <= value) and (self.high is None or value < self.high)

    def __add__(self, other: Interval) -> Interval:
        return Interval(_sum(self.low, other.low), _sum(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return self + Interval(None if other.high is None else -other.high, None if other.low is None else -other.low)

    def __and__(self, other: Interval) -> Interval | None:
        """The numbers that lie in both intervals; None where none does."""
        if not self.meets(other):
            return None
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def __or__(self, other: Interval) -> Interval:
        """The least interval that holds both."""
        lows, highs = (self.low, other.low), (self.high, other.high)
        low = None if None in lows else min(low for low in lows if low is not None)
        return Interval(low, None if None in highs else max(high for high in highs if high is not None))

    def times(self, other: Interval) -> Interval:
        """The products of non-negative numbers of both.

        >>> Interval.exact(3).times(Interval(Fraction(1), None))
        Interval(low=Fraction(3, 1), high=None)
        """
        low = (self.low or Fraction(0)) * (other.low or Fraction(0))
        return Interval(low, None if self.high is None or other.high is None else self.high * other.high)

    def percent_of(self, base: Interval) -> Interval | None:
        """100 · self / base for non-negative intervals; None where the base can only be 0."""
        if base.high == 0:
            return None
        low = Fraction(0) if self.low is None or base.high is None else 100 * self.low / base.high
        high = None if self.high is None or not base.low or base.low < 0 else 100 * self.high / base.low
        return Interval(low, high)


HUNDRED = Interval(Fraction(100), Fraction(100))
PERCENT = Interval(Fraction(1, 100), Fraction(1, 100))


def total_of(intervals: Iterable[Interval]) -> Interval:
    """The sums of one number of each; 0 of none.

    >>> total_of([Interval.exact(3), Interval.rounded(Decimal(4), 0)])
    Interval(low=Fraction(13, 2), high=Fraction(15, 2))
    """
    return reduce(add, intervals, Interval.exact(0))


def common(intervals: Iterable[Interval]) -> Interval | None:
    """What lies in all of them; None where nothing does, or where there are none.

    >>> common([Interval(Fraction(1), Fraction(3)), Interval(Fraction(2), None)])
    Interval(low=Fraction(2, 1), high=Fraction(3, 1))
    """
    found: Interval | None = None
    for at, one in enumerate(intervals):
        found = one if at == 0 else None if found is None else found & one
    return found


def _sum(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def rounded(value: Rational, decimals: int) -> Decimal:
    """`value` rounded half up at `decimals` places, exactly, however long it is.

    >>> rounded(Fraction(25, 2), 0), rounded(Fraction(5430712, 100000), 1)
    (Decimal('13'), Decimal('54.3'))
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Decimal((int(exact < 0 and whole > 0), tuple(map(int, str(whole))), -decimals))


def approximate(value: Rational, decimals: int = 4) -> Decimal:
    """`value` as a Decimal with at most `decimals` places, trailing zeros dropped.

    >>> approximate(Fraction(322500, 3265))
    Decimal('98.7749')
    >>> approximate(Fraction(4647))
    Decimal('4647')
    """
    text = f"{rounded(value, decimals):f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
