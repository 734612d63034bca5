"""The rows of an archive's findings: those within a report and those across reports, with what was dismissed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from de06_extract.display import Language
from de06_extract.rows import Row, document_row, rows_of
from de06_extract.store import FileResult


def finding_rows(result: FileResult, language: Language = "vi") -> Iterator[Row]:
    """The findings at one file, in the order of the text, then those across reports; all have the same keys.

    To the keys of `rows_of(report, "findings")` come `is_across`, `dismissed_reason` and `dismissed_on`. What was
    dismissed is known by the `dismissed` of a finding, `{"reason": …, "date": …}`.
    """
    if result.report is None:
        return
    dismissals = [finding.get("dismissed") or {} for finding in result.report["findings"]]
    rows = rows_of(result.report, "findings", language=language, path=result.path)
    for row, dismissal in zip(rows, dismissals, strict=True):
        yield {**row, "is_across": False, **_dismissed(dismissal.get("reason"), dismissal.get("date"))}
    document = document_row(result.report, path=result.path)
    for row in result.across:
        own = {key: value for key, value in row.items() if key not in ("checker", "path", "position")}
        none = dict.fromkeys(("suggestion", "kind", "claim_ids", "comparison_ids"))
        dismissed = _dismissed(own.pop("dismissed_reason", None), own.pop("dismissed_on", None))
        yield {**none, **own, **document, "is_across": True, **dismissed}


def _dismissed(reason: Any, on: Any) -> Row:
    return {"dismissed_reason": reason and str(reason), "dismissed_on": on and str(on)}
