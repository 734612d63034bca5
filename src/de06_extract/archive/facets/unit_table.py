"""The units of an archive by the rules that their reports break: a table whose cells are counts of findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pydantic import Field

from de06_extract.archive.facets.counts import Counts
from de06_extract.archive.facets.filter import UNKNOWN
from de06_extract.schema.severity import SEVERITIES, Severity
from de06_extract.schema.units import folded_unit
from de06_extract.schema.values import Model

MOST_RULES = 12  # columns that a screen or a sheet of paper across has room for
MOST_UNITS = 50


class RuleColumn(Counts):
    """A rule with what was found by it."""

    rule: str
    title: str


class UnitRow(Counts):
    """A unit with what was found in its reports: `cells` are the counts of each rule of the table.

    The value «-» stands for reports that name no unit.
    """

    unit: str
    name: str | None
    cells: tuple[Counts, ...]


class UnitTable(Model):
    """The units and rules with most errors; findings of further rules are in the counts of a row alone.

    `more_units` have no row, `more_rules` no column.
    """

    rules: tuple[RuleColumn, ...] = ()
    units: tuple[UnitRow, ...] = ()
    more_units: int = Field(default=0, ge=0)
    more_rules: int = Field(default=0, ge=0)


class UnitCounts:
    """The findings by unit and rule, counted as reports go by; each report's findings follow each other."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._units: defaultdict[str, _Count] = defaultdict(_Count)
        self._rules: defaultdict[str, _Count] = defaultdict(_Count)
        self._cells: defaultdict[tuple[str, str], _Count] = defaultdict(_Count)

    def add(self, unit: str | None, report: object, findings: Iterable[tuple[str, str, Severity]]) -> None:
        """Counts a report of a unit and its findings, each a rule, its title and the severity."""
        key = UNKNOWN if unit is None else folded_unit(unit)
        if unit is not None:
            self._names.setdefault(key, unit)
        self._units[key].add_report(report)
        for rule, title, severity in findings:
            self._titles.setdefault(rule, title)
            for count in (self._units[key], self._rules[rule], self._cells[key, rule]):
                count.add(report, severity)

    def table(self, most_units: int = MOST_UNITS, most_rules: int = MOST_RULES) -> UnitTable:
        """The table of the units and rules with most errors; a unit without findings has no row."""
        units = sorted((key for key, count in self._units.items() if count.has_findings), key=self._weight_of_unit)
        rules = sorted(self._rules, key=lambda rule: (self._rules[rule].weight, rule))
        shown = rules[:most_rules]
        return UnitTable(
            rules=tuple(
                RuleColumn(rule=rule, title=self._titles[rule], **self._rules[rule].counts()) for rule in shown
            ),
            units=tuple(self._row(key, shown) for key in units[:most_units]),
            more_units=max(len(units) - most_units, 0),
            more_rules=max(len(rules) - most_rules, 0),
        )

    def _row(self, key: str, rules: Iterable[str]) -> UnitRow:
        cells = (self._cells.get((key, rule)) for rule in rules)
        return UnitRow(
            unit=key,
            name=self._names.get(key),
            cells=tuple(Counts() if cell is None else Counts(**cell.counts()) for cell in cells),
            **self._units[key].counts(),
        )

    def _weight_of_unit(self, key: str) -> tuple[tuple[int, ...], str]:
        return self._units[key].weight, key


class _Count:
    """Reports and findings; those of a report follow each other."""

    __slots__ = ("_last", "_reports", "_severities")

    def __init__(self) -> None:
        self._reports, self._last = 0, object()
        self._severities: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)

    def add(self, report: object, severity: Severity) -> None:
        """Counts a finding of a report."""
        self.add_report(report)
        self._severities[severity] += 1

    def add_report(self, report: object) -> None:
        """Counts a report, once."""
        if self._last != report:
            self._last, self._reports = report, self._reports + 1

    @property
    def has_findings(self) -> bool:
        """True where a finding was counted."""
        return any(self._severities.values())

    @property
    def weight(self) -> tuple[int, ...]:
        """What puts the most errors first, then warnings and notes."""
        return tuple(-self._severities[severity] for severity in SEVERITIES)

    def counts(self) -> dict[str, int]:
        """The counts by the names that they have in models."""
        return {"reports": self._reports, **{str(severity): found for severity, found in self._severities.items()}}
