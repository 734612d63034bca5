"""A run that names no store goes on with the one that knows its files."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import de06_extract.archive.store.file as store_file
from de06_extract.archive.store.nearby import store_of, stores_in
from de06_extract.archive.store.outcome import Outcome
from tests.archive.store.stores import attempt, run


def store(path: Path, read: Outcome, *names: str, at: int = 0) -> Path:
    """A store that knows files of these names, changed last at a second."""
    with run(path) as save:
        for name in names:
            save(attempt(name, read))
    os.utime(path, (at, at))
    return path


def test_the_stores_of_a_folder_are_known_by_their_header_the_latest_first(tmp_path: Path, read: Outcome) -> None:
    first, second = (store(tmp_path / f"{at}.sqlite", read, "a", at=at) for at in (1, 2))
    (tmp_path / "text.sqlite").write_text("SQLite format 3", "utf-8")
    (tmp_path / "empty.sqlite").touch()
    (tmp_path / "folder.sqlite").mkdir()
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection:
        connection.execute("CREATE TABLE files (path TEXT)")
    assert stores_in(tmp_path) == (second, first)
    assert stores_in(tmp_path / "no folder") == ()


def test_the_store_that_knows_most_of_the_files_is_taken_of_equals_the_first(tmp_path: Path, read: Outcome) -> None:
    one, two, other = (
        store(tmp_path / f"{name}.sqlite", read, *names)
        for name, names in (("one", "ab"), ("two", "abc"), ("other", "xyz"))
    )
    paths = [f"/archive/{name}" for name in "abcdef"]
    assert store_of(paths, (other, one, two)) == two
    assert store_of(paths[:2], (one, two)) == one
    assert store_of(paths[:2], (two, one)) == two
    assert store_of(paths, (other,)) is None
    assert store_of(paths, ()) is None
    assert store_of([], (one,)) is None


def test_of_many_files_some_are_asked_for(tmp_path: Path, read: Outcome) -> None:
    known = store(tmp_path / "s.sqlite", read, "0")
    paths = [f"/archive/{number}" for number in range(50_000)]
    assert store_of(paths, (known,)) == known  # the first is always among them


def test_a_look_changes_nothing(tmp_path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    known = store(tmp_path / "s.sqlite", read, "a")
    before = known.read_bytes()
    scripts = store_file.scripts()
    monkeypatch.setattr(store_file, "scripts", lambda: (*scripts, "ALTER TABLE runs ADD COLUMN user TEXT"))
    assert store_of(["/archive/a"], stores_in(tmp_path)) == known  # though it is older than the program
    assert known.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["s.sqlite"]


def test_a_store_that_a_run_writes_is_left_to_it(tmp_path: Path, read: Outcome) -> None:
    path = tmp_path / "s.sqlite"
    with run(path) as save:
        save(attempt("a", read))
        assert store_of(["/archive/a"], stores_in(tmp_path)) is None
    assert store_of(["/archive/a"], stores_in(tmp_path)) == path


def test_a_damaged_store_knows_nothing(tmp_path: Path, read: Outcome) -> None:
    known = store(tmp_path / "s.sqlite", read, "a")
    known.write_bytes(known.read_bytes()[:5000])
    assert store_of(["/archive/a"], stores_in(tmp_path)) is None
