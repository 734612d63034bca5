"""Counts of findings and reports that filter each other: what each value of a facet would show if it were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import Field

from de06_extract.archive.facets.filter import FACETS, OF_REPORTS, UNKNOWN, Facet, Filter
from de06_extract.archive.store.heads import FindingHead, ReportHead
from de06_extract.schema.severity import SEVERITIES, Severity
from de06_extract.schema.values import Model

_PLACES = {severity: at for at, severity in enumerate(SEVERITIES, 1)}  # in the counts, behind that of reports


class Counts(Model):
    """How many reports there are, and how many findings of each severity they have."""

    reports: int = Field(default=0, ge=0)
    error: int = Field(default=0, ge=0)
    warning: int = Field(default=0, ge=0)
    info: int = Field(default=0, ge=0)

    @property
    def findings(self) -> int:
        """All findings."""
        return self.error + self.warning + self.info

    def of(self, severity: Severity) -> int:
        """The findings of a severity."""
        return {"error": self.error, "warning": self.warning, "info": self.info}[severity]

    @property
    def worst(self) -> Severity | None:
        """The worst severity that there is a finding of."""
        return next((severity for severity in SEVERITIES if self.of(severity)), None)


class FacetValue(Counts):
    """A value of a facet with what it shows beside the other facets; `name` is None where the value needs words.

    The value «-» stands for reports without a date, or that name no unit.
    """

    value: str
    name: str | None = None
    chosen: bool = False


class Facets(Model):
    """The values of every facet that show something or are chosen: months in their order, others by their findings."""

    month: tuple[FacetValue, ...] = ()
    unit: tuple[FacetValue, ...] = ()
    rule: tuple[FacetValue, ...] = ()
    severity: tuple[FacetValue, ...] = ()
    state: tuple[FacetValue, ...] = ()

    def of(self, facet: Facet) -> tuple[FacetValue, ...]:
        """The values of a facet."""
        values: tuple[FacetValue, ...] = getattr(self, facet)
        return values


class Match(NamedTuple):
    """A report that is looked at, its findings that are, and how many are open and dismissed whatever is asked for."""

    report: ReportHead
    findings: list[FindingHead]
    undecided: int
    dismissed: int


class Counting:
    """The counts of an archive and the reports that are looked at, while its reports go by."""

    def __init__(self, wanted: Filter) -> None:
        self.wanted = wanted
        self.matches: list[Match] = []
        self._tallies = {facet: _Tally() for facet in FACETS}
        self._names: dict[str, str] = {}

    def add(self, report: ReportHead, findings: Sequence[FindingHead]) -> None:
        """Counts a report with its findings, for every facet whose values it may be one of."""
        if not self.wanted.names(report):
            return
        refusing = self.wanted.refusing_report(report)
        if len(refusing) > 1:
            return
        if report.unit is not None:
            self._names.setdefault(report.unit, report.unit_name or report.unit)
        kept: list[FindingHead] = []
        for finding in findings:
            also = self.wanted.refusing_finding(finding)
            if len(refusing) + len(also) < 2:
                self._count(report, finding, [*refusing, *also])
            if not also:
                kept.append(finding)
        if not kept and self.wanted.asks_for_findings:
            return
        for facet in refusing or OF_REPORTS:
            self._tallies[facet].add_report(_value(report, facet), report.result)
        if not refusing:
            self.matches.append(_matching(report, kept, findings))

    def _count(self, report: ReportHead, finding: FindingHead, refusing: Sequence[Facet]) -> None:
        """Counts a finding for the only facet that refuses it, or for all where none does."""
        for facet in refusing or FACETS:
            value = _value(report, facet) if facet in OF_REPORTS else getattr(finding, facet)
            self._tallies[facet].add(value, report.result, _PLACES[finding.severity])

    def facets(self, titles: Iterable[tuple[str, str]]) -> Facets:
        """The counts of all facets; `titles` are those of rules."""
        names = {"unit": self._names, "rule": dict(titles)}
        return Facets(**{facet: tuple(self._values(facet, names.get(facet, {}))) for facet in FACETS})

    def _values(self, facet: Facet, names: dict[str, str]) -> list[FacetValue]:
        chosen: Sequence[str] = getattr(self.wanted, facet)
        counts = self._tallies[facet].counts
        values = [
            FacetValue(
                value=value,
                name=names.get(value),
                chosen=value in chosen,
                **dict(zip(("reports", *SEVERITIES), counts.get(value, (0, 0, 0, 0)), strict=True)),
            )
            for value in {**counts, **dict.fromkeys(chosen)}
        ]
        if facet == "month":
            return sorted(values, key=lambda value: (value.value == UNKNOWN, value.value))
        return sorted(values, key=_weight)


class _Tally:
    """Reports and findings by the values of one facet; the findings of a report follow each other."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self._last: dict[str, int] = {}

    def add(self, value: str, report: int, place: int) -> None:
        """Counts a finding, and its report if that is new."""
        self.add_report(value, report)
        self.counts[value][place] += 1

    def add_report(self, value: str, report: int) -> None:
        """Counts a report, once."""
        if self._last.get(value) != report:
            self._last[value] = report
            self.counts.setdefault(value, [0, 0, 0, 0])[0] += 1


def _weight(value: FacetValue) -> tuple[int, int, int, int, str]:
    """What puts the most errors first, then warnings, notes and reports."""
    return -value.error, -value.warning, -value.info, -value.reports, value.value


def _value(report: ReportHead, facet: Facet) -> str:
    return str(getattr(report, facet) or UNKNOWN)


def _matching(report: ReportHead, kept: list[FindingHead], findings: Sequence[FindingHead]) -> Match:
    states = [finding.state for finding in findings]
    return Match(report, kept, states.count("unseen"), states.count("dismissed"))
