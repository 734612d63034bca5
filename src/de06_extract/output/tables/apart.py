"""Tables that lie apart, a file for each: which file gets which, whatever form they are written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Settings
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.of_archive import NAMES, archive_tables
from de06_extract.output.tables.of_report import report_tables
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Row

Write = Callable[[Iterable[Mapping[Table, Iterable[Row]]], Mapping[Table, BinaryIO], Settings], None]


def write_report_apart(write: Write, report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    """Writes the tables of a report that the settings name, each to the file at its place."""
    write(report_tables(report, settings), dict(zip(settings.tables, files, strict=True)), settings)


def write_archive_apart(
    write: Write, results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings
) -> None:
    """Writes every table of an archive, each to the file at its place."""
    tables = (archive_tables(result, settings) for result in results)
    write(tables, dict(zip(NAMES, files, strict=True)), settings)
