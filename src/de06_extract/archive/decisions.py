"""The decisions on findings, from the store and from a file of dismissals, and what came of corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from de06_extract.archive.baseline import Baseline, Dismissal
from de06_extract.archive.decision import Check, Decision, review_row, without_figures
from de06_extract.archive.store.results import FileResult, FindingKey, StoredResults
from de06_extract.language.messages import messages
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Parsed, Row


class Decisions:
    """Decisions by finding; of a finding that a file of dismissals speaks of as well, the later of the two counts."""

    def __init__(
        self, decisions: Iterable[Decision] = (), baseline: Baseline | None = None, language: Language = "vi"
    ) -> None:
        self._no_reason: str = messages("decisions")[language]["no_reason"]
        self.baseline = Baseline() if baseline is None else baseline
        self._by_finding = {(one.path, one.finding_id): one for one in decisions}
        self._corrected = {one.shape: one for one in self._by_finding.values() if one.state == "corrected"}
        self._paths = {path for path, _ in self._by_finding}

    @property
    def stale(self) -> tuple[Dismissal, ...]:
        """The entries of the file of dismissals that fitted no finding so far."""
        return self.baseline.stale

    def of(self, path: str, finding_id: str, rule: str, quote: str) -> Decision | None:
        """The decision on a finding, None where there is none."""
        dismissal = self.baseline.dismissal(path, rule, quote)
        own = self._by_finding.get((path, finding_id))
        if dismissal is None or (own is not None and own.decided >= dismissal.date):
            return own
        return Decision(
            path=path,
            finding_id=finding_id,
            rule=rule,
            quote=quote,
            state="dismissed",
            reason=dismissal.reason,
            who=dismissal.who,
            decided=dismissal.date,
        )

    def dismisses(self, key: FindingKey) -> bool:
        """True where a finding was looked at and dismissed."""
        found = self.of(key.path, key.finding_id, key.rule, key.quote)
        return found is not None and found.state == "dismissed"

    def mark(self, result: FileResult) -> FileResult:
        """The result, each finding within and across reports with what was decided of it.

        A finding gets `decision`, and `dismissed` where it is; a row across reports the keys of a row of findings.
        """
        has_some = self.baseline.visit(result.path, is_read=result.report is not None)
        if result.report is None or not (has_some or result.path in self._paths):
            return result
        findings = result.report["findings"]
        known = {finding["id"] for finding in findings}
        marked = [{**finding, **self._told(result, finding, known)} for finding in findings]
        across = tuple({**row, **self._told_of_row(result, row)} for row in result.across)
        return replace(result, report={**result.report, "findings": marked}, across=across)

    def _told(self, result: FileResult, finding: Parsed, known: set[str]) -> dict[str, dict[str, str]]:
        found = self.of(result.path, finding["id"], finding["rule"], finding["quote"])
        if found is None:
            before = self._corrected.get((result.path, finding["rule"], without_figures(finding["quote"])))
            is_changed = before is not None and before.sha256 != result.sha256 and before.finding_id not in known
            return {"decision": {"check": "still_wrong"}} if is_changed else {}
        told = {"decision": found.told(_check_of_content(found, result.sha256))}
        return told if found.state != "dismissed" else {**told, "dismissed": self._dismissed(found)}

    def _told_of_row(self, result: FileResult, row: Row) -> Row:
        found = self.of(result.path, str(row["finding_id"]), str(row["rule"]), str(row["quote"]))
        if found is None:
            return {}
        told = review_row(found.told(_check_of_content(found, result.sha256)))
        if found.state == "dismissed":
            told |= {"dismissed_reason": found.said or self._no_reason, "dismissed_on": found.decided.isoformat()}
        return told

    def _dismissed(self, decision: Decision) -> dict[str, str]:
        who = {"who": decision.who} if decision.who else {}
        return {"reason": decision.said or self._no_reason, "date": decision.decided.isoformat(), **who}


def verified(store: StoredResults, decisions: Iterable[Decision]) -> Iterator[tuple[Decision, Check | None]]:
    """The decisions, each that says «corrected» with what the archive of now says of it, the others with None.

    `awaited` where the file is still the one that was looked at, `withdrawn` where the finding is not in it although;
    of another content, `confirmed` where the finding is not in it, `remaining` where it is, `still_wrong` where the
    figures are others and the rule is not content either.
    """
    held = list(decisions)
    paths = {one.path for one in held if one.state == "corrected"}
    now = _Now(store, paths)
    for one in held:
        yield one, now.check(one) if one.state == "corrected" else None


def settled(store: StoredResults, decisions: Iterable[Decision]) -> Iterator[tuple[Decision, Check]]:
    """The decisions whose finding is not in the archive any more, each with what the archive of now says of it.

    `withdrawn` where nobody said that it was corrected, and the file was read.
    """
    held = list(decisions)
    now = _Now(store, {one.path for one in held})
    for one in held:
        if not now.has(one):
            check = now.check(one)
            yield one, "withdrawn" if check == "confirmed" and one.state != "corrected" else check


class _Now:
    """What stands in the files at some paths now."""

    def __init__(self, store: StoredResults, paths: set[str]) -> None:
        self._files = {file.path: file for file in store.files() if file.path in paths}
        keys = [key for key in store.finding_keys() if key.path in paths]
        self._ids = {(key.path, key.finding_id) for key in keys}
        self._shapes = {(key.path, key.rule, without_figures(key.quote)) for key in keys}

    def has(self, decision: Decision) -> bool:
        """True where the finding of a decision is there."""
        return (decision.path, decision.finding_id) in self._ids

    def check(self, decision: Decision) -> Check:
        """What came of a correction."""
        file = self._files.get(decision.path)
        if file is None:
            return "gone"
        if file.reason is not None:
            return "unread"
        is_same = decision.sha256 in (None, file.sha256)
        if self.has(decision):
            return "awaited" if is_same else "remaining"
        if is_same:
            return "withdrawn"
        return "still_wrong" if decision.shape in self._shapes else "confirmed"


def _check_of_content(decision: Decision, sha256: str | None) -> Check | None:
    """What there is to say of a correction whose finding is still there."""
    if decision.state != "corrected":
        return None
    return "awaited" if decision.sha256 in (None, sha256) else "remaining"


@dataclass(frozen=True, slots=True)
class Change:
    """What a file of decisions changes in a store: those to keep, of which some are new and some take others' places.

    The `removed` ones were taken back.
    """

    kept: tuple[Decision, ...]
    new: int
    changed: int
    removed: int


def change_of(store: StoredResults, decisions: Iterable[Decision], today: date, who: str | None = None) -> Change:
    """What decisions change in the store, which knows the paths of files as they are, not only as they are shown.

    A decision that was changed is one of `today`, and of `who`, unless somebody wrote another day or name beside it.
    """
    paths = {one_line(file.path): file.path for file in store.files()}
    quotes = {(key.path, key.finding_id): key.quote for key in store.finding_keys()}
    known = {(one.path, one.finding_id): one for one in store.decisions()}
    kept: list[Decision] = []
    counts: Counter[str] = Counter()
    for one in decisions:
        path = paths.get(one.path, one.path)
        quote = quotes.get((path, one.finding_id), one.quote)  # a workbook may show it otherwise
        one = one.model_copy(update={"path": path, "quote": quote})
        before = known.get((path, one.finding_id))
        if one.is_empty if before is None else one.says_the_same(before):
            continue
        own: dict[str, Any] = {"who": one.who or who}
        if before is not None:
            own = {
                "decided": today if one.decided == before.decided else one.decided,
                "who": who or one.who if one.who in (None, before.who) else one.who,
            }
        one = one.model_copy(update=own)
        counts["new" if before is None else "removed" if one.is_empty else "changed"] += 1
        kept.append(one)
    return Change(tuple(kept), counts["new"], counts["changed"], counts["removed"])


def dismissals(store: StoredResults, baseline: Baseline) -> Iterator[Decision]:
    """What a file of dismissals decides of the findings that are in the store."""
    contents = {file.path: file.sha256 for file in store.files()}
    decided = Decisions(baseline=baseline)
    for key in store.finding_keys():
        found = decided.of(key.path, key.finding_id, key.rule, key.quote)
        if found is not None:
            yield found.model_copy(update={"sha256": contents.get(key.path)})
