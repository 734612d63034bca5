"""The store: one SQLite file with what came out of every file of an archive, one transaction a file.

A run that was stopped at any moment leaves whole rows; the next one goes on where it was. `data/store/` has a script a
version of its tables; an older store is brought up to date when it is opened.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from sys import intern
from typing import Any, Literal
from weakref import WeakSet

from de06_extract.archive.store.file import StoreError, opened_to_read, opened_to_write, store_errors
from de06_extract.archive.store.outcome import Options, Outcome, checker_version, unpacked
from de06_extract.schema.rows import DOCUMENT, Parsed, Row

__all__ = [
    "Attempt",
    "FileResult",
    "FindingKey",
    "PathContent",
    "Run",
    "Store",
    "StoreError",
    "open_store",
    "read_store",
]

Order = Literal["reporter", "indicator"]
_ELSEWHERE = ("document_", "source_")
_DATES = {"period_start", "period_end"}
_PUT_FILE = """
INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
sha256 = excluded.sha256, suffix = excluded.suffix, bytes = excluded.bytes, reason = excluded.reason,
message = excluded.message
WHERE (sha256, suffix, bytes, reason, message) IS NOT
(excluded.sha256, excluded.suffix, excluded.bytes, excluded.reason, excluded.message)
"""  # a file that has not changed writes nothing, and nothing has to reach the disk


@dataclass(frozen=True, slots=True)
class Attempt:
    """One file as a run met it: the content that it found, and what came out of it.

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
class PathContent:
    """One path of the archive: what content it has, and the reason why there is no report on it, if so."""

    path: str
    sha256: str | None
    suffix: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class FindingKey:
    """The identity of a finding: its file, its rule and its words."""

    path: str
    rule: str
    severity: str
    quote: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run over an archive: when it began and ended, in UTC; one that was stopped may have no end."""

    started: str
    ended: str | None
    state: Literal["running", "finished", "interrupted"]


class Store:
    """An open store, seen by one checker: the version of the program with its options."""

    def __init__(self, connection: sqlite3.Connection, checker: int, path: Path) -> None:
        self._connection, self.checker, self._path = connection, checker, path
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def close(self) -> None:
        """Ends what is still being read, so that the file can be closed."""
        for cursor in tuple(self._cursors):
            cursor.close()

    @property
    def options(self) -> dict[str, Any]:
        """The options of the checker: its language is `options["lang"]`."""
        (key,) = next(self._read("SELECT options FROM checkers WHERE checker = ?"))
        options: dict[str, Any] = json.loads(key)
        return options

    def last_run(self) -> Run | None:
        """The latest run of this checker, if there was one."""
        query = "SELECT started, ended, state FROM runs WHERE checker = ? ORDER BY run DESC LIMIT 1"
        return next((Run(*row) for row in self._read(query)), None)

    def known(self, *, but: Container[str] = ()) -> set[tuple[str, str]]:
        """The hashes and suffixes of the contents that have a result, but for those that failed for these reasons."""
        query = "SELECT sha256, suffix, reason FROM results WHERE checker = ?"
        return {(sha256, intern(suffix)) for sha256, suffix, reason in self._read(query) if reason not in but}

    def begin_run(self, paths: Iterable[str]) -> int:
        """The number of a new run."""
        row = (self.checker, json.dumps([_whole(path) for path in paths], ensure_ascii=False), _now())
        with self._saved() as connection:
            connection.execute("UPDATE runs SET state = 'interrupted' WHERE state = 'running'")
            begun = "INSERT INTO runs (checker, paths, started, state) VALUES (?, ?, ?, 'running')"
            return connection.execute(begun, row).lastrowid or 0

    def end_run(self, run: int, state: Literal["finished", "interrupted"]) -> None:
        """Notes that a run came to its end."""
        with self._saved() as connection:
            connection.execute("UPDATE runs SET state = ?, ended = ? WHERE run = ?", (state, _now(), run))

    def save(self, run: int, attempt: Attempt) -> None:
        """Keeps what came out of one file, all of it or nothing."""
        try:
            self._save(run, attempt)
        except UnicodeEncodeError:  # half a character out of a broken font: rare, and to look for it costs more
            self._save(run, replace(attempt, outcome=attempt.outcome and _cleaned_outcome(attempt.outcome)))

    def forget(self, is_gone: Callable[[str], bool]) -> int:
        """Takes the paths of which `is_gone` is true off the list, and returns how many; results of contents stay."""
        gone = [
            (self.checker, path) for (path,) in self._read("SELECT path FROM files WHERE checker = ?") if is_gone(path)
        ]
        with self._saved() as connection:
            for table in ("files", "across"):
                connection.executemany(f"DELETE FROM {table} WHERE checker = ? AND path = ?", gone)
        return len(gone)

    def fingerprint(self) -> str:
        """A hash of what the findings across reports rest on: the files, and which result each has."""
        digest = hashlib.sha256()
        for row in self._read("SELECT path, sha256, result, reason FROM outcomes WHERE checker = ? ORDER BY path"):
            digest.update(repr(row).encode("utf-8", "replace"))
        return digest.hexdigest()

    def fingerprint_when_finished(self) -> str | None:
        """The fingerprint of the store if the last run came to its end and so wrote the findings across reports."""
        last = self.last_run()
        return self.fingerprint() if last is not None and last.state == "finished" else None

    def save_across(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Replaces the findings across reports by these, each with the path of the file that it stands at."""
        numbers: Counter[str] = Counter()
        with self._saved() as connection:
            connection.execute("DELETE FROM across WHERE checker = ?", (self.checker,))
            for path, row in rows:
                numbers[path] += 1
                keys: Row = {"checker": self.checker, "path": path, "position": numbers[path]}
                _put(connection, "across", keys, [_cleaned(row)])

    def results(self) -> Iterator[FileResult]:
        """Every file in the order of the paths, read one at a time."""
        query = (
            "SELECT o.path, o.sha256, o.bytes, r.report, o.reason, o.message"
            " FROM every_outcome o LEFT JOIN results r USING (result) WHERE o.checker = ? ORDER BY o.path"
        )
        for path, sha256, size, packed, reason, message in self._read(query):
            report = None
            if packed is not None:
                with store_errors(self._path):
                    report = unpacked(packed)
                report["source"] = {**report["source"], "name": path.rsplit("/", 1)[-1]}
            across = "SELECT * FROM across WHERE checker = ? AND path = ? ORDER BY position"
            rows = tuple(self._rows(across, (self.checker, path)))
            yield FileResult(path, sha256, size, report, reason, message, rows)

    def files(self) -> Iterator[PathContent]:
        """Every file in the order of the paths, without what came out of it."""
        query = "SELECT path, sha256, suffix, reason FROM every_outcome WHERE checker = ? ORDER BY path"
        return (PathContent(*row) for row in self._read(query))

    def finding_keys(self) -> Iterator[FindingKey]:
        """Every finding within reports, then those across reports, each in the order of paths and text."""
        within = (
            "SELECT o.path, f.rule, f.severity, f.quote FROM every_outcome o JOIN findings f USING (result)"
            " WHERE o.checker = ? ORDER BY o.path, f.position"
        )
        across = "SELECT path, rule, severity, quote FROM across WHERE checker = ? ORDER BY path, position"
        for query in (within, across):
            yield from (FindingKey(*row) for row in self._read(query))

    def indicator_rows(self) -> Iterator[tuple[str, Row]]:
        """The rows of all indicators with the paths of their files, in the order of paths and text."""
        query = (
            f"SELECT o.path, {', '.join(f'o.{key}' for key in DOCUMENT)}, i.*"
            " FROM every_outcome o JOIN indicators i USING (result) WHERE o.checker = ? ORDER BY o.path, i.position"
        )
        for row in self._rows(query):
            yield row.pop("path"), row

    def certain_rows(self, order: Order, of: Iterable[str] | None = None) -> Iterator[tuple[str, Row]]:
        """The rows of results with a value and an end of their period, each content once, with the first of its paths.

        In the order of reporters, province by province, or of provinces and indicators; `of` some indicators alone.
        """
        reporter = "r.document_province, coalesce(r.document_locality, r.document_issuer), r.document_district"
        first = {"reporter": reporter, "indicator": "r.document_province, i.indicator"}[order]
        names = ", ".join(f"r.{key}" for key in DOCUMENT)
        cells: tuple[Any, ...] = (self.checker,) if of is None else (self.checker, json.dumps(sorted(of)))
        wanted = "" if of is None else "AND i.indicator IN (SELECT value FROM json_each(?))"
        query = (
            f"SELECT f.path, {names}, i.* FROM results r JOIN indicators i USING (result) JOIN"
            " (SELECT checker, sha256, suffix, min(path) AS path FROM files GROUP BY checker, sha256, suffix) f"
            " USING (checker, sha256, suffix) WHERE r.checker = ? AND i.status = 'result' AND i.bound = 'exact'"
            f" AND i.value IS NOT NULL AND i.period_end IS NOT NULL {wanted}"
            f" ORDER BY {first}, f.path, i.position"
        )
        for row in self._rows(query, cells):
            yield row.pop("path"), row

    def _save(self, run: int, attempt: Attempt) -> None:
        outcome = attempt.outcome
        lost = outcome if outcome is not None and attempt.sha256 is None else None
        why = (lost.reason, lost.message) if lost else (None, None)
        file = (self.checker, attempt.path, attempt.sha256, attempt.suffix, attempt.size, *why)
        work = (run, attempt.path, _now(), attempt.seconds, attempt.worker, attempt.memory)
        with self._saved() as connection:
            connection.execute(_PUT_FILE, file)
            if outcome is not None:  # the diary says what was done; with what is known nothing is
                connection.execute("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?, ?, ?)", work)
            if outcome is not None and attempt.sha256 is not None:
                self._save_result(connection, attempt.sha256, attempt.suffix, outcome)

    def _save_result(self, connection: sqlite3.Connection, sha256: str, suffix: str, outcome: Outcome) -> None:
        key = (self.checker, sha256, suffix)
        connection.execute("DELETE FROM results WHERE checker = ? AND sha256 = ? AND suffix = ?", key)
        severities = Counter(row["severity"] for row in outcome.findings)
        columns: Row = {
            "checker": self.checker,
            "sha256": sha256,
            "suffix": suffix,
            "reason": outcome.reason,
            "message": outcome.message,
            **{f"{severity}s": severities[severity] for severity in ("error", "warning", "info")},
            **{name: _iso(outcome.document.get(name)) for name in DOCUMENT},
        }
        statement = _insertion("results", (*columns, "report"))
        result = connection.execute(statement, (*columns.values(), outcome.report)).lastrowid
        for table, rows in (("findings", outcome.findings), ("indicators", outcome.indicators)):
            numbered = ({"position": position, **row} for position, row in enumerate(rows, 1))
            _put(connection, table, {"result": result}, list(numbered))

    @contextmanager
    def _saved(self) -> Iterator[sqlite3.Connection]:
        """Keeps all that is done inside, or nothing of it."""
        with store_errors(self._path), self._connection:
            yield self._connection

    def _read(self, query: str, cells: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        with store_errors(self._path):
            yield from map(tuple, self._asked(query, cells))  # not from the cursor, which may be closed by then

    def _rows(self, query: str, cells: tuple[Any, ...] = ()) -> Iterator[dict[str, Any]]:
        with store_errors(self._path):
            cursor = self._asked(query, cells)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(names, row, strict=True))

    def _asked(self, query: str, cells: tuple[Any, ...]) -> sqlite3.Cursor:
        cursor = self._connection.execute(query, cells or (self.checker,))
        self._cursors.add(cursor)
        return cursor


def _put(connection: sqlite3.Connection, table: str, keys: Row, rows: Sequence[Row]) -> None:
    """Puts rows that have the same keys into a table; what they say of the document and its file stands elsewhere."""
    if not rows:
        return
    names = [name for name in rows[0] if not name.startswith(_ELSEWHERE)]
    dates = [name for name in names if name in _DATES]
    if dates:
        rows = [{**row, **{name: _iso(row[name]) for name in dates}} for row in rows]
    own, cells = tuple(keys.values()), itemgetter(*names)
    connection.executemany(_insertion(table, (*keys, *names)), [own + cells(row) for row in rows])


def _insertion(table: str, names: Sequence[str]) -> str:
    quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({quoted}) VALUES ({marks})"


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@contextmanager
def open_store(path: Path, options: Options) -> Iterator[Store]:
    """The store in a file, which is made if it is not there, seen by this version of the program with the options.

    It is for this process alone to write, and this process opens the file in no other way meanwhile: to close it once
    more would end its locks. Raises a `StoreError` where another one does, and where the file is another
    program's, of a newer version, damaged, or cannot be opened.
    """
    with opened_to_write(path) as connection:
        with store_errors(path):
            store = Store(connection, _checker(connection, options), path)
        with closing(store):
            yield store


@contextmanager
def read_store(path: Path) -> Iterator[Store]:
    """The store in a file as its latest run saw it, to read from, also while another process writes it.

    Raises a `StoreError` where there is none, or no run in it, and as `open_store` does.
    """
    with opened_to_read(path) as connection:
        with store_errors(path):
            latest = connection.execute("SELECT checker FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        if latest is None:
            raise StoreError(f"{path}: there is no run in it yet")
        with closing(Store(connection, latest[0], path)) as store:
            yield store


def _checker(connection: sqlite3.Connection, options: Options) -> int:
    key = (checker_version(), options.key)
    with connection:
        connection.execute("INSERT OR IGNORE INTO checkers (version, options) VALUES (?, ?)", key)
    query = "SELECT checker FROM checkers WHERE version = ? AND options = ?"
    number: int = connection.execute(query, key).fetchone()[0]
    return number


def _cleaned(row: Row) -> Row:
    """The row without halves of characters, which no file holds."""
    return {key: _whole(value) if isinstance(value, str) else value for key, value in row.items()}


def _cleaned_outcome(outcome: Outcome) -> Outcome:
    findings, indicators = (tuple(map(_cleaned, rows)) for rows in (outcome.findings, outcome.indicators))
    return replace(outcome, document=_cleaned(outcome.document), findings=findings, indicators=indicators)


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
