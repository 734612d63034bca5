"""A workbook for Excel, a sheet for each table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Format, Settings
from de06_extract.output.tables.of_archive import archive_sheets, ranked_tables
from de06_extract.output.tables.of_report import report_tables
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.tables.xlsx import write_sheets

    tables = report_tables(report, settings)
    write_sheets(tables, files[0], settings.tables, settings.language, folder=settings.folder)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.tables.xlsx import write_sheets

    tables = ranked_tables(results, settings)
    write_sheets(
        tables,
        files[0],
        archive_sheets(settings),
        settings.language,
        folder=settings.folder,
        root=settings.root,
        made_on=settings.made_on,
    )


FORMAT = Format("xlsx", (".xlsx",), is_binary=True, tables="together", of_report=_of_report, of_archive=_of_archive)
