"""Misprints: figures of tables that several equations agree should be another one.

A wrong figure in a table breaks its row, its column and its percentage. Where exactly one figure, set to exactly one
value, makes all of them true again and breaks none that holds, that figure is the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from de06_extract.numbers.intervals import rounded
from de06_extract.numbers.units import is_measured
from de06_extract.numbers.verdicts import HOLDS
from de06_extract.rules.facts import Misprint
from de06_extract.rules.repairs.equations import equations
from de06_extract.schema.report import Claim, Quantity


def find_misprints(claims: Sequence[Claim], name_of: Callable[[int], str]) -> tuple[Misprint, ...]:
    """The figures in two or more claims of tables that fail, each with the value that makes all of them hold.

    `name_of` says which row and column the figure at an offset stands in.
    """
    cells: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.table is not None and claim.verdict != "unverifiable":
            for quantity in claim.figures():
                cells.setdefault(quantity.span.start, []).append(claim)
    found = [m for start, held in cells.items() if (m := _misprint(start, held, name_of)) is not None]
    sharing: dict[str, list[Misprint]] = {}
    for misprint in found:
        for claim in misprint.claims:
            sharing.setdefault(claim.id, []).append(misprint)
    return tuple(m for m in found if not any(_explains_as_much(other, m) for other in _rivals(m, sharing)))


def _rivals(misprint: Misprint, sharing: dict[str, list[Misprint]]) -> list[Misprint]:
    """The other misprints found for one of its claims, that with the fewest."""
    fewest = min((sharing[claim.id] for claim in misprint.claims), key=len)
    return [other for other in fewest if other is not misprint]


def _explains_as_much(other: Misprint, misprint: Misprint) -> bool:
    """True where another figure would explain the same claims: then it is not certain which is wrong."""
    return {claim.id for claim in misprint.claims} <= {claim.id for claim in other.claims}


def _misprint(start: int, claims: Sequence[Claim], name_of: Callable[[int], str]) -> Misprint | None:
    failing = [claim for claim in claims if claim.verdict == "inconsistent"]
    if len(failing) < 2:
        return None
    values = {value for claim in failing if (value := _value(claim, start)) is not None}
    quantity = next(q for q in failing[0].figures() if q.span.start == start)
    if len(values) != 1 or (right := values.pop()) < 0:
        return None
    printed = Fraction(rounded(right / quantity.scale, quantity.decimals)) * quantity.scale
    if printed != right or not all(_holds(claim, quantity, right) for claim in claims if claim.verdict != "undefined"):
        return None
    exact = not quantity.decimals and not is_measured(quantity.unit)
    return Misprint(quantity, name_of(start), right, tuple(failing), exact)


def _value(claim: Claim, start: int) -> Fraction | None:
    """What the counts of a claim give for the figure at `start`; None for a percentage and for what is open."""
    (equation,) = equations([claim], ())
    counts = replace(equation, roles={role: held for role, held in equation.roles.items() if role != "percent"})
    room = counts.room(start)
    return None if room is None or room.low is None or room.high is None else (room.low + room.high) / 2


def _holds(claim: Claim, quantity: Quantity, value: Fraction) -> bool:
    """True where the claim holds once the figure is `value`."""
    changed = quantity.model_copy(update={"value": rounded(value, quantity.decimals)})
    (equation,) = equations([claim], ())
    return equation.with_values({quantity.span.start: changed}).verdict() in HOLDS
