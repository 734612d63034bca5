"""A run over an archive: what is checked, what is known, and what goes on after a stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import pytest

from de06_extract.archive import check
from de06_extract.archive.check import RETRIED, update_store
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.outcome import Options, failed, outcome_of
from de06_extract.archive.store.store import Attempt, Store, open_store
from de06_extract.readers.pdf.scans import requirements, workload
from de06_extract.schema.rows import Row
from tests.archive.folders import RIGHT, small_archive
from tests.readers.pdf.drawing import SCAN, text_at, with_image


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return small_archive(tmp_path)


class InProcess:
    """An engine without processes, which notes what it checked."""

    def __init__(self, *, stop_after: int | None = None) -> None:
        self.checked: list[str] = []
        self.stop_after = stop_after

    def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
        import hashlib

        seen = set(known)
        for number, entry in enumerate(entries):
            if number == self.stop_after:
                raise KeyboardInterrupt
            data = entry.read()
            key = (hashlib.sha256(data).hexdigest(), entry.suffix)
            outcome = None
            if key not in seen:
                self.checked.append(Path(entry.path).name)
                outcome = outcome_of(data, entry.suffix, Options())
                seen.add(key)
            yield Attempt(entry.path, entry.suffix, key[0], len(data), outcome)


def test_a_run_keeps_a_row_for_every_path_and_checks_a_content_once(archive: Path, tmp_path: Path) -> None:
    engine = InProcess()
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        update_store(store, find_entries([archive]), engine)
        paths = [Path(result.path).name for result in store.results()]
    assert paths == ["bản sao.txt", "đúng.txt", "sai.txt", "ảnh.heic"]
    assert engine.checked == ["bản sao.txt", "đúng.txt", "ảnh.heic"]


def test_a_stopped_run_goes_on_where_it_was(archive: Path, tmp_path: Path) -> None:
    found = find_entries([archive])
    with open_store(tmp_path / "s.sqlite", Options()) as store, pytest.raises(KeyboardInterrupt):
        update_store(store, found, InProcess(stop_after=1))
    engine = InProcess()
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        run_before = store.last_run()
        assert run_before is not None
        assert run_before.state == "interrupted"
        update_store(store, found, engine)
        after = store.last_run()
        assert after is not None
        assert after.state == "finished"
        assert len(list(store.results())) == 4
    assert "bản sao.txt" not in engine.checked


def test_files_that_are_gone_are_taken_out_and_new_ones_checked(archive: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        update_store(store, find_entries([archive]), InProcess())
        (archive / "ảnh.heic").unlink()
        (archive / "mới.txt").write_text("Có 10/12 xã (đạt 83,4%).", "utf-8")
        engine = InProcess()
        assert update_store(store, find_entries([archive]), engine) == 1
        names = [Path(result.path).name for result in store.results()]
    assert engine.checked == ["mới.txt"]
    assert "ảnh.heic" not in names


def test_what_failed_for_a_limit_is_checked_again_where_that_is_asked_for(archive: Path, tmp_path: Path) -> None:
    class Slow(InProcess):
        def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
            for attempt in super().attempts(entries, known):
                outcome = failed("timeout", "took longer than 1 s") if attempt.outcome is not None else None
                yield Attempt(attempt.path, attempt.suffix, attempt.sha256, attempt.size, outcome)

    found = find_entries([archive])
    again, retried = InProcess(), InProcess()
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        update_store(store, found, Slow())
        update_store(store, found, again)
        update_store(store, found, retried, retried=RETRIED)
        assert [result.reason for result in store.results()] == [None, None, None, "unsupported"]
    assert again.checked == []
    assert len(retried.checked) == 3


@pytest.mark.parametrize(("missing", "checked"), [(None, ["quét.pdf"]), ("cần cài Tesseract", [])])
def test_a_scan_is_checked_again_once_scans_can_be_read(
    missing: str | None, checked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unequipped(InProcess):
        def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
            for attempt in super().attempts(entries, known):
                reason = {".pdf": "scan", ".png": "illegible"}[attempt.suffix]
                yield Attempt(attempt.path, attempt.suffix, attempt.sha256, attempt.size, failed(reason, "no text"))

    (tmp_path / "quét.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "mờ.png").write_bytes(b"\x89PNG")
    found, again = find_entries([tmp_path]), InProcess()
    monkeypatch.setattr(check, "missing_for_scans", lambda: missing)
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        update_store(store, found, Unequipped())
        update_store(store, found, again)
    assert again.checked == checked


@pytest.mark.parametrize("program", [None, "tesseract"])
def test_a_file_with_pages_that_are_images_is_checked_again_once_scans_can_be_read(
    program: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its report holds what its other pages say, and that a program was missing; one that was read whole is known."""
    words = text_at(80, 700, "Tiep nhan 8.204 ho so")
    (tmp_path / "nửa.pdf").write_bytes(with_image(words, SCAN))
    (tmp_path / "chữ.pdf").write_bytes(with_image(words))
    found, again, third = find_entries([tmp_path]), InProcess(), InProcess()
    monkeypatch.setattr(requirements, "find_program", lambda: None)
    with open_store(tmp_path / "s.sqlite", Options()) as store:
        update_store(store, found, InProcess())
        monkeypatch.setattr(requirements, "find_program", lambda: program)
        monkeypatch.setattr(workload, "read_scans", lambda images: iter(()))
        update_store(store, found, again)
        update_store(store, found, third)
    assert again.checked == (["nửa.pdf"] if program else [])
    assert third.checked == [], "what cannot be read with all at hand is not tried each time"


def test_reports_are_held_against_each_other_again_where_one_is_new_gone_or_retried_and_after_a_stop(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    def find(store: Store, language: str, known: object) -> Iterator[tuple[str, Row]]:
        held.append(len(list(store.results())))
        return iter(())

    monkeypatch.setattr(check, "find_across", find)

    def checked(**options: Any) -> list[int]:
        held.clear()
        update_store(store, find_entries([archive]), InProcess(stop_after=options.pop("stop_after", None)), **options)
        return held

    with open_store(tmp_path / "s.sqlite", Options()) as store:
        assert checked() == [4]
        assert checked() == []
        (archive / "mới.txt").write_text(RIGHT, "utf-8")  # a content that is known, at another path
        assert checked() == [5]
        (archive / "ảnh.heic").unlink()
        assert checked() == [4]
        assert checked(retried={"unsupported"}) == []  # of the file that is gone
        with pytest.raises(KeyboardInterrupt):
            checked(stop_after=1)
        assert checked() == [4]
        assert checked() == []
