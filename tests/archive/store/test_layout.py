"""A store that was made to do harm: tables that are something else, and statements that run by themselves."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from de06_extract.archive.store.outcome import Outcome
from tests.archive.store.stores import attempt, paths, refusal, run, written

FOREIGN = "is damaged (its tables are not those of a store)"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
# Each in place of what stands there, or beside it.
STATEMENTS = {
    "a table that is an endless view": f"ALTER TABLE files RENAME TO f; CREATE VIEW files AS {ENDLESS}",
    "so is that of who holds it": f"DROP TABLE holder; CREATE VIEW holder AS {ENDLESS}",
    "a view that is another one": f"DROP VIEW every_outcome; CREATE VIEW every_outcome AS {ENDLESS}",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON attempts BEGIN DELETE FROM files; END",
    "a trigger on a view": "CREATE TRIGGER t INSTEAD OF INSERT ON outcomes BEGIN DELETE FROM files; END",
    "a column that is computed": "ALTER TABLE files DROP COLUMN bytes;"
    " ALTER TABLE files ADD COLUMN bytes INTEGER AS (length(zeroblob(900000000)))",
    "a computed column in its place": "DROP TABLE holder; CREATE TABLE holder"
    " (process INTEGER NOT NULL, host TEXT NOT NULL, since TEXT NOT NULL AS ('now'))",
    "a column of another type": "DROP TABLE holder; CREATE TABLE holder (process BLOB, host, since)",
    "a column that is missing": "ALTER TABLE runs DROP COLUMN ended",
    "a table that is missing": "DROP TABLE across",
    "a table of another kind": "DROP TABLE holder; CREATE VIRTUAL TABLE holder USING fts5(process, host, since)",
    "a table of a kind that nobody knows": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 0,"
    " sql = 'CREATE VIRTUAL TABLE holder USING unheard(process, host, since)' WHERE name = 'holder'",
}


def change(path: Path, statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.executescript(statements)
    connection.close()


@pytest.mark.parametrize("name", STATEMENTS)
def test_what_is_not_laid_out_as_a_store_is_refused_and_left_alone(name: str, path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
    change(path, STATEMENTS[name])
    before = path.read_bytes()
    assert refusal(path, paths) == FOREIGN
    assert refusal(path, written) == FOREIGN
    assert path.read_bytes() == before


def test_an_index_and_a_view_of_ones_own_do_no_harm(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
    change(path, "CREATE INDEX own ON findings (rule); CREATE VIEW mine AS SELECT * FROM findings; ANALYZE")
    assert paths(path) == ["a"]
    with run(path) as save:
        save(attempt("b", read))
    assert paths(path) == ["a", "b"]
