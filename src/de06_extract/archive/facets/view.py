"""An archive as it is looked at through a filter: counted once, then asked for its facets, units, reports, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pydantic import Field, ValidationError

from de06_extract.archive.facets.counts import Counting, Counts, Facets, Match
from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.listings import (
    FailureItem,
    FailureList,
    FindingList,
    Page,
    ReportList,
    ReportOrder,
    finding_item,
    report_item,
    sorted_matches,
)
from de06_extract.archive.facets.unit_table import MOST_UNITS, UnitCounts, UnitTable
from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.heads import FindingHead, ReportHead
from de06_extract.archive.store.results import StoredResults
from de06_extract.language.messages import messages, said
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.severity import SEVERITIES
from de06_extract.schema.values import Model

FIRST_PAGE = Page()


class ArchiveTotals(Model):
    """How many files an archive has, how many reports in how many copies too many, and the others by the reason."""

    files: int = Field(ge=0)
    reports: int = Field(ge=0)
    copies: int = Field(ge=0)
    reasons: dict[str, int]

    @property
    def unread(self) -> int:
        """How many files have no report."""
        return sum(self.reasons.values())


@dataclass(frozen=True, slots=True)
class Heads:
    """The reports of a store, and by their results the findings of each."""

    reports: Sequence[ReportHead]
    findings: Mapping[int, Sequence[FindingHead]]


def heads_of(store: StoredResults) -> Heads:
    """The heads of all reports and findings. Raises a `StoreError`."""
    reports = list(store.report_heads())
    return Heads(reports, store.finding_heads(reports))


class ArchiveView:
    """What a store holds as a filter lets it be seen; a content counts once, at the first of its paths.

    Decisions are those of the store; `heads` are its own, where they have been read. Whatever is asked for raises a
    `StoreError` where a row is not what was written.
    """

    def __init__(
        self, store: StoredResults, wanted: Filter, language: Language = "vi", heads: Heads | None = None
    ) -> None:
        self._store, self._language, self.wanted = store, language, wanted
        self._given = heads
        self._titles: dict[str, str] = {}

    @cached_property
    def _heads(self) -> Heads:
        return self._given or heads_of(self._store)

    @cached_property
    def _counting(self) -> Counting:
        counting = Counting(self.wanted)
        try:
            for report in self._heads.reports:
                counting.add(report, self._heads.findings.get(report.result, ()))
        except KeyError as error:  # a severity that there is not
            raise self._changed("findings") from error
        return counting

    def totals(self) -> ArchiveTotals:
        """The files of the whole archive, whatever the filter."""
        return ArchiveTotals(
            files=self._store.size(),
            reports=len(self._heads.reports),
            copies=sum(report.copies for report in self._heads.reports),
            reasons=self._store.reasons(),
        )

    def counts(self) -> Counts:
        """The reports that are looked at, and their findings that are."""
        matches = self._counting.matches
        severities = Counter(finding.severity for match in matches for finding in match.findings)
        return Counts(reports=len(matches), **{severity: severities[severity] for severity in SEVERITIES})

    def facets(self) -> Facets:
        """The counts of all facets."""
        titles = messages("findings")[self._language]
        return self._counting.facets((rule, words["title"]) for rule, words in titles.items() if "title" in words)

    def units(self, most_units: int = MOST_UNITS) -> UnitTable:
        """The units by rules, of the findings that are looked at."""
        counts = UnitCounts()
        for match in self._counting.matches:
            found = ((finding.rule, self.title(finding.rule), finding.severity) for finding in match.findings)
            counts.add(match.report.unit_name, match.report.result, found)
        return counts.table(most_units)

    def title(self, rule: str) -> str:
        """What a rule is called, its id where this version of the program has no such rule."""
        if rule not in self._titles:
            self._titles[rule] = one_line(str(messages("findings")[self._language].get(rule, {}).get("title", rule)))
        return self._titles[rule]

    def reports(self, order: ReportOrder = "errors", page: Page = FIRST_PAGE) -> ReportList:
        """A page of the reports that are looked at."""
        matches = self._sorted(order)
        shown = tuple(map(report_item, matches[page.offset : page.offset + page.limit]))
        return ReportList(total=len(matches), order=order, reports=shown, **page.model_dump())

    def findings(self, order: ReportOrder = "errors", page: Page = FIRST_PAGE) -> FindingList:
        """A page of the findings that are looked at, in the order of their reports."""
        matches = self._sorted(order)
        every = list(chain.from_iterable([(match.report, one) for one in match.findings] for match in matches))
        shown = every[page.offset : page.offset + page.limit]
        try:
            items = tuple(finding_item(head, one, self._store.finding_row(head.path, one)) for head, one in shown)
        except ValidationError as error:
            raise self._changed("findings") from error
        return FindingList(total=len(every), order=order, findings=items, **page.model_dump())

    def failures(self, page: Page = FIRST_PAGE) -> FailureList:
        """A page of the files without a report, whatever the filter."""
        shown = (
            FailureItem(path=one_line(path), reason=reason, message=message and one_line(message))
            for path, reason, message in self._store.failures(page.offset, page.limit)
        )
        return FailureList(total=sum(self._store.reasons().values()), failures=tuple(shown), **page.model_dump())

    def _sorted(self, order: ReportOrder) -> list[Match]:
        return sorted_matches(self._counting.matches, order)

    def _changed(self, table: str) -> StoreError:
        of = said("errors", "of_table", table=table)
        return StoreError(f"{self._store.path}: " + said("errors", "changed_row", of=of))
