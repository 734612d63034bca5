"""Slips of the pen: whether figures differ as a misread, mistyped or hastily computed one differs from the right one.

Where words leave open which figures belong together, a claim is called wrong only if it is nearly right: a percentage
of another base is far off, a slip is close or one edit away. Where the words make it likely, the slip may sit in any of
the figures: undone, it makes the relation true.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval, Rational, rounded
from de06_extract.schema.report import Quantity

_SHIFTS = range(1, 4)  # places that a separator lost or misread moves the comma
_MOST_PARTS = 24  # of more, one is nearly always an edit from what is missing
SHORTEST = 3  # digits; among shorter figures nearly every pair is one edit apart


def is_near(stated: Figure, computed: Rational, share: Fraction) -> bool:
    """True where `computed` is within `share` of the stated value, one digit edit or one decimal place away."""
    exact = Fraction(computed)
    if exact <= 0:
        return False
    value = Fraction(stated.value)
    if abs(value - exact) <= share * exact:
        return True
    slack = Fraction(stated.slack)
    if slack and any(abs(value * shift - exact) <= slack * shift for shift in (Fraction(10), Fraction(1, 10))):
        return True
    written = digits_of(value / stated.scale, stated.decimals)
    return is_one_edit(written, digits_of(exact / stated.scale, stated.decimals))


def is_one_edit(a: str, b: str) -> bool:
    """True where one digit changed, dropped or doubled, or two neighbours swapped, makes `a` of `b`.

    >>> is_one_edit("4812", "4182"), is_one_edit("376", "367"), is_one_edit("35", "36")
    (True, True, False)
    """
    return min(len(a), len(b)) >= SHORTEST and is_edit_away(a, b)


def is_edit_away(a: str, b: str) -> bool:
    """The same for digits however few, of which nearly every pair is one edit apart; True of equal ones.

    >>> is_edit_away("35", "36"), is_edit_away("35", "53"), is_edit_away("35", "46")
    (True, True, False)
    """
    return OSA.distance(a, b, score_cutoff=1) <= 1


def is_swapped(a: str, b: str) -> bool:
    """True where two neighbouring digits changed places.

    >>> is_swapped("376", "367"), is_swapped("376", "736"), is_swapped("35", "36")
    (True, True, False)
    """
    return a != b and any(a[:at] + a[at + 1] + a[at] + a[at + 2 :] == b for at in range(len(a) - 1))


def digits_of(value: Fraction, decimals: int) -> str:
    """The digits of an exact value rounded to `decimals` places, without separators.

    >>> digits_of(Fraction(1381, 100), 2)
    '1381'
    """
    return str(int(rounded(value * 10**decimals, 0)))


class DigitEdit(NamedTuple):
    """The digits that one slip may have made those written of, and the place where it did.

    The digit at that place is another, or has changed places with the one behind it, or was added, or one before it was
    lost.
    """

    slip: Literal["swapped", "digit", "lost", "added"]
    at: int
    digits: str


def digit_edits(digits: str) -> Iterator[DigitEdit]:
    """Every way in which one slip may have made the digits; equal neighbours swapped leave them as they are.

    >>> [edit.digits for edit in digit_edits("12") if edit.slip in ("swapped", "added")]
    ['21', '2', '1']
    """
    for at in range(len(digits) - 1):
        yield DigitEdit("swapped", at, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    for at in range(len(digits)):
        for digit in "0123456789":
            if digit != digits[at]:
                yield DigitEdit("digit", at, digits[:at] + digit + digits[at + 1 :])
    for at in range(len(digits) + 1):
        for digit in "0123456789":
            yield DigitEdit("lost", at, digits[:at] + digit + digits[at:])
    for at in range(len(digits)):
        yield DigitEdit("added", at, digits[:at] + digits[at + 1 :])


def lost_or_added(value: int) -> Iterator[int]:
    """The numbers that one digit lost, added or changed, or two neighbours swapped, makes of `value`.

    >>> sorted(lost_or_added(123))[:4]
    [12, 13, 23, 103]
    """
    seen = {value}
    for edit in digit_edits(str(value)):
        if edit.digits and edit.digits[0] != "0" and int(edit.digits) not in seen:
            seen.add(int(edit.digits))
            yield int(edit.digits)


def mends(figure: Figure, low: Rational, high: Rational) -> bool:
    """True where undoing one slip of the hand in the figure gives a value between `low` and `high`, ends included.

    A digit mistyped, lost or doubled, two neighbours swapped, a comma lost, or one where a dot was meant. The value
    undone stands for its rounding, as the figure does.
    """
    if figure.bound != "exact" or figure.upper is not None or high < 0:
        return False
    bounds: dict[int, tuple[int, int]] = {}
    for digits, decimals in _undone(figure):
        if decimals not in bounds:
            bounds[decimals] = _steps(figure, decimals, Fraction(low), Fraction(high))
        least, most = bounds[decimals]
        if least <= digits <= most:
            return True
    return False


def _steps(figure: Figure, decimals: int, low: Fraction, high: Fraction) -> tuple[int, int]:
    """The least and the most units of its last digit that the figure has where it stands for `low` to `high`."""
    unit = Fraction(figure.scale) / Fraction(10) ** decimals
    plain = figure.exact_as_written or (decimals == 0 and figure.scale == 1 and figure.kind == "count")
    slack = Fraction(0) if plain else unit / 2
    return math.ceil((low - slack) / unit), math.floor((high + slack) / unit)


def _undone(figure: Figure) -> Iterator[tuple[int, int]]:
    """Digits and decimals of the numbers that one slip makes this figure of."""
    decimals = figure.decimals
    written = int(Fraction(figure.value) / figure.scale * 10**decimals)
    if not decimals and figure.kind != "count":
        yield from ((written, shift) for shift in _SHIFTS)  # the comma was lost
    if decimals == 3:
        yield written, 0  # a dot between thousands was meant
    text = str(written).rjust(decimals + 1, "0")
    point = len(text) - decimals
    for edit in digit_edits(text):
        if edit.slip == "lost":
            places = {decimals, decimals + 1} if edit.at == point and decimals else {decimals + (edit.at > point)}
            yield from ((int(edit.digits), place) for place in places)
        elif edit.slip == "added" and edit.digits:
            yield int(edit.digits), decimals - (edit.at >= point)
        elif edit.slip in ("swapped", "digit"):
            yield int(edit.digits), decimals


def mends_ratio(numerator: Figure, denominator: Figure, percent: Figure) -> bool:
    """True where one slip in any of the three, or two of them exchanged, keeps the percentage from being theirs."""
    part, whole, share = (Fraction(f.value) for f in (numerator, denominator, percent))
    low, high = share - Fraction(percent.slack), share + Fraction(percent.slack)
    low = max(low, Fraction(0))
    if whole and mends(percent, 100 * part / whole, 100 * part / whole):
        return True
    if mends(numerator, low * whole / 100, high * whole / 100):
        return True
    if high and part and mends(denominator, 100 * part / high, 100 * part / low if low else 10**15):
        return True
    if part and abs(100 * whole / part - share) <= Fraction(percent.slack):
        return True
    counted = share * 1000 if percent.decimals == 3 else share  # «24,02/42.282, đạt 10.157%»
    return bool(whole) and abs(100 * counted / whole - part) <= Fraction(1, 2 * 10**numerator.decimals)


def mends_sum(total: Figure, parts: Sequence[Figure]) -> bool:
    """True where one slip undone, in the total or in one of the parts, makes the parts add up.

    Of many parts some slip in one of them nearly always does, so that it shows nothing.
    """
    if len(parts) > _MOST_PARTS:
        return False
    whole, slack = Fraction(total.value), Fraction(total.slack) + sum(Fraction(part.slack) for part in parts)
    amount = sum((Fraction(part.value) for part in parts), Fraction(0))
    if mends(total, amount - slack, amount + slack):
        return True
    missing = whole - amount
    return any(mends(p, Fraction(p.value) + missing - slack, Fraction(p.value) + missing + slack) for p in parts)


def is_misrounded(percent: Quantity, computed: Rational) -> bool:
    """True where the percentage is less than a unit of its last digit from what it should be."""
    return abs(Fraction(percent.value) - Fraction(computed)) < Fraction(1, 10**percent.decimals)


def states_level(old: Quantity, new: Quantity, percent: Quantity) -> bool:
    """True where the percentage is 100 · new / old, although it is worded as a change."""
    level = Interval.exact(new.value).percent_of(Interval.exact(old.value))
    return level is not None and level.meets(Interval.rounded(percent.value, percent.decimals))
