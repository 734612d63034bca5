"""Slips: whether one wrong key explains how a figure misses the value that the others give.

`numbers` knows the slips of a figure that is suggested to the reader; here only the class is asked for, of very many
figures, so that cheap questions come first.
"""

from __future__ import annotations

import math
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from de06_extract.claims.prose.links.values import Value
from de06_extract.numbers.slips import SHORTEST

_ROUND_TENS, _ROUND_HUNDREDS = 1_000, 100_000  # below, a multiple of 10, of 100 is round; beyond, one of 10.000
_DIGITS = 10


class Slip(IntEnum):
    """What the hand did, the rarest by chance first: the fewer numbers one slip away, the more it tells of a mistake.

    Of a figure of four digits two neighbours swapped leave 3 numbers that may have been meant, a digit changed 36, a
    digit that lacks 50.
    """

    SWAPPED = 0  # two neighbours, or a digit doubled
    CHANGED = 1
    LOST = 2  # a digit lacks, or is too many


def is_long(figure: Value) -> bool:
    """True for a number written with three digits or more, «0,18» too, whose slips tell something."""
    return figure.length >= SHORTEST or _length(figure) >= SHORTEST


def slip_in(figure: Value, low: float, high: float) -> Slip | None:
    """The slip that, undone, brings the figure into [low, high]; None where there is none.

    Of short numbers, and of round counts, nearly every other is one edit away: they make no slips.
    """
    stated = written(figure)
    return stated.slip_from(low, high) if stated.tells else None


class Edits(NamedTuple):
    """Numbers that one slip undone at one place makes of a figure: `first`, then one every `step`, `times` in all."""

    slip: Slip
    first: int
    step: int
    times: int


class Written(NamedTuple):
    """A figure as it is written: its digits as a number, and what one edit makes of them.

    `edits` begin with those of the rarest slip. `tells` is true of a number whose slips tell something: neither short
    nor a round count. `least` and `most` are the bounds of the edits, `unit` is that of the last digit, `slack` what
    was rounded away.
    """

    digits: int
    edits: tuple[Edits, ...]
    least: int
    most: int
    tells: bool
    unit: float
    slack: float

    def slip_from(self, low: float, high: float) -> Slip | None:
        """The rarest slip that, undone in the digits as written, which are not right, gives a value in [low, high]."""
        first = max(0, math.ceil((low - self.slack) / self.unit - 1e-6))
        last = math.floor((high + self.slack) / self.unit + 1e-6)
        if last < first or last < self.least or first > self.most or first <= self.digits <= last:
            return None
        for slip, start, step, times in self.edits:  # asked of very many figures: no call for each
            if start <= last:
                at = (first - start + step - 1) // step if first > start else 0
                if at < times and start + at * step <= last:
                    return slip
        return None


@lru_cache(maxsize=4096)  # a report has fewer figures, each of which is asked for again and again
def written(figure: Value) -> Written:
    """The figure as it is written, with what is asked of its slips."""
    digits, length = figure.digits, _length(figure)
    tells = is_long(figure) and not _is_round(figure)
    edits = tuple(sorted(_edits(digits, length)))
    most = max([edit.first + edit.step * (edit.times - 1) for edit in edits])
    return Written(digits, edits, min([edit.first for edit in edits]), most, tells, figure.unit, figure.slack)


def _edits(digits: int, length: int) -> list[Edits]:
    """What each slip undone at each place makes of a number of `length` digits."""
    found = [Edits(Slip.LOST, digits, _DIGITS**length, _DIGITS)]
    for place in range(length):
        unit = _DIGITS**place
        above, own = divmod(digits // unit, _DIGITS)
        below, left = digits % unit, above % _DIGITS
        is_left = place + 1 < length
        found.append(Edits(Slip.LOST, (digits - below) * _DIGITS + below, unit, _DIGITS))
        found.append(Edits(Slip.CHANGED, digits - own * unit, unit, _DIGITS))
        found.append(Edits(Slip.SWAPPED if is_left and left == own else Slip.LOST, above * unit + below, 1, 1))
        if is_left:
            found.append(Edits(Slip.SWAPPED, digits + (own - left) * (_DIGITS - 1) * unit, 1, 1))
    return found


def _is_round(figure: Value) -> bool:
    digits = figure.digits
    step = 10 if digits < _ROUND_TENS else 100 if digits < _ROUND_HUNDREDS else 10_000
    return not figure.decimals and digits % step == 0


def _length(figure: Value) -> int:
    """The digits of a figure as written, at least those of its value with one before the comma."""
    length = max(figure.length, figure.decimals + 1)
    return length if 0 <= figure.digits < 10**length else len(str(figure.digits))
