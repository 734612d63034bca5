"""Files that are no store, are damaged, or cannot be used: one line says so, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from de06_extract.archive.store.file import StoreError, scripts
from de06_extract.archive.store.outcome import Outcome
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from tests.archive.store.stores import (
    OPTIONS,
    attempt,
    beside,
    ordinary_user,
    paths,
    posix,
    python,
    refusal,
    run,
    written,
)


def other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    written(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("Báo cáo " * 100), "is not a store of results"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "is not a store of results"),
        (Path.mkdir, "is not a file"),
        (other_program, "is another program's database"),
        (newer, f"was written by a newer version of the program (store 99, known {len(scripts())})"),
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(path: Path, make: Callable[[Path], object], message: str) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    assert refusal(path, written) == message
    assert refusal(path, paths) == message
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert beside(path) == []


@posix
@pytest.mark.parametrize("is_made", [False, True], ids=["new", "there"])
@pytest.mark.parametrize("end", ["-lock", "-new", "-wal", "-shm", "-journal"])
def test_no_link_beside_a_store_leads_into_another_file(path: Path, end: str, is_made: bool) -> None:
    victim, nothing, link = path.with_name("victim"), path.with_name("nothing"), Path(f"{path}{end}")
    victim.write_bytes(b"precious")
    if is_made:
        written(path)
    for leads_to in (victim, nothing):
        link.unlink(missing_ok=True)
        link.symlink_to(leads_to)
        with suppress(StoreError):
            written(path)
        if not is_made:
            path.unlink(missing_ok=True)
    assert victim.read_bytes() == b"precious"
    assert not nothing.exists()


@posix
def test_a_pipe_is_no_store(path: Path) -> None:
    os.mkfifo(path)
    assert refusal(path, written) == "is not a file"


def test_a_store_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "none" / "store.sqlite", written) == "there is no such folder"
    assert refusal(tmp_path / "none" / "store.sqlite", paths) == "there is no such folder"
    assert refusal(tmp_path / "file" / "store.sqlite", written)


@posix
def test_a_store_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        with run(path) as save:
            save(attempt("a", read))
        folder.chmod(0o555)
        assert paths(path) == ["a"]
        assert refusal(path, written) == f"cannot be used (Permission denied: {path}-lock)"
        assert (
            refusal(folder / "new.sqlite", written) == f"cannot be used (Permission denied: {folder}/new.sqlite-lock)"
        )
        folder.chmod(0o755)
        path.chmod(0o444)
        assert paths(path) == ["a"]
        assert refusal(path, written) == "cannot be used (Permission denied)"
        assert beside(path) == []
        path.chmod(0)
        assert refusal(path, paths) == refusal(path, written) == "cannot be used (Permission denied)"


@posix
def test_a_reader_who_cannot_be_kept_apart_from_a_run_is_told(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        written(path)
        folder.chmod(0o555)

        def read_and_write(path: Path) -> None:
            with read_store(path) as store:
                assert len(list(store.results())) == 1
                folder.chmod(0o755)
                with run(path) as save:
                    save(attempt("a", read))

        assert refusal(path, read_and_write) == "was written while it was read; read it again"


@posix
def test_a_killed_store_in_a_folder_that_may_not_be_written_is_not_read_by_half(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        copy = folder / "copy.sqlite"
        written(path)
        with run(path) as save:
            save(attempt("a", read))
            for end in ("", "-wal"):
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        folder.chmod(0o555)
        assert refusal(copy, paths).startswith("cannot be used")
        folder.chmod(0o755)
        assert paths(copy) == ["a", "new"]


def test_a_damaged_store_is_one_line_and_the_rest_of_it_can_be_read(path: Path, read: Outcome) -> None:
    with run(path) as save:
        for number in range(30):
            save(attempt(f"{number:02}", read))
    content = bytearray(path.read_bytes())
    kinds = set()
    for place in range(10, 90, 8):
        damaged = content.copy()
        at = len(content) * place // 100
        damaged[at : at + 6000] = random.Random(place).randbytes(6000)
        path.write_bytes(damaged)
        seen = 0
        try:
            with read_store(path) as store:
                for result in store.results():
                    assert result.report is not None
                    seen += 1
                list(store.indicator_rows())
        except StoreError as error:
            kinds.add((seen > 0, str(error).removeprefix(f"{path}: ").split(" (")[0]))
    assert {message for _, message in kinds} == {"is damaged"}
    assert (True, "is damaged") in kinds


def test_a_full_disk_ends_the_run_and_what_was_saved_stays(path: Path, read: Outcome) -> None:
    saved = []

    def fill(path: Path) -> None:
        with open_store(path, OPTIONS) as store:
            number = store.begin_run([])
            store._connection.execute("PRAGMA max_page_count = 100")
            for name in range(100):
                store.save(number, attempt(f"{name:02}", read))
                saved.append(f"{name:02}")

    assert refusal(path, fill) == "cannot be written, the disk is full (database or disk is full)"
    assert 0 < len(saved) < 100
    assert paths(path) == saved
    assert beside(path) == []
    with run(path) as save:
        save(attempt("zz", read))
    assert paths(path) == [*saved, "zz"]


@pytest.mark.slow
@posix
def test_a_file_that_may_not_grow_ends_the_run_and_what_was_saved_stays(path: Path) -> None:
    code = """
import resource
from de06_extract.archive.store.outcome import Options, Outcome
from de06_extract.archive.store.file import StoreError, scripts
from de06_extract.archive.store.store import Attempt, open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with open_store(path, Options()) as store:
        run = store.begin_run([])
        for number in range(1000):
            outcome = Outcome(report=os.urandom(20_000))
            store.save(run, Attempt(f"/archive/{number:04}", ".txt", str(number), 1, outcome))
            print(f"{number:04}", flush=True)
except StoreError as error:
    print(error)
"""
    process = python(code, path)
    output = process.communicate(timeout=60)[0].split("\n")
    *saved, message, last = output
    assert (process.returncode, last) == (0, "")
    assert message.startswith(f"{path}: cannot be ")
    assert saved
    connection = sqlite3.connect(path)
    assert [name for (name,) in connection.execute("SELECT path FROM outcomes WHERE reason IS NULL")] == [
        f"/archive/{name}" for name in saved
    ]
    connection.close()
