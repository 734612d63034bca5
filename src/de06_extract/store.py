"""The store: one SQLite file with what came out of every file of an archive, one transaction a file.

A run that was stopped at any moment leaves whole rows; the next one goes on where it was. `data/store/` has a script a
version of its tables; an older store is brought up to date when it is opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from de06_extract.outcomes import Options, Outcome, checker_version, unpacked
from de06_extract.rows import Parsed, Row

VERSION = 1
Order = Literal["reporter", "indicator"]
_APPLICATION = 0xDE06  # in the file's header: a database of ours, not anybody's
_DOCUMENT = (
    "document_type",
    "document_number",
    "document_date",
    "document_date_text",
    "document_issuer",
    "document_place",
    "document_locality",
    "document_district",
    "document_province",
    "document_successor",
)
_PATIENCE = 30.0  # seconds to wait for a reader of the file


class StoreError(Exception):
    """The store cannot be used; the message is one line that names it and says why."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a run did to one file: the content that it found, and what came out of it.

    `outcome` is None where the content has a result already, or another path with the same content is being checked.
    `sha256` and `size` are None for a file that could not be read at all; then the outcome says why. `memory` is what
    the worker held afterwards, in bytes.
    """

    path: str
    suffix: str
    sha256: str | None
    size: int | None
    outcome: Outcome | None
    seconds: float = 0.0
    worker: str | None = None
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """One path of the archive with what came out of it: the report's JSON, or the reason why there is none.

    `across` are the rows of the findings across reports that stand at this file, with the keys of findings' rows.
    """

    path: str
    sha256: str | None
    size: int | None
    report: Parsed | None
    reason: str | None
    message: str | None
    across: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """One path of the archive: what content it has, and the reason why there is no report on it, if so."""

    path: str
    sha256: str | None
    suffix: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What a finding is known by: where it stands, what it is held by, and the words."""

    path: str
    rule: str
    severity: str
    quote: str


class Store:
    """An open store, seen by one checker: the version of the program with its options."""

    def __init__(self, connection: sqlite3.Connection, checker: int) -> None:
        self._connection, self.checker = connection, checker

    def known(self, *, but: Container[str] = ()) -> set[tuple[str, str]]:
        """The hashes and suffixes of the contents that have a result, but for those that failed for these reasons."""
        query = "SELECT sha256, suffix, reason FROM results WHERE checker = ?"
        return {(sha256, suffix) for sha256, suffix, reason in self._all(query) if reason not in but}

    def begin_run(self, paths: Iterable[str]) -> int:
        """The number of a new run."""
        with self._connection:
            self._connection.execute("UPDATE runs SET state = 'interrupted' WHERE state = 'running'")
            row = (self.checker, json.dumps(list(paths), ensure_ascii=False), _now())
            return self._insert("INSERT INTO runs (checker, paths, started, state) VALUES (?, ?, ?, 'running')", row)

    def end_run(self, run: int, state: Literal["finished", "interrupted"]) -> None:
        """Notes that a run came to its end."""
        with self._connection:
            self._connection.execute("UPDATE runs SET state = ?, ended = ? WHERE run = ?", (state, _now(), run))

    def save(self, run: int, attempt: Attempt) -> None:
        """Keeps what came out of one file, all of it or nothing."""
        outcome = attempt.outcome
        lost = outcome if outcome is not None and attempt.sha256 is None else None
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self.checker, attempt.path, attempt.sha256, attempt.suffix, attempt.size)
                + ((lost.reason, lost.message) if lost else (None, None)),
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?)",
                (run, attempt.path, _now(), attempt.seconds, attempt.worker, attempt.memory),
            )
            if outcome is not None and attempt.sha256 is not None:
                self._save_result(attempt.sha256, attempt.suffix, outcome)

    def save_across(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Replaces the findings across reports by these, each with the path of the file that it stands at."""
        with self._connection:
            self._connection.execute("DELETE FROM across WHERE checker = ?", (self.checker,))
            numbers: dict[str, int] = {}
            for path, row in rows:
                numbers[path] = numbers.get(path, 0) + 1
                self._put("across", {"checker": self.checker, "path": path, "position": numbers[path]}, row)

    def results(self) -> Iterator[FileResult]:
        """Every file in the order of the paths, read one at a time."""
        files = self._connection.execute(
            "SELECT f.path, f.sha256, f.bytes, r.report, coalesce(f.reason, r.reason), coalesce(f.message, r.message)"
            " FROM files f LEFT JOIN results r USING (checker, sha256, suffix) WHERE f.checker = ? ORDER BY f.path",
            (self.checker,),
        )
        for path, sha256, size, packed, reason, message in files:
            report = None if packed is None else unpacked(packed)
            if report is not None:
                report["source"] = {**report["source"], "name": path.replace("!/", "/").rsplit("/", 1)[-1]}
            across = tuple(self._rows("across", "checker = ? AND path = ?", (self.checker, path)))
            yield FileResult(path, sha256, size, report, reason, message, across)

    def outlines(self) -> Iterator[Outline]:
        """Every file in the order of the paths, without what came out of it."""
        query = (
            "SELECT f.path, f.sha256, f.suffix, coalesce(f.reason, r.reason)"
            " FROM files f LEFT JOIN results r USING (checker, sha256, suffix) WHERE f.checker = ? ORDER BY f.path"
        )
        return (Outline(*row) for row in self._all(query))

    def heads(self) -> Iterator[Head]:
        """Every finding within reports, then those across reports, each in the order of paths and text."""
        within = (
            "SELECT o.path, f.rule, f.severity, f.quote FROM outcomes o JOIN findings f USING (result)"
            " WHERE o.checker = ? ORDER BY o.path, f.position"
        )
        across = "SELECT path, rule, severity, quote FROM across WHERE checker = ? ORDER BY path, position"
        for query in (within, across):
            yield from (Head(*row) for row in self._all(query))

    def indicator_rows(self) -> Iterator[tuple[str, Row]]:
        """The rows of all indicators with the paths of their files, in the order of paths and text."""
        query = (
            "SELECT o.path, o.document_type, o.document_number, o.document_date, o.document_date_text,"
            " o.document_issuer, o.document_place, o.document_locality, o.document_district, o.document_province,"
            " o.document_successor, i.*"
            " FROM outcomes o JOIN indicators i USING (result) WHERE o.checker = ? ORDER BY o.path, i.position"
        )
        for row in self._dicts(query, (self.checker,)):
            yield row.pop("path"), row

    def certain_rows(self, order: Order, of: Iterable[str] | None = None) -> Iterator[tuple[str, Row]]:
        """The rows of results with a value and an end of their period, each content once, with the first of its paths.

        In the order of reporters, province by province, or of provinces and indicators; `of` some indicators alone.
        """
        reporter = "r.document_province, coalesce(r.document_locality, r.document_issuer), r.document_district"
        first = {"reporter": reporter, "indicator": "r.document_province, i.indicator"}[order]
        names = ", ".join(f"r.{key}" for key in _DOCUMENT)
        wanted = "AND i.indicator IN (SELECT value FROM json_each(?))"
        query = (
            f"SELECT f.path, {names}, i.* FROM results r JOIN indicators i USING (result) JOIN"
            " (SELECT checker, sha256, suffix, min(path) AS path FROM files GROUP BY checker, sha256, suffix) f"
            " USING (checker, sha256, suffix) WHERE r.checker = ? AND i.status = 'result' AND i.bound = 'exact'"
            f" AND i.value IS NOT NULL AND i.period_end IS NOT NULL {'' if of is None else wanted}"
            f" ORDER BY {first}, f.path, i.position"
        )
        for row in self._dicts(query, (self.checker, *(() if of is None else (json.dumps(sorted(of)),)))):
            yield row.pop("path"), row

    def _save_result(self, sha256: str, suffix: str, outcome: Outcome) -> None:
        key = (self.checker, sha256, suffix)
        self._connection.execute("DELETE FROM results WHERE checker = ? AND sha256 = ? AND suffix = ?", key)
        severities = [row["severity"] for row in outcome.findings]
        columns: Row = {
            "checker": self.checker,
            "sha256": sha256,
            "suffix": suffix,
            "reason": outcome.reason,
            "message": outcome.message,
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "infos": severities.count("info"),
            **{key: outcome.document.get(key) for key in _DOCUMENT},
        }
        result = self._put("results", {**columns, "report": outcome.report}, {})
        for table, rows in (("findings", outcome.findings), ("indicators", outcome.indicators)):
            for position, row in enumerate(rows, 1):
                own = {key: value for key, value in row.items() if not key.startswith(("document_", "source_"))}
                self._put(table, {"result": result, "position": position}, own)

    def _put(self, table: str, keys: dict[str, Any], row: Row) -> int:
        cells = {**keys, **{key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()}}
        names, marks = ", ".join(f'"{key}"' for key in cells), ", ".join("?" * len(cells))
        return self._insert(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(cells.values()))

    def _insert(self, statement: str, cells: tuple[Any, ...]) -> int:
        return self._connection.execute(statement, cells).lastrowid or 0

    def _all(self, query: str) -> sqlite3.Cursor:
        return self._connection.execute(query, (self.checker,))

    def _rows(self, table: str, where: str, cells: tuple[Any, ...]) -> Iterator[Row]:
        return self._dicts(f"SELECT * FROM {table} WHERE {where} ORDER BY position", cells)

    def _dicts(self, query: str, cells: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
        cursor = self._connection.execute(query, cells)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)


@contextmanager
def open_store(path: Path, options: Options) -> Iterator[Store]:
    """The store in a file, which is made if it is not there, seen by this version of the program with the options.

    Raises a `StoreError` where the file is another program's, of a newer version, damaged, or cannot be opened.
    """
    try:
        connection = sqlite3.connect(path, timeout=_PATIENCE)
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened ({error})") from error
    try:
        _bring_up_to_date(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        yield Store(connection, _checker(connection, options))
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: cannot be used ({error})") from error
    finally:
        connection.close()


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    is_new = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not is_new and application != _APPLICATION:
        raise StoreError(f"{path}: is another program's database")
    if version > VERSION:
        raise StoreError(f"{path}: was written by a newer version of the program (store {version}, known {VERSION})")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # what a power cut comes after is there
    for number in range(version + 1, VERSION + 1):
        script = files("de06_extract").joinpath("data", "store", f"{number}.sql").read_text("utf-8")
        connection.executescript(
            f"BEGIN IMMEDIATE; {script} PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {number}; COMMIT;"
        )


def _checker(connection: sqlite3.Connection, options: Options) -> int:
    key = (checker_version(), options.key)
    with connection:
        connection.execute("INSERT OR IGNORE INTO checkers (version, options) VALUES (?, ?)", key)
    query = "SELECT checker FROM checkers WHERE version = ? AND options = ?"
    number: int = connection.execute(query, key).fetchone()[0]
    return number


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
