"""Reports, findings and files without a report of an archive, one page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from pydantic import Field

from de06_extract.archive.decision import State
from de06_extract.archive.facets.counts import Counts, Match
from de06_extract.archive.store.heads import FindingHead, ReportHead
from de06_extract.schema.display import one_line
from de06_extract.schema.rows import Row
from de06_extract.schema.severity import SEVERITIES, Severity
from de06_extract.schema.values import Model

ReportOrder = Literal["errors", "undecided", "date", "unit", "path"]
ORDERS: tuple[ReportOrder, ...] = get_args(ReportOrder)
MOST = 200  # entries of a page
USUAL = 50


class Page(Model):
    """Which entries of a list are asked for, from the one that `offset` others stand before."""

    offset: int = Field(default=0, ge=0, le=10_000_000)
    limit: int = Field(default=USUAL, ge=1, le=MOST)


class ReportItem(Counts):
    """A report with the findings that are looked at, and how many are undecided and dismissed whatever is asked for.

    `id` is what it is known by in addresses, `copies` the number of other paths that have the same content.
    """

    id: str
    path: str
    copies: int
    sha256: str
    type: str | None
    number: str | None
    date: str | None
    unit: str | None
    locality: str | None
    province: str | None
    undecided: int
    dismissed: int


class FindingItem(Model):
    """A finding of a report, with the state of the decision on it and the words of the document."""

    report: str
    path: str
    unit: str | None
    date: str | None
    finding_id: str
    severity: Severity
    rule: str
    rule_title: str | None
    message: str
    quote: str
    location: str | None
    page: int | None
    reported: str | None
    expected: str | None
    suggestion: str | None
    confidence: float | None
    state: State
    is_across: bool


class FailureItem(Model):
    """A file without a report, with the reason in one word and in a sentence."""

    path: str
    reason: str
    message: str | None


class Listing(Model):
    """What all lists say: how many entries there are, and which part this is."""

    total: int
    offset: int
    limit: int

    @property
    def following(self) -> int | None:
        """The offset of the next part, None where this is the last."""
        after = self.offset + self.limit
        return after if after < self.total else None

    @property
    def preceding(self) -> int | None:
        """The offset of the part before, None where this is the first."""
        return max(self.offset - self.limit, 0) if self.offset else None


class ReportList(Listing):
    """A part of the reports that are looked at, in an order."""

    order: ReportOrder
    reports: tuple[ReportItem, ...]


class FindingList(Listing):
    """A part of the findings that are looked at, report by report."""

    order: ReportOrder
    findings: tuple[FindingItem, ...]


class FailureList(Listing):
    """A part of the files without a report, in the order of their paths."""

    failures: tuple[FailureItem, ...]


def sorted_matches(matches: list[Match], order: ReportOrder) -> list[Match]:
    """The matches in an order; those that are equal in it in the order of their paths, as they come."""
    if order == "path":
        return matches
    if order == "date":
        return sorted(matches, key=lambda match: match.report.date or "", reverse=True)
    keys: dict[ReportOrder, Callable[[Match], Any]] = {
        "errors": _weight,
        "undecided": lambda match: (-match.undecided, _weight(match)),
        "unit": lambda match: (match.report.unit is None, match.report.unit or "", _weight(match)),
    }
    return sorted(matches, key=keys[order])


def report_item(match: Match) -> ReportItem:
    """A report as a list shows it."""
    head = match.report
    severities = [finding.severity for finding in match.findings]
    counts: dict[str, Any] = {severity: severities.count(severity) for severity in SEVERITIES}
    return ReportItem(
        **_shared(head),
        id=head.id,
        copies=head.copies,
        sha256=head.sha256,
        type=_line(head.type),
        number=_line(head.number),
        locality=_line(head.locality),
        province=_line(head.province),
        undecided=match.undecided,
        dismissed=match.dismissed,
        reports=1,
        **counts,
    )


def finding_item(report: ReportHead, finding: FindingHead, row: Row) -> FindingItem:
    """A finding as a list shows it; `row` is what the store holds of it."""
    told: dict[str, Any] = {
        key: row.get(key) for key in FindingItem.model_fields if key not in ("path", "date", "state") and key in row
    }
    own: dict[str, Any] = {"report": report.id, "state": finding.state, "is_across": finding.is_across}
    optional = {"suggestion": None, "confidence": None}  # what rows across reports do not have
    return FindingItem(**{**optional, **told, **_shared(report), **own})


def _shared(head: ReportHead) -> dict[str, Any]:
    return {"path": one_line(head.path), "unit": head.unit_name, "date": _line(head.date)}


def _weight(match: Match) -> tuple[int, ...]:
    severities = [finding.severity for finding in match.findings]
    return tuple(-severities.count(severity) for severity in SEVERITIES)


def _line(text: str | None) -> str | None:
    return None if text is None else one_line(text)
