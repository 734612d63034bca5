"""Counts that a rounded percentage of a count leaves open: 8,85% of 8.204 are 726 at least and 726 at most."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from de06_extract.schema.report import Quantity


def least_count(percent: Quantity, base: Quantity) -> int:
    """The smallest whole number that the percentage of the base can stand for.

    >>> from decimal import Decimal
    >>> from de06_extract.schema.report import Span
    >>> span = Span(start=0, end=0, text="")
    >>> percent = Quantity(value=Decimal("0.21"), decimals=2, text="0,21%", span=span)
    >>> base = Quantity(value=Decimal(82208), decimals=0, text="82.208", span=span)
    >>> least_count(percent, base), most_count(percent, base)
    (165, 180)
    """
    return max(0, ceil((Fraction(percent.value) - _half(percent)) * Fraction(base.value) / 100))


def most_count(percent: Quantity, base: Quantity) -> int:
    """The largest whole number that the percentage of the base can stand for."""
    return floor((Fraction(percent.value) + _half(percent)) * Fraction(base.value) / 100)


def _half(percent: Quantity) -> Fraction:
    """A whole unit of the last digit written: percentages may be cut as well as rounded."""
    return Fraction(1, 10**percent.decimals)
