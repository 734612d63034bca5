"""Causes: which findings one repair settles, or speak of the same wrong figure, so that a reader looks at them once.

A finding has suspects: the figures that its repair changes; or else the figure that it accuses, or all places of a
quantity that is said differently in several. It has one cause with every finding whose relation holds one of them,
with every finding that a single other figure explains as well, and with every finding that says the same of the same
figures elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from de06_extract.heartbeat import stepping
from de06_extract.rules.facts import Facts
from de06_extract.rules.repairs.equations import Equation, equations
from de06_extract.rules.repairs.find import Repair
from de06_extract.rules.repairs.shared_figures import explained_together
from de06_extract.schema.report import Claim, Comparison, Finding, Quantity, Severity

_TELLING = 100  # a smaller number stands in two places by chance
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_SAID_TWICE = ("words", "table")  # repeats of one quantity, any place of which may be the wrong one


def with_causes(findings: Sequence[Finding], facts: Facts, repairs: Mapping[str, Repair]) -> tuple[Finding, ...]:
    """The findings, each with its cause, and none with another right value than its cause's suggestions name."""
    material = _Material(facts, repairs)
    known = [material.known(finding) for finding in stepping(findings)]
    groups = _Groups(len(known))
    _join_suspects(known, groups)
    for pair in explained_together({at: material.failing(entry) for at, entry in enumerate(known)}):
        groups.join(pair)
    _join_statements(known, groups)
    _join_columns(known, groups)
    causes: dict[int, list[_Known]] = defaultdict(list)
    for at, entry in enumerate(known):
        causes[groups.of(at)].append(entry)
    ids = {id_: _first(held).finding.id for held in causes.values() for id_ in (entry.finding.id for entry in held)}
    open_ = {finding.id for held in causes.values() for finding in _disagreeing(held)}
    return tuple(
        finding.model_copy(update={"cause": ids[finding.id], **({"expected": None} if finding.id in open_ else {})})
        for finding in findings
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """A finding with the figures of its relations: all of them, and those that may be wrong."""

    finding: Finding
    relations: tuple[Claim | Comparison, ...]
    figures: frozenset[int]
    suspects: frozenset[int]

    @property
    def settled(self) -> frozenset[int]:
        """The figures of which its suggestions say what they should be: those that change, and other places of them."""
        changed = {c.span.start for suggestion in self.finding.suggestions for c in suggestion.changes}
        return frozenset(changed).union(*(_places(relation) for relation in self.relations if changed))

    @property
    def statement(self) -> tuple[Any, ...] | None:
        """What it says of figures, wherever they stand; None where others may say the same by chance."""
        found = self.finding
        if not self.relations:
            return (found.rule, found.message) if found.expected is not None else None
        values = sorted(figure.value for relation in self.relations for figure in _figures(relation))
        if not any(value >= _TELLING for value in values):
            return None
        kinds = tuple(relation.kind for relation in self.relations)
        return found.rule, kinds, tuple(value.normalize() for value in values)


class _Material:
    """The relations of a document by their ids, and their repairs."""

    def __init__(self, facts: Facts, repairs: Mapping[str, Repair]) -> None:
        entries: tuple[Claim | Comparison, ...] = (*facts.claims, *facts.comparisons)
        self._relations = {entry.id: entry for entry in entries}
        self._repairs = repairs
        self._doubts: dict[str, list[Claim]] = defaultdict(list)
        for doubt in facts.doubts:
            self._doubts[doubt.quote].append(doubt)

    def known(self, finding: Finding) -> _Known:
        """The finding with its figures."""
        names = (*finding.claims, *finding.comparisons)
        relations = tuple(self._relations[name] for name in names if name in self._relations)
        figures = {figure.span.start for relation in relations for figure in _figures(relation)}
        figures.add(finding.span.start)
        return _Known(finding, relations, frozenset(figures), frozenset(self._suspects(finding, relations)))

    def failing(self, entry: _Known) -> list[Equation]:
        """The equations that the finding says do not hold; those of a doubt, which is no claim, by its words."""
        held = entry.relations or self._doubts.get(entry.finding.quote, ())
        claims = [claim for claim in held if isinstance(claim, Claim) and claim.verdict == "inconsistent"]
        repeats = [one for one in held if isinstance(one, Comparison) and one.verdict == "inconsistent"]
        return equations(claims, repeats)

    def _suspects(self, finding: Finding, relations: Iterable[Claim | Comparison]) -> Iterator[int]:
        changed = [c.span.start for suggestion in finding.suggestions for c in suggestion.changes]
        if changed:
            yield from changed
            names = (*finding.claims, *finding.comparisons)
            repair = next((self._repairs[name] for name in names if name in self._repairs), None)
            yield from () if repair is None else (quantity.span.start for quantity in repair.elsewhere)
            return
        yield finding.span.start
        for relation in relations:
            yield from _places(relation)


class _Groups:
    """Numbers that are joined to groups; a group is known by its least number."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, number: int) -> int:
        """The group of a number."""
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def join(self, numbers: Sequence[int]) -> None:
        """Makes one group of the groups of the numbers."""
        roots = {self.of(number) for number in numbers}
        for root in roots:
            self._above[root] = min(roots)


def _join_suspects(known: Sequence[_Known], groups: _Groups) -> None:
    """Joins each finding with those whose relations hold one of its suspects."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, entry in enumerate(known):
        for start in entry.figures | entry.suspects:
            holders[start].append(at)
    for at, entry in enumerate(known):
        groups.join([at, *(other for start in entry.suspects for other in holders[start])])


def _join_statements(known: Sequence[_Known], groups: _Groups) -> None:
    """Joins findings that say the same of the same figures, which the document states more than once."""
    saying: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at, entry in enumerate(known):
        if entry.statement is not None:
            saying[entry.statement].append(at)
    for same in saying.values():
        groups.join(same)


def _join_columns(known: Sequence[_Known], groups: _Groups) -> None:
    """Joins the shares of nothing in one table, where each stands alone: how it is filled in is one decision."""
    sizes: dict[int, int] = defaultdict(int)
    for at in range(len(known)):
        sizes[groups.of(at)] += 1
    tables: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for at, entry in enumerate(known):
        for relation in entry.relations[:1]:
            is_alone = sizes[groups.of(at)] == 1
            if isinstance(relation, Claim) and relation.table and relation.verdict == "undefined" and is_alone:
                tables[entry.finding.rule, relation.table].append(at)
    for rows in tables.values():
        groups.join(rows)


def _first(held: Sequence[_Known]) -> _Known:
    """The finding that its cause is named after: the gravest, and of those the first."""
    return min(held, key=lambda entry: (_SEVERITIES.index(entry.finding.severity), entry.finding.span.start))


def _disagreeing(held: Sequence[_Known]) -> Iterator[Finding]:
    """The findings of a cause whose right value is another than one that is named with a better reason.

    What was computed from a figure that a suggestion changes is not right any more; of several values that are computed
    for one figure none is better than another.
    """
    settled = frozenset[int]().union(*(entry.settled for entry in held))
    plain = [entry for entry in held if not entry.finding.suggestions and entry.finding.expected is not None]
    values: dict[int, set[str]] = defaultdict(set)
    for entry in plain:
        values[entry.finding.span.start].add(_bare(entry.finding.expected or ""))
    for entry in plain:
        if entry.figures & settled or len(values[entry.finding.span.start]) > 1:
            yield entry.finding


def _places(relation: Claim | Comparison) -> Iterator[int]:
    """All the places of a quantity that is said more than once; none of any other relation."""
    if isinstance(relation, Comparison) and relation.relation in _SAID_TWICE:
        yield from (figure.span.start for figure in relation.figures)


def _bare(figure: str) -> str:
    """The figure without what different hands write differently.

    >>> _bare("4.270") == _bare("4270")
    True
    """
    return figure.replace(".", "").replace(" ", "").casefold()


def _figures(relation: Claim | Comparison) -> Iterator[Quantity]:
    yield from relation.figures() if isinstance(relation, Claim) else relation.figures
