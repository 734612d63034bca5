"""Slips: whether one wrong key explains how a figure misses the value that the others give.

`numbers.slips` says what one edit is; here it is asked of very many figures, so that cheap questions come first.
"""

from __future__ import annotations

import math

from rapidfuzz.distance import OSA

from de06_extract.claims.prose.links.values import Value
from de06_extract.numbers.slips import is_one_edit

_SHORTEST = 100  # numbers of three digits and more have slips; among shorter ones nearly every pair is one edit apart
_LONGEST_SHORT = 999  # what a number of one or two digits can become by one edit
_ROUND_HUNDREDS = 100_000  # up to here a multiple of 100 is a round number, beyond it one of 10.000 is
_TIMES = 12  # one edit makes a number at most about ten times larger or smaller
_MOST_TRIED = 20  # whole numbers that would be right; of more, one is always one edit away


def is_long(figure: Value) -> bool:
    """True for a number of three digits and more as it is written, whose slips tell something."""
    return figure.value >= (_SHORTEST - 0.5) * figure.unit


def is_slip(figure: Value, low: float, high: float) -> bool:
    """True where one digit changed, dropped or doubled, or two neighbours swapped, brings the figure into [low, high].

    Round numbers make no slips: nearly every other is one edit away.
    """
    digits = round(figure.value / figure.unit)
    if digits < _SHORTEST or (digits % 100 == 0 and digits < _ROUND_HUNDREDS) or digits % 10_000 == 0:
        return False
    first, last = _whole_units(figure, low, high)
    if last < digits / _TIMES or first > _TIMES * digits or last - first > _MOST_TRIED:
        return False
    return any(are_one_edit_apart(digits, other) for other in range(max(first, 0), last + 1))


def is_short_slip(figure: Value, low: float, high: float) -> bool:
    """The same for a number of one or two digits, of which nearly every other is one edit away."""
    digits = round(figure.value / figure.unit)
    if digits >= _SHORTEST:
        return False
    first, last = _whole_units(figure, low, high)
    if first > _LONGEST_SHORT or last < 0 or last - first > _MOST_TRIED:
        return False
    written = str(digits)
    return any(
        digits != other and OSA.distance(written, str(other), score_cutoff=1) <= 1
        for other in range(max(first, 0), last + 1)
    )


def are_one_edit_apart(a: int, b: int) -> bool:
    """True for two whole numbers of three digits and more that one edit, and no less, parts.

    >>> are_one_edit_apart(3225, 3252), are_one_edit_apart(3225, 3225), are_one_edit_apart(12, 13)
    (True, False, False)
    """
    return _may_be_one_edit(a, b) and is_one_edit(str(a), str(b))


def _whole_units(figure: Value, low: float, high: float) -> tuple[int, int]:
    """The first and last value in [low, high] that the figure's digits can write, in its last unit."""
    slack, unit = figure.slack, figure.unit
    return math.ceil((low - slack) / unit - 1e-6), math.floor((high + slack) / unit + 1e-6)


def _may_be_one_edit(a: int, b: int) -> bool:
    """False where the difference of two whole numbers is none that one edit makes; cheap, so asked first."""
    apart = abs(a - b)
    low, high = (a, b) if a < b else (b, a)
    if not apart or 8 * low < high:
        return bool(apart)  # a digit dropped or added
    while apart % 10 == 0:
        apart //= 10
    return apart < 10 or (apart % 9 == 0 and apart < 90) or 4 * low < high
