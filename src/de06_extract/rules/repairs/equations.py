"""Equations: what claims and repeats say of the figures of a document, and what they leave open for one of them.

A figure is known by where it stands. `Values` says which figures are taken to be others than those written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from de06_extract.numbers.figures import Figure, figure_of
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.kind import Kind, Operands
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.repeat import REPEAT
from de06_extract.numbers.verdicts import interval
from de06_extract.schema.report import Claim, Comparison, Direction, Quantity, Verdict

Values = Mapping[int, Quantity]
Roles = Mapping[str, Quantity | tuple[Quantity, ...] | None]


@dataclass(frozen=True, eq=False)
class Equation:
    """Figures in roles that must fit together; `id` is the claim's or comparison's, `said` its verdict.

    `constant` is set where the figures of a repeat are held against a value that is not written.
    """

    id: str
    kind: Kind
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
        return replace(self, roles=self._written().map(lambda q: values.get(q.span.start, q)).roles)

    def quantity(self, role: str) -> Quantity | None:
        """What is written in a role that holds one figure."""
        return self._written().one(role)

    def verdict(self) -> Verdict:
        """Whether the figures can all be true."""
        return self.kind.judgement(self._figures()).verdict

    def room(self, start: int) -> Interval | None:
        """What the others leave for the figure that stands at `start`; None where they leave nothing or any value."""
        for role, held in self.roles.items():
            for at, quantity in enumerate(held if isinstance(held, tuple) else (held,)):
                if quantity is not None and quantity.span.start == start:
                    return self.kind.room(role, self._figures().without(role, at).map(interval))
        return None

    def written(self) -> str:
        """The equation in the figures' own notation; of a repeat, the figure."""
        return self.kind.written(self._written().map(lambda quantity: quantity.text))

    def _written(self) -> Operands[Quantity]:
        return Operands(self.roles, self.direction)

    def _figures(self) -> Operands[Figure]:
        figures = self._written().map(figure_of)
        if self.constant is None:
            return figures
        constant = Figure(0, 0, "count", self.constant, 0)
        return replace(figures, roles={**figures.roles, "constant": constant})


def equations(claims: Sequence[Claim], comparisons: Sequence[Comparison]) -> list[Equation]:
    """An equation for each claim and each repeat; those count that follow from their figures."""
    stated = [
        Equation(claim.id, kind_of(claim.kind), claim.quantities, claim.verdict, claim.direction) for claim in claims
    ]
    for comparison in comparisons:
        if comparison.kind == "repeat" and comparison.figures:
            stated += _repeats(comparison)
    return stated


def implied(violated: Sequence[Equation], stated: Sequence[Equation]) -> Iterator[Equation]:
    """Ratios that name no base, of a total before them that must be wrong: they fit what it should be, or say nothing.

    «Kết quả xử lý 31.421 phản ánh: đã xử lý xong 6.657 phản ánh, đạt 49,60%»: no total fits the percentage.
    """
    ratio_kind = kind_of("ratio")
    bare = [e for e in stated if e.kind is ratio_kind and e.quantity("denominator") is None and e.quantity("percent")]
    counted = sorted((q.span.start, e.id, e) for e in bare if (q := e.quantity("numerator")) is not None)
    starts = [start for start, _, _ in counted]
    for equation in violated:
        for whole in filter(None, map(equation.quantity, equation.kind.wholes)):
            first, last = bisect_right(starts, whole.span.start), bisect_right(starts, whole.span.start + _REACH)
            for _, name, ratio in counted[first:last]:
                yield replace(
                    ratio,
                    id=f"{equation.id} {name}",
                    roles={**ratio.roles, "denominator": whole},
                    said="inconsistent",
                )


_REACH = 500  # characters behind a total in which percentages of it may stand


def _repeats(comparison: Comparison) -> Iterator[Equation]:
    """What a repeat says: of two rows, that their figures are the same place by place."""
    half = len(comparison.figures) // 2
    if comparison.relation != "table" or half < 2:
        yield _repeat(comparison)
        return
    for pair in zip(comparison.figures[:half], comparison.figures[half:], strict=True):
        equation = Equation(comparison.id, REPEAT, {"figures": pair}, comparison.verdict)
        yield replace(equation, said=equation.verdict())


def _repeat(comparison: Comparison) -> Equation:
    """Figures that are the same, or one that others add up to."""
    name, said, computed = comparison.id, comparison.verdict, comparison.computed
    figures = comparison.figures
    if computed is None:
        return Equation(name, REPEAT, {"figures": figures}, said)
    together = sum(figure.value for figure in figures)
    totals = [figure for figure in figures if len(figures) > 2 and together - figure.value == computed]
    if len(totals) == 1:
        parts = tuple(figure for figure in figures if figure is not totals[0])
        return Equation(name, kind_of("sum"), {"total": totals[0], "parts": parts}, said)
    return Equation(name, REPEAT, {"figures": figures[:1]}, said, constant=computed)
