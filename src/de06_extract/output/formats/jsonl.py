"""JSON Lines: one line a file, with its whole report.

Each line is an object: `path`; `sha256` and `bytes` of the content, null where it could not be read at all; `state`,
which is `checked` where there is a report, `failed` where there is none, `pending` where nothing came out yet; `reason`
and `message` say why there is none; `report` is the report's JSON, in whose findings `dismissed` is null or an object
with `reason` and `date`, and `decision` null or an object with `state`, `reason`, `note`, `who`, `date` and `check` as
far as they are known; `across` lists the findings across reports that stand at this file, as flat objects with the keys
of the table of findings and a `dismissed` and a `decision` of the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.output.json_values import json_bytes
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Parsed, Row


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _of_archive([result_of(report, settings.path)], files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    for result in results:
        files[0].write(json_bytes(_line(result)) + b"\n")


def _line(result: FileResult) -> dict[str, Any]:
    state = "checked" if result.report is not None else "failed" if result.reason is not None else "pending"
    return {
        "path": result.path,
        "sha256": result.sha256,
        "bytes": result.size,
        "state": state,
        "reason": result.reason,
        "message": result.message,
        "report": None if result.report is None else _marked(result.report),
        "across": [_across(row) for row in result.across],
    }


def _marked(report: Parsed) -> dict[str, Any]:
    """The report, each of its findings with what was dismissed and decided, or null."""
    told = ("dismissed", "decision")
    return {
        **report,
        "findings": [{**finding, **{key: finding.get(key) for key in told}} for finding in report["findings"]],
    }


def _across(row: Row) -> dict[str, Any]:
    own = {key: value for key, value in row.items() if key not in ("checker", "path", "position")}
    reason, on = own.pop("dismissed_reason", None), own.pop("dismissed_on", None)
    held = {key: own.pop(f"review_{key}", None) for key in ("state", "note", "who", "on", "check")}
    held["date"] = held.pop("on")
    decision = {key: value for key, value in held.items() if value is not None}
    return {
        **own,
        "dismissed": None if reason is None else {"reason": reason, "date": on},
        "decision": decision or None,
    }


FORMAT = Format("jsonl", (".jsonl",), of_report=_of_report, of_archive=_of_archive)
