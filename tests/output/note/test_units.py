"""A note for each unit: one file each, whatever units are called."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.note.contents import Note
from de06_extract.output.note.units import write_by_unit
from tests.output.note.test_contents import RIGHT, WRONG, result


def write(notes: Iterable[Note], file: BinaryIO) -> None:
    for note in notes:
        file.write(f"{note.about}\n{len(note.sections)}".encode())


def of(unit: str, path: str, text: str = WRONG) -> FileResult:
    """A report that this unit issued."""
    made = result(text, path)
    assert made.report is not None
    header = {**made.report["header"], "issuer": unit or None}
    return replace(made, report={**made.report, "header": header, "locality": None})


def names(results: list[FileResult], folder: Path, output: str = "phiếu.docx") -> list[str]:
    paths = write_by_unit(results, folder / output, write, "vi")
    assert sorted(paths) == sorted((folder / output.partition(".")[0]).iterdir())
    return [path.name for path in paths]


def test_a_unit_has_one_file_on_all_its_reports(tmp_path: Path) -> None:
    reports = [of("UBND xã A", "/kho/1.txt"), of("UBND xã B", "/kho/2.txt"), of("UBND  XÃ A", "/kho/3.txt")]
    assert names(reports, tmp_path) == ["UBND xã A.docx", "UBND xã B.docx"]
    assert (tmp_path / "phiếu" / "UBND xã A.docx").read_text("utf-8") == "2 báo cáo của UBND xã A\n2"


def test_a_unit_without_a_finding_has_none(tmp_path: Path) -> None:
    assert names([of("UBND xã A", "/kho/1.txt", RIGHT), of("UBND xã B", "/kho/2.txt")], tmp_path) == ["UBND xã B.docx"]


def test_a_report_that_names_no_unit_has_a_note_of_its_own(tmp_path: Path) -> None:
    assert names([of("", "/kho/a.txt"), of("", "/kho/2/a.txt")], tmp_path) == ["a.docx", "a (2).docx"]


def test_names_are_those_of_files_on_every_system(tmp_path: Path) -> None:
    reports = [of('A/B: "C"?', "/kho/1.txt"), of("A B C", "/kho/2.txt"), of("../..", "/kho/3.txt"), of("x" * 300, "/4")]
    made = names(reports, tmp_path)
    assert made == ["-.docx", "A B C.docx", "A B C (2).docx", "x" * 80 + ".docx"]


def test_a_page_keeps_both_its_endings(tmp_path: Path) -> None:
    assert names([of("UBND xã A", "/kho/1.txt")], tmp_path, "kq.phieu.html") == ["UBND xã A.phieu.html"]


def test_only_those_may_read_it_who_may_read_the_store(tmp_path: Path) -> None:
    (path,) = write_by_unit([of("A", "/kho/1.txt")], tmp_path / "p.docx", write, "vi", 0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
