"""Figures that several breakdowns with the same words add up to, against the breakdown of their total elsewhere.

«708 thủ tục (376 một phần, 342 toàn trình)» against «cấp tỉnh 482, gồm 273 toàn trình, 209 một phần; cấp huyện 147 …»:
that the totals add up to the same total proves that the parts must.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from de06_extract.claims.prose.mentions import Mention
from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.language.labels import Label, differ, likeness
from de06_extract.schema.report import Claim, Comparison, Quantity

_FEWEST, _MOST = 2, 30  # breakdowns
_MOST_PARTS = 4  # of a breakdown: all their orders are tried
_ALIKE = 0.6  # of the words of the shorter label, or two parts are not said to be the same


def find(material: Counts) -> Iterator[Comparison]:
    """Each part of a total against the sum of the parts with the same words."""
    mentions = {mention.start: mention for mention in material.reading.mentions}
    sums = [_Sum(material, claim, mentions) for claim in material.claims if claim.kind == "sum" and not claim.table]
    by_total: dict[Decimal, list[_Sum]] = defaultdict(list)
    for each in sums:
        by_total[each.total.value].append(each)
    for group in _groups(sums):
        for stated, items in _broken_down(group, by_total):
            yield from _compared(material, stated, items)


def _groups(sums: Sequence[_Sum]) -> list[list[_Sum]]:
    """The breakdowns that hold, those with the same words together, as far as they are not too many to be one list.

    A figure stands in one breakdown, that whose figures stand closest: «100 = 80 + 20» and the «20» of the paragraph
    behind it make no second one.
    """
    holding: dict[object, list[_Sum]] = defaultdict(list)
    taken: set[int] = set()
    for each in sorted(sums, key=lambda each: each.extent):
        starts = {figure.span.start for figure in (each.total, *each.parts)}
        if each.claim.verdict == "consistent" and len(each.parts) <= _MOST_PARTS and taken.isdisjoint(starts):
            taken |= starts
            holding[each.key].append(each)
    return [sorted(group, key=lambda each: each.start) for group in holding.values() if len(group) <= _MOST]


def _broken_down(
    group: Sequence[_Sum], by_total: Mapping[Decimal, Sequence[_Sum]]
) -> Iterator[tuple[_Sum, list[_Sum]]]:
    """Each breakdown whose total is that of the others of a group together, with these others."""
    together = _together(group)
    half = together / 2  # a breakdown with the words of the group is one of it, and adds its total once more
    for stated in (*by_total.get(together, ()), *by_total.get(half, ())):
        items = [each for each in group if each is not stated]
        if (
            len(items) >= _FEWEST
            and len(stated.parts) == len(items[0].parts)
            and stated.total.value == _together(items)
        ):
            yield stated, items


def _together(sums: Sequence[_Sum]) -> Decimal:
    return sum((each.total.value for each in sums), Decimal(0))


class _Sum:
    """A breakdown with the labels of its parts."""

    def __init__(self, material: Counts, claim: Claim, mentions: dict[int, Mention]) -> None:
        total, parts = claim.quantities["total"], claim.quantities["parts"]
        assert isinstance(total, Quantity)
        assert isinstance(parts, tuple)
        self.claim, self.total = claim, total
        held = sorted(parts, key=lambda part: part.span.start)
        self.labels = [material.label(mentions[part.span.start]) for part in held]
        order = sorted(range(len(held)), key=lambda at: sorted(self.labels[at].words))
        self.parts, self.labels = [held[at] for at in order], [self.labels[at] for at in order]
        self.clauses = [material.clause(mentions[part.span.start]) for part in self.parts]

    @property
    def start(self) -> int:
        """Where its first figure stands."""
        return min(figure.span.start for figure in (self.total, *self.parts))

    @property
    def extent(self) -> tuple[int, int]:
        """How far its figures stand apart, and where the first of them stands."""
        return max(figure.span.end for figure in (self.total, *self.parts)) - self.start, self.start

    @property
    def key(self) -> object:
        """A key that is equal for breakdowns into parts with the same words."""
        return tuple(sorted(tuple(sorted(label.words)) for label in self.labels))


def _compared(material: Counts, stated: _Sum, group: Sequence[_Sum]) -> Iterator[Comparison]:
    order = _order(stated.labels, group[0].labels)
    if order is None:
        return
    for at, part in enumerate(stated.parts):
        items = [each.parts[order[at]] for each in group]
        computed = sum((item.value for item in items), Decimal(0))
        figures = sorted([part, *items], key=lambda figure: figure.span.start)
        yield compare(
            material, "total", figures, "consistent" if computed == part.value else "inconsistent",
            about=stated.clauses[at], computed=computed,
        )  # fmt: skip


def _order(stated: Sequence[Label], items: Sequence[Label]) -> tuple[int, ...] | None:
    """Which part of the items each stated part is; None unless the words leave exactly one way."""
    fitting = [
        order
        for order in permutations(range(len(items)))
        if all(
            not differ(a, items[at]) and likeness(a, items[at]) >= _ALIKE for a, at in zip(stated, order, strict=True)
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


COMPARER = find
