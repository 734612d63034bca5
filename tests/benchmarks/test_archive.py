"""The archive that `benchmarks/archive.py` makes: sound reports that are read, damaged files that fail for a reason."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePath

import pytest

from archiving.damage import KINDS, Damage, damaged_files, write_damaged
from archiving.folders import reports, write_archive
from archiving.reports import Suffix, report
from archiving.runs import Checking, differences, reasons, rows
from archiving.versions import Version
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import Worker
from de06_extract.errors import UnreadableError
from de06_extract.readers import read_document
from mutating.edits import applied

pytestmark = pytest.mark.slow

SEED = 3
TAKES_TOO_MUCH = Limits(timeout=2.0, stall=None, max_memory=256 << 20)  # for what only the limits of a worker end
DOCUMENTS = [f"{kind.name}{kind.suffix}" for kind in KINDS if kind.make is not None and kind.suffix != ".zip"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], dict[str, Damage]]:
    """An archive of 40 sound files and one damaged of each kind, and how they are listed."""
    folder = tmp_path_factory.mktemp("lưu trữ")
    return folder, write_archive(folder, 40, SEED), write_damaged(folder, 1, SEED)


def digest() -> str:
    """What is made, in one line: the same from process to process."""
    made = hashlib.sha256()
    for sound in reports(6, SEED):
        made.update(f"{sound.folder}/{sound.name}".encode() + sound.data)
    for kind, number, data in damaged_files(1, SEED):
        made.update(f"{kind.name} {number}".encode() + (data or b""))
    return made.hexdigest()


def test_a_seed_gives_the_same_bytes_in_another_process() -> None:
    program = "from tests.benchmarks.test_archive import digest; print(digest())"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    there = subprocess.run(
        [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    assert there.stdout.strip() == digest()


def test_another_seed_gives_other_reports() -> None:
    one, other = ({report.data for report in reports(9, seed)} for seed in (1, 2))
    assert not one & other


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".txt"])
def test_reports_differ_in_their_text_and_are_read(suffix: Suffix) -> None:
    made = [report(SEED, number, suffix) for number in range(8)]
    assert len({read_document(one.data, one.name).text for one in made}) == 8
    assert outcome_of(made[0].data, suffix, Options()).report


def test_the_unit_of_a_report_stands_in_its_name_and_in_its_text() -> None:
    made = [report(SEED, number, suffix) for suffix in (".pdf", ".docx") for number in range(8)]
    named = [one for one in made if one.name.split(" - ")[0].split()[-1] in read_document(one.data, one.name).text]
    assert len(named) > len(made) / 2  # not in articles, nor where the font of a PDF lacks letters


def test_a_figure_is_changed_everywhere_alike_and_keeps_its_length() -> None:
    version = Version("a", {"Trà Cú": "Càng Long"}, years=2, share=1.0)
    text = "Huyện Trà Cú năm 2023: 3.225/3.265 hồ sơ; trong 3.265 hồ sơ của tháng 6/2023, theo Đề án 06 ngày 23/5/2023"
    changed = applied(text, tuple(version.edits(text)))
    first, second = changed.split("/")[1].split()[0], changed.split("trong ")[1].split()[0]
    assert first == second != "3.265"
    assert len(first) == len("3.265")
    assert changed.startswith("Huyện Càng Long năm 2025: ")
    assert "tháng 6/2025" in changed
    assert changed.endswith("theo Đề án 06 ngày 23/5/2023")


@pytest.fixture(scope="module")
def one_of_each() -> dict[str, tuple[Damage, bytes | None]]:
    """A file of each kind of damage, by its name."""
    return {f"{kind.name}{kind.suffix}": (kind, data) for kind, _, data in damaged_files(1, SEED)}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_damaged_file_fails_for_the_reason_of_its_kind(
    name: str, one_of_each: dict[str, tuple[Damage, bytes | None]]
) -> None:
    kind, data = one_of_each[name]
    assert data is not None
    if "timeout" in kind.reasons:
        with Worker(Options(), TAKES_TOO_MUCH) as worker:
            outcome = worker.outcome(data, kind.suffix).outcome
    else:
        outcome = outcome_of(data, kind.suffix, Options())
    assert outcome.reason in kind.reasons, outcome.message
    assert outcome.message


def test_every_file_of_the_archive_is_listed_and_nothing_else(
    archive: tuple[Path, list[str], dict[str, Damage]],
) -> None:
    folder, sound, damaged = archive
    entries = {entry.path: entry for entry in find_entries([folder]).entries}
    assert entries.keys() == {*sound, *damaged}
    assert len(entries) == 40 + len(KINDS)
    for path, kind in damaged.items():
        if kind.place or kind.suffix == ".zip":
            assert _reason(entries[path]) in kind.reasons


def test_there_are_twenty_kinds_of_damage_and_more() -> None:
    assert len({(kind.name, kind.suffix) for kind in KINDS}) == len(KINDS) >= 20
    assert all(kind.reasons and (kind.make is None) != (kind.place is None) for kind in KINDS)


def test_most_are_pdf_and_some_are_there_twice() -> None:
    made = [*reports(100, SEED)]
    suffixes = Counter(PurePath(report.name).suffix for report in made)
    assert suffixes[".pdf"] > suffixes[".docx"] > suffixes[".txt"] > 5
    assert len(made) > len({report.data for report in made})
    assert len(made) == len({(report.folder, report.name) for report in made})


def _reason(entry: ArchiveFile) -> str | None:
    try:
        entry.read()
    except UnreadableError as error:
        return error.reason
    return None


def test_the_rows_of_two_runs_are_compared_whatever_their_order(tmp_path: Path) -> None:
    folder = tmp_path / "lưu trữ"
    paths = write_archive(folder, 5, SEED)
    one, two = (Checking(folder, tmp_path / f"{jobs}.sqlite", jobs) for jobs in (1, 2))
    assert two.killed_after(0.2) == []
    one.run()
    two.run()
    assert reasons(two.store) == dict.fromkeys(paths)
    assert {json.loads(row)["table"] for row in rows(one.store)} >= {"checker", "file", "result"}
    assert differences(rows(one.store), rows(two.store)) == {}
    assert rows(one.store, set(paths)) == rows(one.store)
    assert one.left_behind() == two.left_behind() == []
    Path(next(path for path in paths if ".zip!" not in path)).write_text("Đạt 10/12 xã (83,4%).\n", "utf-8")
    two.run()
    assert differences(rows(one.store), rows(two.store)).keys() >= {"file", "result"}
