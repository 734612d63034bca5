"""Misprints: figures of tables that several equations agree should be another one.

A wrong figure in a table breaks its row, its column and its percentage. Where exactly one figure, set to exactly one
value, makes all of them true again and breaks none that holds, that figure is the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from de06_extract.numbers.intervals import rounded
from de06_extract.numbers.units import is_measured
from de06_extract.rules.facts import Misprint
from de06_extract.rules.repairs.equations import equations
from de06_extract.schema.report import Claim, Quantity

_HOLDS = ("consistent", "truncated")


def find_misprints(claims: Sequence[Claim], name_of: Callable[[int], str]) -> tuple[Misprint, ...]:
    """The figures in two or more claims of tables that fail, each with the value that makes all of them hold.

    `name_of` says which row and column the figure at an offset stands in.
    """
    cells: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.table is not None and claim.verdict != "unverifiable":
            for quantity in figures_of(claim):
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


def figures_of(claim: Claim) -> Iterator[Quantity]:
    """Every figure of a claim."""
    for held in claim.quantities.values():
        yield from held if isinstance(held, tuple) else () if held is None else (held,)


def _explains_as_much(other: Misprint, misprint: Misprint) -> bool:
    """True where another figure would explain the same claims: then it is not certain which is wrong."""
    return {claim.id for claim in misprint.claims} <= {claim.id for claim in other.claims}


def _misprint(start: int, claims: Sequence[Claim], name_of: Callable[[int], str]) -> Misprint | None:
    failing = [claim for claim in claims if claim.verdict == "inconsistent"]
    if len(failing) < 2:
        return None
    values = {value for claim in failing if (value := _value(claim, start)) is not None}
    quantity = next(q for q in figures_of(failing[0]) if q.span.start == start)
    if len(values) != 1 or (right := values.pop()) < 0:
        return None
    printed = Fraction(rounded(right / quantity.scale, quantity.decimals)) * quantity.scale
    if printed != right or not all(_holds(claim, quantity, right) for claim in claims if claim.verdict != "undefined"):
        return None
    exact = not quantity.decimals and not is_measured(quantity.unit)
    return Misprint(quantity, name_of(start), right, tuple(failing), exact)


def _value(claim: Claim, start: int) -> Fraction | None:
    """What a sum, a remainder or a difference gives for the figure at `start`; None for a percentage."""

    def one(role: str) -> Fraction | None:
        held = claim.quantities.get(role)
        return Fraction(held.value) if isinstance(held, Quantity) else None

    def stands(role: str) -> bool:
        held = claim.quantities.get(role)
        return isinstance(held, Quantity) and held.span.start == start

    if claim.kind == "sum":
        parts = claim.quantities["parts"]
        assert isinstance(parts, tuple)
        others = sum((Fraction(part.value) for part in parts if part.span.start != start), Fraction(0))
        total = one("total")
        return others if stands("total") or total is None else total - others
    if claim.kind == "remainder":
        total, done, left = one("total"), one("done"), one("left")
        if total is None or done is None or left is None:
            return None
        return done + left if stands("total") else total - left if stands("done") else total - done
    old, new, delta = one("old"), one("new"), one("delta")
    if claim.kind != "change" or old is None or new is None or delta is None or stands("percent"):
        return None
    step = -delta if claim.direction == "down" else delta
    return new - step if stands("old") else old + step if stands("new") else abs(new - old)


def _holds(claim: Claim, quantity: Quantity, value: Fraction) -> bool:
    """True where the claim holds once the figure is `value`."""
    changed = quantity.model_copy(update={"value": rounded(value, quantity.decimals)})
    (equation,) = equations([claim], ())
    return equation.with_values({quantity.span.start: changed}).verdict() in _HOLDS
