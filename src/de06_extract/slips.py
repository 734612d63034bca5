"""Slips of the pen: whether figures differ as a misread, mistyped or hastily computed one differs from the right one.

Where words leave open which figures belong together, a claim is called wrong only if it is nearly right: a percentage
of another base is far off, a slip is close or one edit away.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rapidfuzz.distance import OSA

from de06_extract.figures import Figure
from de06_extract.intervals import Rational, rounded

_SHORTEST = 3  # digits; among shorter figures nearly every pair is one edit apart


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
    return min(len(a), len(b)) >= _SHORTEST and OSA.distance(a, b, score_cutoff=1) <= 1


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


def lost_or_added(value: int) -> Iterator[int]:
    """The numbers that one digit lost, added or changed, or two neighbours swapped, makes of `value`.

    >>> sorted(lost_or_added(123))[:4]
    [12, 13, 23, 103]
    """
    text = str(value)
    seen = {value}
    for at in range(len(text) + 1):
        edits = [text[:at] + d + text[at:] for d in "0123456789"]
        if at < len(text):
            edits += [text[:at] + text[at + 1 :]] + [text[:at] + d + text[at + 1 :] for d in "0123456789"]
        if at + 1 < len(text):
            edits.append(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        for edit in edits:
            if edit and edit[0] != "0" and int(edit) not in seen:
                seen.add(int(edit))
                yield int(edit)
