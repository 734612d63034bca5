"""A report of GitLab's Code Quality: a list in JSON, whose entries GitLab shows in a merge request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.output.issues import Issue, issues_of
from de06_extract.output.json_values import json_bytes
from de06_extract.schema.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info", "unread": "minor"}


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _of_archive([result_of(report, settings.path)], files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    separator = b"\n"
    files[0].write(b"[")
    for result in results:
        for issue in issues_of(result, settings.language):
            files[0].write(separator + json_bytes(_entry(issue)))
            separator = b",\n"
    files[0].write(b"\n]\n")


def _entry(issue: Issue) -> dict[str, object]:
    return {
        "description": f"{issue.title}: {issue.message}" if issue.level != "unread" else issue.message,
        "check_name": issue.rule,
        "fingerprint": issue.key,
        "severity": _SEVERITIES[issue.level],
        "location": {"path": issue.path, "lines": {"begin": issue.line or 1}},
    }


FORMAT = Format("gitlab", (".gitlab.json",), of_report=_of_report, of_archive=_of_archive)
