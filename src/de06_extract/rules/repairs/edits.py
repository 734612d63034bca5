"""Edits: the slips of a pen that make a written figure of the one that is needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Literal, NamedTuple

import regex

from de06_extract.language.vocabulary import any_of, load
from de06_extract.numbers.figures import figure_of
from de06_extract.numbers.intervals import Interval, rounded
from de06_extract.numbers.notation import write_like
from de06_extract.numbers.numerals import LONGEST
from de06_extract.numbers.slips import digit_edits
from de06_extract.schema.report import Quantity

Slip = Literal["swapped", "digit", "lost", "added", "separator", "shifted", "scale"]
_MOST_PLACES = 3  # decimals of a percentage or amount, and digits that a separator groups
_THOUSAND = 1000  # from one scale word to the next
_NOUGHTS = "000"  # the digits of one scale word


@dataclass(frozen=True, slots=True)
class Edit:
    """A figure as it would stand after an edit, and the slip that would have made the written one of it."""

    slip: Slip
    quantity: Quantity


class _Change(NamedTuple):
    """A slip, and decimals, scale and digits of what may have been meant."""

    slip: Slip
    decimals: int
    scale: int
    digits: str


def edits(quantity: Quantity, needed: Interval) -> Iterator[Edit]:
    """Each edit that makes of the figure one that can stand for a value in `needed`, the smallest slip of each.

    >>> from de06_extract.schema.report import Span
    >>> q = Quantity(value=Decimal(376), decimals=0, text="376", span=Span(start=0, end=3, text="376"))
    >>> [(edit.slip, edit.quantity.text) for edit in edits(q, Interval(Fraction(366), Fraction(367)))]
    [('swapped', '367'), ('digit', '366')]
    """
    digits = _digits(quantity)
    if len(digits) > LONGEST or quantity.value <= 0:
        return
    seen, bounds = {quantity.value}, dict[tuple[int, int], tuple[int, int]]()
    for slip, decimals, scale, changed in _changes(quantity, digits):
        if (decimals, scale) not in bounds:
            bounds[decimals, scale] = _steps(quantity, decimals, scale, needed)
        least, most = bounds[decimals, scale]
        if not least <= int(changed) <= most:
            continue
        value = Decimal(changed).scaleb(-decimals) * scale
        text = quantity.text if scale == quantity.scale else _rescaled(quantity, scale)
        if value not in seen and text is not None:
            seen.add(value)
            written = {"value": value, "decimals": decimals, "scale": scale, "text": text}
            figure = quantity.model_copy(update=written)
            yield Edit(slip, figure.model_copy(update={"text": write_like(figure, value)}))


def rewritten(quantity: Quantity, value: Fraction) -> Quantity:
    """The figure with another value, as written: rounded to its decimals."""
    exact = rounded(value / quantity.scale, quantity.decimals) * quantity.scale
    return quantity.model_copy(update={"value": exact, "text": write_like(quantity, value)})


def _steps(quantity: Quantity, decimals: int, scale: int, needed: Interval) -> tuple[int, int]:
    """Between which numbers of units of its last digit the figure can stand for a value in `needed`."""
    unit = Fraction(scale, 10**decimals)
    slack = Fraction(figure_of(quantity.model_copy(update={"decimals": decimals, "scale": scale})).slack)
    least = 0 if needed.low is None else math.ceil((needed.low - slack) / unit)
    return least, 10**LONGEST if needed.high is None else math.floor((needed.high + slack) / unit)


def _digits(quantity: Quantity) -> str:
    """The digits as written, thousands separators left out; «0,65» has three."""
    whole = int((quantity.value / quantity.scale).scaleb(quantity.decimals))
    return str(whole).rjust(quantity.decimals + 1, "0")


def _changes(quantity: Quantity, digits: str) -> Iterator[_Change]:
    """What may have been meant, slip by slip."""
    slips = (_wrong_digits, _wrong_separators, _shifted_commas, _wrong_scales)
    return chain.from_iterable(changes(quantity, digits) for changes in slips)


def _wrong_digits(quantity: Quantity, digits: str) -> Iterator[_Change]:
    """One digit wrong, or two swapped; one lost or added only before the comma, where decimals stay as many."""
    whole = len(digits) - quantity.decimals
    for edit in digit_edits(digits):
        behind_comma = edit.at >= whole + (edit.slip == "lost")
        if (edit.slip in ("swapped", "digit") or not behind_comma) and _is_written_so(edit.digits, quantity.decimals):
            yield _Change(edit.slip, quantity.decimals, quantity.scale, edit.digits)


def _wrong_separators(quantity: Quantity, digits: str) -> Iterator[_Change]:
    """A comma for the dot of thousands, and the other way round: «3,225» for «3.225»."""
    grouped = not quantity.decimals and quantity.text.count(".") == 1 and not figure_of(quantity).exact_as_written
    if grouped or quantity.decimals == _MOST_PLACES:
        yield _Change("separator", _MOST_PLACES - quantity.decimals, quantity.scale, digits)


def _shifted_commas(quantity: Quantity, digits: str) -> Iterator[_Change]:
    """The comma in another place of a percentage, or of a figure with decimals: «9,877» for «98,77»."""
    if not quantity.decimals and quantity.unit != "%":
        return
    for places in range(_MOST_PLACES):
        if places != quantity.decimals and abs(places - quantity.decimals) <= _MOST_PLACES:
            yield _Change("shifted", places, quantity.scale, digits)


def _wrong_scales(quantity: Quantity, digits: str) -> Iterator[_Change]:
    """Three noughts more or less, or the scale word before or behind: «triệu» for «tỷ»."""
    decimals, scale = quantity.decimals, quantity.scale
    fewer = digits.removesuffix(_NOUGHTS)
    if fewer != digits and _is_written_so(fewer, decimals):
        yield _Change("scale", decimals, scale, fewer)
    if scale == 1:
        yield _Change("scale", decimals, scale, digits + _NOUGHTS)
    for other in (scale * _THOUSAND, scale // _THOUSAND):
        if other > 1:
            yield _Change("scale", decimals, other, digits)


def _is_written_so(digits: str, decimals: int) -> bool:
    """True for a number as one writes it: with a digit before the comma, and no zero before other digits there."""
    return len(digits) > decimals and (digits[0] != "0" or len(digits) == decimals + 1)


def _rescaled(quantity: Quantity, scale: int) -> str | None:
    """The text with the scale word of another scale; None where there is none to put another for."""
    word = next((word for word, value in _scales().items() if value == scale), None)
    if word is None or not _scale_word().search(quantity.text):
        return None  # «846/1.204 tỷ đồng»: the word of both stands behind the other
    return _scale_word().sub(word, quantity.text, count=1)


@cache
def _scales() -> dict[str, int]:
    return dict(load("units")["scale"]["value"])


@cache
def _scale_word() -> regex.Pattern[str]:
    return regex.compile(any_of("units", "scale"))


def whole_values(quantity: Quantity, needed: Interval) -> list[Fraction]:
    """The least and the greatest value with the figure's decimals that can stand for one in `needed`.

    An empty list: there is none, or no end to them. One value: there is no other; of two on either side of a value
    that is known exactly, the nearer.
    """
    if needed.low is None or needed.high is None:
        return []
    unit = Fraction(quantity.scale, 10**quantity.decimals)
    first, last = _steps(quantity, quantity.decimals, quantity.scale, needed)
    if not figure_of(quantity).exact_as_written and last - first == 1:
        first = last = int(rounded((needed.low + needed.high) / 2 / unit, 0))
    return [unit * n for n in dict.fromkeys((max(first, 0), last)) if max(first, 0) <= last]
