"""Outcomes: how the arithmetic of a candidate relation comes out, in classes whose chance is known.

A relation that is meant nearly always holds; one that is not meant holds by chance. How much a class says depends on
how finely the figures are written: `values.resolution_class`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final

from de06_extract.claims.prose.links.slips import Slip, slip_in, written
from de06_extract.claims.prose.links.values import EPSILON, INFINITE, Value, meets


class Outcome(IntEnum):
    """A class of outcomes; the numbers are the places in the model's tables."""

    HOLDS = 0
    CUT = 1  # holds if the stated figure was cut off, not rounded
    LAST_DIGIT = 2  # misses by a unit of the last digit or little more
    SLIP = 3  # a digit that is another explains the miss
    NEAR = 4
    FAILS = 5
    BOUND_HOLDS = 6  # «hơn 300», «từ 5 đến 10», and what the others give is close to it
    BOUND_FAILS = 7
    WRONG_WAY = 8  # the value rose, the words say that it fell
    OPEN = 9  # nothing to compute
    SHORT_SLIP = 10  # a digit that is another, lacks or is too many, in a number of one or two digits
    SWAP = 11  # two digits or figures swapped, or a digit doubled: of all slips the rarest by chance
    LOST = 12  # a digit that lacks or is too many
    SHORT_SWAP = 13


HOLDS, CUT, LAST_DIGIT, SLIP, NEAR, FAILS, BOUND_HOLDS, BOUND_FAILS, WRONG_WAY, OPEN, *_REST = Outcome
SHORT_SLIP, SWAP, LOST, SHORT_SWAP = _REST

SLIPS: Final = frozenset({SLIP, SWAP, LOST})
SHORT_SLIPS: Final = frozenset({SHORT_SLIP, SHORT_SWAP})
WRONG: Final = SLIPS | SHORT_SLIPS | {LAST_DIGIT, NEAR, FAILS, WRONG_WAY}  # a relation that is meant and fails

_BY_SLIP = {Slip.SWAPPED: SWAP, Slip.CHANGED: SLIP, Slip.LOST: LOST}

_NEAR_SHARE = 0.05  # a percentage or size that far off at most, as a share of the right one, is near
_NEAR_CHANGE = 0.07  # the same for a percentage between two values, whose difference is small beside their rounding
_NEAR_TOTAL = 0.03  # parts that miss the total by that share of it are near
_NEAR_HUNDRED = 1.5  # percentage points by which the shares of a whole miss 100 and are near
_BOUND = 0.08  # a bounded figure that far off at most is met
_BOUND_HUNDRED = 2  # percentage points by which shares with «khoảng» may miss 100
_LAST_UNITS = 3  # half units of the last digit by which a figure is misrounded at most
_MOST_TIMES = 20  # parts that together are so many times more or less than the total miss it by no slip
_PART_SLIP = (0.15, 7)  # a slip in one part leaves the total between these times what the parts give
_CUT_SHARES = 1e-7  # percentage points: what floats lose when shares are added

Right = tuple[Value, float, float]
"""A figure with the least and the most that the others of its relation allow."""


def of_ratio(numerator: Value, base: Value, percent: Value, slash: bool = False) -> Outcome:
    """How percent = 100 · numerator / base comes out; `slash` where they are written as «a/b», and may be exchanged."""
    if base.value <= 0:
        return FAILS
    got = 100 * numerator.value / base.value
    if numerator.vague or base.vague or percent.vague:
        return _bounded(got, percent.value)
    high = 100 * numerator.high / base.low if base.low > 0 else INFINITE
    found = _stated(100 * max(0.0, numerator.low) / base.high, high, got, percent)
    if found is not None:
        return found
    if not got or not percent.value:
        return FAILS
    if slash and _is_exchanged(numerator, base, percent):
        return SWAP
    return _missed_ratio(got, numerator, base, percent)


def of_total(parts: Sequence[Value], total: Value) -> Outcome:
    """How total = Σ parts comes out; for remainders too, whose total is what is done and what is left."""
    middle = math.fsum([part.value for part in parts])
    slack = math.fsum([part.slack for part in parts])
    if total.vague or any(part.vague for part in parts):
        return _bounded(middle, total.value)
    found = _stated(middle - slack, middle + slack, middle, total)
    if found is not None:
        return found
    if middle > 0 and total.value > 0 and 1 / _MOST_TIMES < total.value / middle < _MOST_TIMES:
        return _missed_total(parts, total, middle, slack)
    return FAILS


def of_change(old: Value | None, new: Value | None, size: Value | None, percent: Value | None, sign: int) -> Outcome:
    """How size = ±(new − old) and percent = 100 · size / old come out; the worse of both where both are stated."""
    if old is not None and new is not None:
        return _of_levels(old, new, size, percent, sign)
    if size is None or percent is None or (old is None and new is None):
        return OPEN
    if old is not None:
        return _of_base(old, 0, size, percent, old.value, old.slack)
    assert new is not None
    return _of_base(new, sign, size, percent, new.value - sign * size.value, new.slack + size.slack)


def of_shares(percents: Sequence[Value]) -> Outcome:
    """How 100 = Σ percents comes out, the percentages of one whole."""
    total, slack = math.fsum(p.value for p in percents), math.fsum(p.slack for p in percents)
    if any(percent.vague for percent in percents):
        return BOUND_HOLDS if abs(total - 100) <= _BOUND_HUNDRED else BOUND_FAILS
    if abs(total - 100) <= slack + _CUT_SHARES:
        return HOLDS
    if 100 - 2 * slack <= total < 100:
        return CUT
    missing = 100 - total
    right = [(p, p.value + missing - slack, p.value + missing + slack) for p in percents]
    return _missed(right, abs(missing) <= _NEAR_HUNDRED)


def _missed(figures: Iterable[Right], near: bool) -> Outcome:
    """The class of a relation that fails by more than rounding, first by the slip in one figure that explains it."""
    slips: list[Slip] = []
    short: list[Slip] = []
    for figure, low, high in figures:
        stated = written(figure)
        slip = stated.slip_from(low, high)
        if slip is not None:
            (slips if stated.tells else short).append(slip)
            if slip is Slip.SWAPPED and stated.tells:
                break
    if slips:
        return _BY_SLIP[min(slips)]
    if near:
        return NEAR
    if short:
        return SHORT_SWAP if min(short) is Slip.SWAPPED else SHORT_SLIP
    return FAILS


def _stated(low: float, high: float, middle: float, stated: Value) -> Outcome | None:
    """The class of a stated figure against what the others give, None where it is neither right nor misrounded."""
    value, slack = stated.value, stated.slack
    if meets(low, high, value - slack, value + slack):
        return HOLDS
    if slack:
        if meets(low, high, value, value + 2 * slack):
            return CUT
        if middle > 0 and abs(middle - value) <= _LAST_UNITS * slack:
            return LAST_DIGIT
    return None


def _bounded(got: float, stated: float) -> Outcome:
    return BOUND_HOLDS if stated and abs(got - stated) <= _BOUND * abs(stated) else BOUND_FAILS


def _is_exchanged(numerator: Value, base: Value, percent: Value) -> bool:
    """True where the percentage is that of the base in the numerator: «3.265/3.225 hồ sơ, đạt 98,77%»."""
    if numerator.value <= base.value:
        return False
    low = 100 * base.low / numerator.high
    return meets(low, 100 * base.high / max(numerator.low, EPSILON), percent.low, percent.high)


def _missed_ratio(got: float, numerator: Value, base: Value, percent: Value) -> Outcome:
    """The class of a percentage that is neither `got` nor rounded from it."""
    low, high = max(0.0, percent.low) / 100, percent.high / 100
    right = [
        (percent, 100 * max(0.0, numerator.low) / base.high, _share(numerator.high, base.low)),
        (numerator, low * base.low, high * base.high),
    ]
    if low > 0:
        right.append((base, numerator.low / high, numerator.high / low))
    return _missed(right, abs(got - percent.value) <= _NEAR_SHARE * got)


def _share(part: float, whole: float) -> float:
    return 100 * part / whole if whole > 0 else INFINITE


def _missed_total(parts: Sequence[Value], total: Value, middle: float, slack: float) -> Outcome:
    """The class of a total that is neither the sum of the parts, `middle`, nor rounded from it."""
    return _missed(_right_by_total(parts, total, middle, slack), abs(total.value - middle) <= _NEAR_TOTAL * total.value)


def _right_by_total(parts: Sequence[Value], total: Value, middle: float, slack: float) -> Iterator[Right]:
    """What the total would be by the parts, and each part by the total and the others."""
    yield (total, middle - slack, middle + slack)
    least, most = _PART_SLIP
    if least < total.value / middle < most:
        room, missing = slack + total.slack, total.value - middle
        for part in parts:
            yield (part, part.value + missing - room, part.value + missing + room)


def _of_base(known: Value, sign: int, size: Value, percent: Value, base: float, slack: float) -> Outcome:
    """How percent = 100 · size / base comes out; `known` is the base, with sign 0, or what the size led to."""
    if base <= 0:
        return FAILS
    share = 100 * size.value / base
    if known.vague or size.vague or percent.vague:
        return _bounded(share, percent.value)
    found = _stated(100 * max(0.0, size.low) / (base + slack), _share(size.high, base - slack), share, percent)
    if found is not None:
        return found
    return _missed_size(known, sign, size, percent, share) if share > 0 and percent.value > 0 else FAILS


def _missed_size(known: Value, sign: int, size: Value, percent: Value, share: float) -> Outcome:
    """The class of a percentage that is neither that of the size nor rounded from it.

    size = p · old = p · new / (1 ± p), and the other way round.
    """
    low, high = max(0.0, percent.low) / 100, percent.high / 100
    right = [(percent, share, share)]
    if sign * low > -1 and sign * high > -1:
        right.append((size, low * known.low / (1 + sign * low), high * known.high / (1 + sign * high)))
    if low > 0:
        right.append((known, size.low * (1 / high + sign), size.high * (1 / low + sign)))
    return _missed(right, abs(share - percent.value) <= _NEAR_SHARE * share)


_MILDEST_FIRST = (
    HOLDS, BOUND_HOLDS, CUT, BOUND_FAILS, LAST_DIGIT, SWAP, SLIP, LOST, NEAR, SHORT_SWAP, SHORT_SLIP, FAILS, WRONG_WAY,
    OPEN,
)  # fmt: skip


def _of_levels(old: Value, new: Value, size: Value | None, percent: Value | None, sign: int) -> Outcome:
    """The worse outcome of the size and the percentage of a change whose values are both stated."""
    vague = old.vague or new.vague or any(stated is not None and stated.vague for stated in (size, percent))
    difference = sign * (new.value - old.value)
    if difference < 0:
        return BOUND_FAILS if vague else _of_wrong_way(old, new, size, percent, sign)
    share = 100 * difference / old.value if old.value else INFINITE
    found = []
    if size is not None:
        found.append(_bounded(difference, size.value) if vague else _of_size(difference, size, old, new, sign))
    if percent is not None:
        found.append(_bounded(share, percent.value) if vague else _of_share(difference, percent, old, new, sign))
    if not found:
        return BOUND_HOLDS if vague else HOLDS
    return max(found, key=_MILDEST_FIRST.index)


def _of_wrong_way(old: Value, new: Value, size: Value | None, percent: Value | None, sign: int) -> Outcome:
    """A value that rose where words say that it fell: a slip where size or percentage tell which other was meant."""
    right = [] if size is None else _right_by_size(old, new, size, sign)
    if percent is not None:
        right += _right_by_share(old, new, percent, sign)
    slips = [slip for figure in right if (slip := slip_in(*figure)) is not None]
    return _BY_SLIP[min(slips)] if slips else WRONG_WAY


def _right_by_size(old: Value, new: Value, size: Value, sign: int) -> list[Right]:
    """What the old and the new value of a change would be by its size and the other."""
    to, back = old.value + sign * size.value, new.value - sign * size.value
    return [
        (new, to - size.slack - old.slack, to + size.slack + old.slack),
        (old, back - size.slack - new.slack, back + size.slack + new.slack),
    ]


def _right_by_share(old: Value, new: Value, percent: Value, sign: int) -> list[Right]:
    """What the old and the new value of a change would be by its percentage and the other."""
    factors = sorted(1 + sign * end / 100 for end in (percent.low, percent.high))
    if factors[0] <= 0:
        return []
    return [
        (new, old.low * factors[0], old.high * factors[1]),
        (old, new.low / factors[1], new.high / factors[0]),
    ]


def _of_size(difference: float, size: Value, old: Value, new: Value, sign: int) -> Outcome:
    """How size = difference comes out, the difference of an old and a new value in the direction that is stated."""
    wide = new.slack + old.slack
    found = _stated(difference - wide, difference + wide, difference, size)
    if found is not None:
        return found
    if difference <= 0 or size.value <= 0:
        return FAILS
    right = [(size, difference - wide, difference + wide), *_right_by_size(old, new, size, sign)]
    return _missed(right, abs(difference - size.value) <= _NEAR_SHARE * size.value)


def _of_share(difference: float, percent: Value, old: Value, new: Value, sign: int) -> Outcome:
    """How percent = 100 · difference / old comes out, the difference of an old and a new value."""
    share = 100 * difference / old.value if old.value else INFINITE
    wide = new.slack + old.slack
    low = 100 * max(0.0, difference - wide) / old.high if old.high else 0.0
    high = 100 * (difference + wide) / old.low if old.low > 0 else INFINITE
    found = _stated(low, high, share, percent)
    if found is not None:
        return found
    if not (0 < share < INFINITE / 10 and percent.value > 0):
        return FAILS
    right = [(percent, low, high), *_right_by_share(old, new, percent, sign)]
    return _missed(right, abs(share - percent.value) <= _NEAR_CHANGE * share)
