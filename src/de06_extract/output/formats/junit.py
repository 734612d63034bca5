"""JUnit XML, which most servers that run checks show: a suite for each file, a case for each finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.output.issues import Issue, issues_of, seen_from_here
from de06_extract.pipeline.program import NAME
from de06_extract.schema.report import Report

_NO_XML = re.compile(r"[^\t\n\r -\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # characters that XML 1.0 has no place for


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _of_archive([result_of(report, settings.path)], files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    file = files[0]
    file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="{NAME}">\n'.encode())
    for result in results:
        file.write("".join(_suite(result, settings)).encode("utf-8", "replace"))
    file.write(b"</testsuites>\n")


def _suite(result: FileResult, settings: Settings) -> Iterator[str]:
    """The suite of a file; one in which nothing was found has a case that is passed."""
    issues = list(issues_of(result, settings.language))
    failed = sum(issue.level in ("error", "warning") for issue in issues)
    unread = sum(issue.level == "unread" for issue in issues)
    path = quoteattr(_clean(seen_from_here(result.path)))
    yield f'  <testsuite name={path} tests="{len(issues) or 1}" failures="{failed}" errors="{unread}" skipped="0">\n'
    if not issues:
        yield f'    <testcase name="{NAME}" classname={path}/>\n'
    for issue in issues:
        yield _case(issue, path)
    yield "  </testsuite>\n"


def _case(issue: Issue, path: str) -> str:
    """The case of a finding: a failure, or for a note a case that is passed and says something."""
    at = "" if issue.line is None else f' line="{issue.line}"'
    name, message = quoteattr(_clean(f"{issue.rule} {issue.key[:8]}")), _clean(issue.message)
    title, text = quoteattr(_clean(issue.title)), escape(message)
    held = {
        "unread": f'<error message={title} type="{issue.rule}">{text}</error>',
        "info": f"<system-out>{text}</system-out>",
    }.get(issue.level, f'<failure message={title} type="{issue.level}">{text}</failure>')
    return f"    <testcase name={name} classname={path} file={path}{at}>{held}</testcase>\n"


def _clean(text: str) -> str:
    """The text with U+FFFD for what no XML can hold.

    >>> _clean("a\\x00\\x1b\\ud800b\\ufffe")
    'a\ufffd\ufffd\ufffdb\ufffd'
    """
    return _NO_XML.sub("\ufffd", text)


FORMAT = Format("junit", (".xml",), of_report=_of_report, of_archive=_of_archive)
