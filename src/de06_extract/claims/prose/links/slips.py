"""Slips: whether one wrong key explains how a figure misses the value that the others give.

`numbers` knows the slips of a figure that is suggested to the reader; here only the class is asked for, of very many
figures, so that cheap questions come first.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from de06_extract.claims.prose.links.values import Value
from de06_extract.numbers.slips import SHORTEST, is_edit_away

_ROUND_TENS, _ROUND_HUNDREDS = 1_000, 100_000  # below, a multiple of 10, of 100 is round; beyond, one of 10.000
_TIMES = 12  # one edit makes a number at most about ten times larger or smaller, but for one that begins with 0
_MOST_TRIED = 20  # values that would be right; of more, one is always one edit away


def is_long(figure: Value) -> bool:
    """True for a number written with three digits or more, «0,18» too, whose slips tell something."""
    return figure.length >= SHORTEST or _length(figure) >= SHORTEST


def is_slip(figure: Value, low: float, high: float) -> bool:
    """True where one digit changed, dropped or doubled, or two neighbours swapped, brings the figure into [low, high].

    Of short numbers, and of round counts, nearly every other is one edit away: they make no slips.
    """
    stated = written(figure)
    return stated.tells and stated.is_edit_away_from(low, high)


class Written(NamedTuple):
    """A figure as it is written: its digits as a number and a text, and what one edit makes of them at most.

    `tells` is true of a number whose slips tell something: neither short nor a round count. `unit` is that of its last
    digit, `slack` what was rounded away.
    """

    digits: int
    text: str
    tells: bool
    least: float
    most: int
    unit: float
    slack: float

    def is_edit_away_from(self, low: float, high: float) -> bool:
        """True where one edit of the digits as written gives a value in [low, high], whatever the number."""
        end = (high + self.slack) / self.unit + 1e-6
        if end < self.least:
            return False
        begin = (low - self.slack) / self.unit - 1e-6
        if begin > self.most:
            return False
        first, last = math.ceil(begin), math.floor(end)
        if last < self.least or first > self.most or not 0 <= last - first <= _MOST_TRIED:
            return False
        digits, text = self.digits, self.text
        for other in range(max(first, 0), last + 1):
            if other == digits or not _may_be_edit_away(digits, other):
                continue
            if is_edit_away(text, str(other)) or is_edit_away(text, str(other).zfill(len(text))):
                return True
        return False


@lru_cache(maxsize=4096)  # a report has fewer figures, each of which is asked for again and again
def written(figure: Value) -> Written:
    """The figure as it is written, with what is asked of its slips."""
    digits, length = figure.digits, _length(figure)
    least, most = 0.0, 10 ** (length + 1) - 1
    if not figure.decimals and digits * 10 >= 10**length:  # it does not begin with 0
        least, most = max(0.0, digits / _TIMES), min(most, _TIMES * digits)
    tells = is_long(figure) and not _is_round(figure)
    return Written(digits, str(digits).zfill(length), tells, least, most, figure.unit, figure.slack)


def _is_round(figure: Value) -> bool:
    digits = figure.digits
    step = 10 if digits < _ROUND_TENS else 100 if digits < _ROUND_HUNDREDS else 10_000
    return not figure.decimals and digits % step == 0


def _length(figure: Value) -> int:
    """The digits of a figure as written, at least those of its value with one before the comma."""
    length = max(figure.length, figure.decimals + 1)
    return length if 0 <= figure.digits < 10**length else len(str(figure.digits))


def _may_be_edit_away(a: int, b: int) -> bool:
    """False where the difference of two whole numbers is none that one edit makes; cheap, so asked first."""
    apart = abs(a - b)
    low, high = (a, b) if a < b else (b, a)
    if not apart or 8 * low < high:
        return bool(apart)  # a digit dropped or added, or zeros in front
    while apart % 10 == 0:
        apart //= 10
    return apart < 10 or (apart % 9 == 0 and apart < 90) or 4 * low < high
