"""One page of a report or an archive that needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _of_archive([result_of(report, settings.path)], files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.html.page import write_page

    write_page(
        results,
        files[0],
        language=settings.language,
        made_on=settings.made_on,
        folder=settings.folder,
        stale=settings.stale,
    )


FORMAT = Format("html", (".html",), of_report=_of_report, of_archive=_of_archive)
