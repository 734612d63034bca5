"""SARIF 2.1.0, for programs that show the findings of checkers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import folder_of, result_of
from de06_extract.output.format import Format, Settings
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    result = result_of(report, settings.path)
    _of_archive([result], files, replace(settings, root=folder_of(result)))


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.archive.across.checks import across_rules
    from de06_extract.output.sarif.log import write_sarif
    from de06_extract.rules.checks import rules

    write_sarif(results, files[0], settings.language, (*rules(), *across_rules()), folder=settings.root)


FORMAT = Format("sarif", (".sarif",), of_report=_of_report, of_archive=_of_archive)
