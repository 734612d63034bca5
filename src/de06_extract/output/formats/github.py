"""Commands of GitHub's workflows: a line for each finding, which GitHub shows at the file and in its summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.output.issues import Issue, issues_of
from de06_extract.schema.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "unread": "warning"}
# As its runner reads them: what ends a line in a message, and besides what ends a property.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _of_archive([result_of(report, settings.path)], files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    for result in results:
        for issue in issues_of(result, settings.language):
            files[0].write((_line(issue) + "\n").encode("utf-8", "replace"))


def _line(issue: Issue) -> str:
    properties = {"file": issue.path, "line": issue.line, "title": issue.title}
    told = ",".join(f"{name}={_escaped(str(held), _IN_PROPERTY)}" for name, held in properties.items() if held)
    return f"::{_COMMANDS[issue.level]} {told}::{_escaped(issue.message, _IN_MESSAGE)}"


def _escaped(text: str, marks: dict[str, str]) -> str:
    """The text with its marks as the runner reads them, the per cent sign once.

    >>> _escaped("98,57%: a\\nb", _IN_PROPERTY)
    '98%2C57%25%3A a%0Ab'
    """
    return "".join(marks.get(letter, letter) for letter in text)


FORMAT = Format("github", (".github.txt",), of_report=_of_report, of_archive=_of_archive)
