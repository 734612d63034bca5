"""Figures that several failing equations share, each of which holds once the same figure is another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from de06_extract.heartbeat import stepping
from de06_extract.numbers.intervals import Interval
from de06_extract.rules.repairs.equations import Equation

_MOST_FIGURES = 40  # of an equation: in longer sums every figure could be the wrong one
_MOST_HOLDERS = 40  # equations of one figure that are held against each other


def explained_together(failing: Mapping[int, Sequence[Equation]]) -> Iterator[tuple[int, int]]:
    """The pairs of keys whose equations fail for want of the same value of a figure that they share.

    What an equation leaves for a figure tells only where that lies far from what is written: two percentages that are
    rounded the wrong way leave their base the same room by chance.
    """
    rooms: dict[int, list[tuple[int, Interval]]] = defaultdict(list)
    shared = _shared(failing)
    for key, equations in stepping(list(failing.items())):
        for equation in equations:
            for start, room in _far_rooms(equation, shared):
                rooms[start].append((key, room))
    for held in rooms.values():
        for at, (key, room) in enumerate(held[:_MOST_HOLDERS]):
            yield from ((key, other) for other, beside in held[at + 1 : _MOST_HOLDERS] if room.meets(beside))


def _shared(failing: Mapping[int, Sequence[Equation]]) -> set[int]:
    """Where the figures stand that are in the equations of two keys."""
    keys: dict[int, set[int]] = defaultdict(set)
    for key, equations in failing.items():
        for equation in equations:
            for quantity in equation.quantities:
                keys[quantity.span.start].add(key)
    return {start for start, of in keys.items() if len(of) > 1}


def _far_rooms(equation: Equation, shared: set[int]) -> Iterator[tuple[int, Interval]]:
    """What an equation leaves for each shared figure, where that is further from the figure than it is wide."""
    quantities = list(equation.quantities)
    if len(quantities) > _MOST_FIGURES:
        return
    for quantity in quantities:
        if quantity.span.start not in shared:
            continue
        room = equation.room(quantity.span.start)
        if room is None or room.low is None or room.high is None:
            continue
        value = Fraction(quantity.value)
        distance = max(room.low - value, value - room.high, Fraction(0))
        if distance > room.high - room.low:
            yield quantity.span.start, room
