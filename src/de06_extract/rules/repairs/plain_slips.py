"""Plain slips: what a claim shows by itself: misrounded, a level for an increase, numerator for denominator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import is_misrounded, states_level
from de06_extract.rules.repairs.edits import rewritten
from de06_extract.rules.repairs.equations import Equation, Values
from de06_extract.schema.report import Quantity


def plain_slips(equation: Equation) -> Iterator[tuple[str, Values]]:
    """The name of each slip that the figures may show, with the figures as they would stand without it."""
    if equation.kind is kind_of("ratio"):
        ratio = equation.quantity("numerator"), equation.quantity("denominator"), equation.quantity("percent")
        yield "rounding", _well_rounded(*ratio)
        yield "exchanged", _exchanged(*ratio[:2])
    if equation.kind is kind_of("change"):
        yield "level", _as_increase(*(equation.quantity(role) for role in ("old", "new", "percent")))


def _well_rounded(numerator: Quantity | None, denominator: Quantity | None, percent: Quantity | None) -> Values:
    """The percentage rounded to the nearest, where only its last digit is off."""
    if numerator is None or denominator is None or percent is None or not denominator.value:
        return {}
    share = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    return {percent.span.start: rewritten(percent, share)} if is_misrounded(percent, share) else {}


def _exchanged(numerator: Quantity | None, denominator: Quantity | None) -> Values:
    """Each in the other's place."""
    if numerator is None or denominator is None or numerator.scale != denominator.scale:
        return {}
    pairs = ((numerator, denominator), (denominator, numerator))
    return {one.span.start: _in_place_of(one, other) for one, other in pairs}


def _in_place_of(one: Quantity, other: Quantity) -> Quantity:
    return one.model_copy(update={"value": other.value, "decimals": other.decimals, "text": other.text})


def _as_increase(old: Quantity | None, new: Quantity | None, percent: Quantity | None) -> Values:
    """The increase, where the level that was reached is worded as one."""
    if old is None or new is None or percent is None or new.value < old.value or not states_level(old, new, percent):
        return {}
    size = Fraction(new.value) - Fraction(old.value)
    return {percent.span.start: rewritten(percent, 100 * size / Fraction(old.value))}
