"""A note for each unit of an archive: a file for each, in a folder, named after the unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.note.contents import Note, NoteReport, note_of_unit, note_report
from de06_extract.schema.display import Language
from de06_extract.schema.units import folded_unit
from de06_extract.whole_files import EVERYBODY, replacing

_UNNAMED = re.compile(r"[^\w\s,()&-]+")  # what some system does not let a name hold
_LONGEST = 80  # characters of a name

Write = Callable[[Iterable[Note], BinaryIO], None]


def write_by_unit(
    results: Iterable[FileResult], output: Path, write: Write, language: Language, mode: int = EVERYBODY
) -> tuple[Path, ...]:
    """Writes a note for each unit that has a finding, and gives the files, in the order of their names.

    The folder is called as the output is, without its ending. A report that names no unit has a note of its own, named
    after its file. Raises an `OSError`.
    """
    end = "".join(output.suffixes[-2:]) if output.suffix == ".html" else output.suffix
    folder = output.with_name(output.name.removesuffix(end))
    folder.mkdir(exist_ok=True)
    written = []
    for name, reports in _named(_by_unit(results, language)):
        path = folder / f"{name}{end}"
        with replacing(path, mode=mode) as (file,):
            write([note_of_unit(reports, language)], file)
        written.append(path)
    return tuple(written)


def _by_unit(results: Iterable[FileResult], language: Language) -> Iterator[tuple[str, list[NoteReport]]]:
    """The reports of each unit that has a finding, with what the unit is called."""
    held: dict[str, list[NoteReport]] = {}
    for result in results:
        report = note_report(result, language)
        if report is not None:
            held.setdefault(folded_unit(report.unit) if report.unit else f"\0{result.path}", []).append(report)
    for reports in held.values():
        if any(report.rows for report in reports):
            yield reports[0].unit or Path(reports[0].file).stem, reports


def _named(units: Iterable[tuple[str, list[NoteReport]]]) -> list[tuple[str, list[NoteReport]]]:
    """The units by names that can be those of files, no two the same."""
    taken: set[str] = set()
    named = []
    for unit, reports in units:
        plain = " ".join(_UNNAMED.sub(" ", unicodedata.normalize("NFC", unit)).split())[:_LONGEST].strip() or "-"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain} ({number})"
        taken.add(name.casefold())
        named.append((name, reports))
    return sorted(named, key=lambda pair: pair[0])
