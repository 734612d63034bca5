"""Slips of the pen: whether two figures differ as a misread, mistyped or hastily computed one differs from the right one.

Where words leave open which figures belong together, a claim is called wrong only if it is nearly right: a percentage
of another base is far off, a slip is close or one edit away.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from rapidfuzz.distance import OSA

from de06_extract.figures import Figure
from de06_extract.intervals import Rational, rounded


def is_near(stated: Figure, computed: Rational, share: Fraction) -> bool:
    """True where `computed` is within `share` of the stated value, or one digit edit of it away."""
    exact = Fraction(computed)
    if exact <= 0:
        return False
    if abs(Fraction(stated.value) - exact) <= share * exact:
        return True
    return is_one_edit(
        digits(stated.value / stated.scale, stated.decimals), digits_of(exact / stated.scale, stated.decimals)
    )


def is_one_edit(a: str, b: str) -> bool:
    """True where one digit changed, dropped or doubled, or two neighbours swapped, makes `a` of `b`.

    Three digits at least: among shorter figures nearly every pair is one edit apart.

    >>> is_one_edit("4812", "4182"), is_one_edit("376", "367"), is_one_edit("35", "36")
    (True, True, False)
    """
    return min(len(a), len(b)) >= 3 and OSA.distance(a, b, score_cutoff=1) <= 1


def digits(value: Decimal, decimals: int) -> str:
    """The digits of a value written with `decimals` places, without separators."""
    return digits_of(Fraction(value), decimals)


def digits_of(value: Fraction, decimals: int) -> str:
    """The digits of an exact value rounded to `decimals` places, without separators.

    >>> digits_of(Fraction(1381, 100), 2)
    '1381'
    """
    return str(int(rounded(value, decimals).scaleb(decimals)))
