"""Decisions that a program sends: held against the findings that there are, then kept together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from de06_extract.archive.decision import Decision
from de06_extract.archive.store.heads import path_key
from de06_extract.archive.store.results import FileResult, StoredResults
from de06_extract.language.messages import said
from de06_extract.web.answers import RefusedError
from de06_extract.web.api.models import DecisionAsked
from de06_extract.web.desk.desk import Desk
from de06_extract.web.desk.shelf import Shelf


def decide(desk: Desk, shelf: Shelf, asked: Iterable[DecisionAsked]) -> tuple[Decision, ...]:
    """Keeps what is asked for, of today and of the reviewer, and gives it as it is kept.

    Raises a `RefusedError` where there is no such report or finding, or a reason is missing; then nothing is kept.
    """
    wanted = list(asked)
    with shelf.reading() as store:
        results = _results(store, {one.report for one in wanted})
    decisions = tuple(_decision(one, results.get(one.report), desk.settings.reviewer) for one in wanted)
    desk.decided.put(shelf, *decisions)
    return decisions


def _results(store: StoredResults, keys: set[str]) -> dict[str, FileResult]:
    """What came out of the files that are known by these keys, as far as there are such files."""
    paths = {path_key(path): path for path in store.paths()}
    found = ((key, next(store.results(path=paths[key]), None)) for key in keys if key in paths)
    return {key: result for key, result in found if result is not None}


def _decision(asked: DecisionAsked, result: FileResult | None, reviewer: str | None) -> Decision:
    if result is None:
        raise RefusedError(404, said("web_archive", "refused.no_report", id=asked.report))
    rule, quote = _finding(result, asked.finding_id)
    if asked.state == "dismissed" and not asked.reason:
        raise RefusedError(422, said("web_archive", "refused.no_reason"))
    return Decision(
        path=result.path,
        finding_id=asked.finding_id,
        rule=rule,
        quote=quote,
        sha256=result.sha256,
        state=asked.state,
        reason=asked.reason or None if asked.state == "dismissed" else None,
        note=asked.note or None,
        who=reviewer,
        decided=date.today(),
    )


def _finding(result: FileResult, finding_id: str) -> tuple[str, str]:
    """The rule and the words of a finding, within the report or across reports. Raises a `RefusedError`."""
    within = result.report["findings"] if result.report is not None else ()
    for finding in within:
        if finding["id"] == finding_id:
            return str(finding["rule"]), str(finding["quote"])
    for row in result.across:
        if row["finding_id"] == finding_id:
            return str(row["rule"]), str(row["quote"])
    raise RefusedError(404, said("web_archive", "refused.no_finding", id=finding_id))
