"""Equations: what claims and repeats say of the figures of a document, and what they leave open for one of them.

A figure is known by where it stands. `Values` says which figures are taken to be others than those written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce
from operator import add
from typing import cast

from de06_extract.numbers.figures import Figure, figure_of
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.verdicts import (
    interval,
    judge_change,
    judge_distribution,
    judge_ratio,
    judge_remainder,
    judge_sum,
)
from de06_extract.schema.report import Claim, Comparison, Direction, Quantity, Verdict

Values = Mapping[int, Quantity]
Roles = Mapping[str, Quantity | tuple[Quantity, ...] | None]
_PERCENT = Interval.exact(Fraction(1, 100))
_HUNDRED = Interval.exact(100)


@dataclass(frozen=True, eq=False)
class Equation:
    """Figures in roles that must fit together; `id` is the claim's or comparison's, `said` its verdict.

    A repeat has the one role `figures`, and `constant` where they are held against a value that is not written.
    """

    id: str
    kind: str
    roles: Roles
    said: Verdict
    direction: Direction | None = None
    constant: Decimal | None = None

    @cached_property
    def follows(self) -> bool:
        """True where the verdict follows from the figures alone, so that it can be told for others."""
        return self.verdict() == self.said

    @property
    def quantities(self) -> Iterator[Quantity]:
        """The figures as written."""
        for held in self.roles.values():
            yield from held if isinstance(held, tuple) else () if held is None else (held,)

    def with_values(self, values: Values) -> Equation:
        """The same of the figures that some are taken to be."""
        roles = {
            role: tuple(values.get(q.span.start, q) for q in held) if isinstance(held, tuple)
            else None if held is None else values.get(held.span.start, held)
            for role, held in self.roles.items()
        }  # fmt: skip
        return replace(self, roles=roles)

    def quantity(self, role: str) -> Quantity | None:
        """What is written in a role that holds one figure."""
        held = self.roles.get(role)
        return held if isinstance(held, Quantity) else None

    def one(self, role: str) -> Figure | None:
        """The figure in a role that holds one."""
        held = self.quantity(role)
        return None if held is None else figure_of(held)

    def several(self, role: str) -> list[Figure]:
        """The figures in a role that holds a list."""
        held = self.roles.get(role)
        return [figure_of(quantity) for quantity in held] if isinstance(held, tuple) else []

    def verdict(self) -> Verdict:
        """Whether the figures can all be true."""
        one, several = self.one, self.several
        if self.kind == "ratio":
            return judge_ratio(one("numerator"), one("denominator"), one("percent")).verdict
        if self.kind == "remainder":
            return judge_remainder(one("total"), one("done"), one("left")).verdict
        if self.kind == "change":
            return judge_change(one("old"), one("new"), one("delta"), one("percent"), self.direction).verdict
        if self.kind == "distribution":
            return judge_distribution(one("base"), several("percents")).verdict
        if self.kind == "repeat":
            return self._agreement()
        total = one("total")
        return "unverifiable" if total is None or not several("parts") else judge_sum(total, several("parts")).verdict

    def _agreement(self) -> Verdict:
        common = Interval(None, None) if self.constant is None else Interval.exact(self.constant)
        figures = self.several("figures")
        for figure in figures:
            both = common & interval(figure)
            if both is None:
                return "inconsistent"
            common = both
        return "unverifiable" if any(figure.is_open for figure in figures) else "consistent"

    def room(self, start: int) -> Interval | None:
        """What the others leave for the figure that stands at `start`; None where they leave nothing or any value."""
        for role, held in self.roles.items():
            if isinstance(held, Quantity) and held.span.start == start:
                return self._room_of(role)
            for at, quantity in enumerate(held if isinstance(held, tuple) else ()):
                if quantity.span.start == start:
                    return self._room_in_list(role, at)
        return None

    def _room_of(self, role: str) -> Interval | None:
        held = {name: interval(figure) for name in self.roles if (figure := self.one(name)) is not None}
        if self.kind == "sum":
            return reduce(add, map(interval, self.several("parts")))
        if self.kind == "remainder":
            total, done, left = held["total"], held["done"], held["left"]
            return {"total": done + left, "done": total - left, "left": total - done}[role]
        if self.kind == "ratio":
            return _room_in_ratio(role, held)
        return _room_in_change(role, held, -1 if self.direction == "down" else 1) if self.kind == "change" else None

    def _room_in_list(self, role: str, at: int) -> Interval | None:
        others = [interval(figure) for n, figure in enumerate(self.several(role)) if n != at]
        if self.kind == "repeat":
            constant = [] if self.constant is None else [Interval.exact(self.constant)]
            return _common(others + constant)
        whole = self.one("total") if self.kind == "sum" else None
        total = _HUNDRED if role == "percents" else interval(whole) if whole is not None else None
        return None if total is None else total - reduce(add, others, Interval.exact(0))

    def written(self) -> str:
        """The equation in the figures' own notation; of a repeat, the figure."""
        texts = {role: held.text for role, held in self.roles.items() if isinstance(held, Quantity)}
        lists = {role: [q.text for q in held] for role, held in self.roles.items() if isinstance(held, tuple)}
        if self.kind == "repeat":
            return lists["figures"][0]
        if self.kind == "ratio":
            return "{numerator}/{denominator} = {percent}".format(**texts)
        if self.kind == "remainder":
            return "{total} − {done} = {left}".format(**texts)
        if self.kind == "change":
            return _change_in_words(texts, self.direction)
        if self.kind == "distribution":
            return f"{' + '.join(lists['percents'])} = 100%"
        return f"{' + '.join(lists['parts'])} = {texts['total']}"


def _common(intervals: Sequence[Interval]) -> Interval | None:
    common: Interval | None = Interval(None, None)
    for one in intervals:
        common = None if common is None else common & one
    return common if intervals else None


def _room_in_ratio(role: str, held: Mapping[str, Interval]) -> Interval | None:
    if len(held) < 3:
        return None
    numerator, denominator, percent = held["numerator"], held["denominator"], held["percent"]
    if role == "numerator":
        return percent.times(denominator).times(_PERCENT)
    return numerator.percent_of(percent if role == "denominator" else denominator)


def _room_in_change(role: str, held: Mapping[str, Interval], sign: int) -> Interval | None:
    """What each of delta = ±(new − old) and percent = 100 · delta / old leaves, both together."""
    old, new, delta, percent = (held.get(name) for name in ("old", "new", "delta", "percent"))
    rooms: list[Interval | None] = []
    if role == "delta":
        if old and new:
            rooms.append(new - old if sign > 0 else old - new)
        elif percent and old:
            rooms.append(percent.times(old).times(_PERCENT))
        elif percent and new:
            grown = _HUNDRED + percent if sign > 0 else _HUNDRED - percent
            share = percent.percent_of(grown)
            rooms.append(None if share is None else share.times(new).times(_PERCENT))
    if role == "percent":
        if old and new:
            delta = new - old if sign > 0 else old - new
        elif delta and new:
            old = new - delta if sign > 0 else new + delta
        rooms.append(delta.percent_of(old) if delta and old else None)
    if role == "new" and delta and not old and percent:
        old = delta.percent_of(percent)
    if role in ("old", "new") and percent and (old if role == "new" else new):
        grown = _HUNDRED + percent if sign > 0 else _HUNDRED - percent
        other = cast(Interval, old if role == "new" else new)
        rooms.append(other.times(grown).times(_PERCENT) if role == "new" else other.percent_of(grown))
    if role in ("old", "new") and delta and (old if role == "new" else new):
        other = cast(Interval, old if role == "new" else new)
        rooms.append(other + delta if (role == "new") == (sign > 0) else other - delta)
    if role == "old" and not new and delta and percent:
        rooms.append(delta.percent_of(percent))
    known = [room for room in rooms if room is not None]
    return _common(known) if len(known) == len(rooms) else None


def _change_in_words(texts: Mapping[str, str], direction: Direction | None) -> str:
    old, new, delta, percent = (texts.get(role) for role in ("old", "new", "delta", "percent"))
    sign, back = ("−", "+") if direction == "down" else ("+", "−")
    size = delta if old is None or new is None else f"{old} − {new}" if direction == "down" else f"{new} − {old}"
    said = [f"{size} = {delta}"] if size != delta and delta is not None else []
    if percent is not None:
        base = old if old is not None else f"({new} {back} {delta})"
        said.append(f"({size})/{base} = {percent}" if size != delta else f"{size}/{base} = {percent}")
    return "; ".join(said) or f"{old} {sign} … = {new}"


def equations(claims: Sequence[Claim], comparisons: Sequence[Comparison]) -> list[Equation]:
    """An equation for each claim and each repeat; those count that follow from their figures."""
    stated = [
        Equation(claim.id, claim.kind, claim.quantities, claim.verdict, claim.direction)
        for claim in claims
        if claim.kind in _KINDS
    ]
    for comparison in comparisons:
        if comparison.kind == "repeat" and comparison.figures:
            stated += _repeats(comparison)
    return stated


def implied(violated: Sequence[Equation], stated: Sequence[Equation]) -> Iterator[Equation]:
    """Ratios that name no base, of a total before them that must be wrong: they fit what it should be, or say nothing.

    «Kết quả xử lý 31.421 phản ánh: đã xử lý xong 6.657 phản ánh, đạt 49,60%»: no total fits the percentage.
    """
    bare = [e for e in stated if e.kind == "ratio" and e.quantity("denominator") is None and e.quantity("percent")]
    counted = sorted((q.span.start, e.id, e) for e in bare if (q := e.quantity("numerator")) is not None)
    starts = [start for start, _, _ in counted]
    for equation in violated:
        for whole in filter(None, map(equation.quantity, ("total", "denominator", "new"))):
            first, last = bisect_right(starts, whole.span.start), bisect_right(starts, whole.span.start + _REACH)
            for _, name, ratio in counted[first:last]:
                yield replace(
                    ratio,
                    id=f"{equation.id} {name}",
                    roles={**ratio.roles, "denominator": whole},
                    said="inconsistent",
                )


_REACH = 500  # characters behind a total in which percentages of it may stand
_KINDS = ("ratio", "sum", "remainder", "change", "distribution")


def _repeats(comparison: Comparison) -> Iterator[Equation]:
    """What a repeat says: of two rows, that their figures are the same place by place."""
    half = len(comparison.figures) // 2
    if comparison.relation != "table" or half < 2:
        yield _repeat(comparison)
        return
    for pair in zip(comparison.figures[:half], comparison.figures[half:], strict=True):
        equation = Equation(comparison.id, "repeat", {"figures": pair}, comparison.verdict)
        yield replace(equation, said=equation.verdict())


def _repeat(comparison: Comparison) -> Equation:
    """Figures that are the same, or one that others add up to."""
    name, said, computed = comparison.id, comparison.verdict, comparison.computed
    figures = comparison.figures
    if computed is None:
        return Equation(name, "repeat", {"figures": figures}, said)
    together = sum(figure.value for figure in figures)
    totals = [figure for figure in figures if len(figures) > 2 and together - figure.value == computed]
    if len(totals) == 1:
        parts = tuple(figure for figure in figures if figure is not totals[0])
        return Equation(name, "sum", {"total": totals[0], "parts": parts}, said)
    return Equation(name, "repeat", {"figures": figures[:1]}, said, constant=computed)
