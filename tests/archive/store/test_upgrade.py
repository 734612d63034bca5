"""Stores of an older version of the program are brought up to date."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

import de06_extract.archive.store.file as store_file
from de06_extract.archive.store.dump import dump
from de06_extract.archive.store.outcome import Outcome
from de06_extract.archive.store.results import read_store
from tests.archive.store.stores import attempt, ordinary_user, paths, posix, refusal, run, written
from tests.conftest import ROOT


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    known = store_file.scripts()
    monkeypatch.setattr(store_file, "scripts", lambda: (*known, *steps))


NEXT = """
-- A made-up step.
CREATE TABLE notes (note TEXT);
INSERT INTO notes SELECT 'files: ' || count(*) FROM files;
ALTER TABLE runs ADD COLUMN user TEXT"""


def test_an_older_store_is_brought_up_to_date(path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    older = path.with_name("older.sqlite")
    with run(path) as save:
        save(attempt("a", read))
    shutil.copy(path, older)
    with_steps(monkeypatch, NEXT)
    assert paths(older) == ["a"]  # a reader does it too
    with run(path) as save:
        save(attempt("b", None, "a"))
    assert paths(path) == ["a", "b"]
    for store in (path, older):
        connection = sqlite3.connect(store)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(store_file.scripts()),)
        assert connection.execute("SELECT note FROM notes").fetchall() == [("files: 1",)]
        connection.close()
    monkeypatch.undo()
    assert "newer version of the program" in refusal(path, paths)


def test_a_step_that_fails_changes_nothing(path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    with run(path) as save:
        save(attempt("a", read))
    before = list(dump(path))
    with_steps(monkeypatch, NEXT, f"CREATE TABLE more (x); {NEXT}")
    assert "notes already exists" in refusal(path, paths)
    monkeypatch.undo()
    with_steps(monkeypatch, NEXT)
    assert paths(path) == ["a"]  # the first step was done, the second not at all
    assert list(dump(path)) == before


@posix
def test_an_older_store_that_may_not_be_written_is_refused(
    tmp_path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        written(path)
        with_steps(monkeypatch, NEXT)
        folder.chmod(0o555)
        assert "Permission denied" in refusal(path, paths)


def test_the_scripts_are_found_by_number() -> None:
    assert len(store_file.scripts()) == len(list((ROOT / "src/de06_extract/data/store").glob("*.sql")))
    assert "CREATE TABLE checkers" in store_file.scripts()[0]


def test_a_store_of_version_1_gets_the_columns_of_now(
    path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = store_file.scripts()
    monkeypatch.setattr(store_file, "scripts", lambda: (first,))
    with run(path):
        pass
    monkeypatch.undo()
    with run(path) as save:
        save(attempt("a", read))
    connection = sqlite3.connect(path)
    sure = [confidence for (confidence,) in connection.execute("SELECT confidence FROM findings ORDER BY position")]
    connection.close()
    assert sure == [row["confidence"] for row in read.findings]


def test_rows_of_an_older_store_have_no_cause_and_are_intact(
    path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = store_file.scripts()[:4]
    before = tuple({key: value for key, value in row.items() if key != "cause"} for row in read.findings)
    monkeypatch.setattr(store_file, "scripts", lambda: older)
    with run(path) as save:
        save(attempt("a", replace(read, findings=before)))
    monkeypatch.undo()
    with run(path) as save:
        save(attempt("b", read))
    with read_store(path) as store:  # which refuses rows that are not what was written
        keys = [key.path.rpartition("/")[2] for key in store.finding_keys()]
    assert keys == ["a"] * len(read.findings) + ["b"] * len(read.findings)
    connection = sqlite3.connect(path)
    query = "SELECT cause FROM all_findings WHERE path = '/archive/' || ? ORDER BY position"
    causes = {name: [cause for (cause,) in connection.execute(query, name)] for name in "ab"}
    connection.close()
    assert causes == {"a": [None] * len(read.findings), "b": [row["cause"] for row in read.findings]}
    assert len(set(causes["b"])) < len(causes["b"])  # 004: two slips, four findings
