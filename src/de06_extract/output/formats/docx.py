"""The note on a report, or a note each for the reports of an archive that have findings, as a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.file_result import result_of
from de06_extract.output.format import Format, Settings
from de06_extract.output.note.contents import notes_on, notes_on_report
from de06_extract.output.note.units import write_by_unit
from de06_extract.schema.report import Report


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.note.docx import write_notes

    write_notes(notes_on_report(result_of(report, settings.path), settings.language), files[0])


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    from de06_extract.output.note.docx import write_notes

    write_notes(notes_on(results, settings.language), files[0])


def _of_units(results: Iterable[FileResult], output: Path, settings: Settings, mode: int) -> tuple[Path, ...]:
    from de06_extract.output.note.docx import write_notes

    write = write_notes
    return write_by_unit(results, output, write, settings.language, mode)


FORMAT = Format("docx", (".docx",), is_binary=True, of_report=_of_report, of_archive=_of_archive, of_units=_of_units)
