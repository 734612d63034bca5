"""The store to write: one SQLite file with what came out of every file of an archive, one transaction a file.

A run that was stopped at any moment leaves whole rows; the next one goes on where it was. `data/store/` has a script a
version of its tables; an older store is brought up to date when it is opened.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal

from de06_extract.archive.decision import Decision
from de06_extract.archive.store.file import opened_to_write, store_errors
from de06_extract.archive.store.intact import set_checksums
from de06_extract.archive.store.outcome import Options, Outcome, checker_version
from de06_extract.archive.store.results import FindingKey, StoredResults, latest_checker, read_store
from de06_extract.schema.rows import DOCUMENT, Row
from de06_extract.whole_files import EVERYBODY

_ELSEWHERE = ("document_", "source_")
_OF_CARDS = frozenset({"number", "group"})  # counted when a report is shown, by what is wanted of it
_DATES = {"period_start", "period_end"}
_PUT_FILE = """
INSERT INTO files (checker, path, sha256, suffix, bytes, reason, message) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
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

    def finding_keys(self) -> Iterator[FindingKey]:
        """The findings that came out of it, as the store would give them."""
        for row in () if self.outcome is None else self.outcome.findings:
            told: list[Any] = [row[key] for key in ("rule", "severity", "quote", "confidence", "finding_id")]
            yield FindingKey(self.path, *told)


class Store(StoredResults):
    """An open store into which one checker puts what comes out of files; it can be read as well."""

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

    def erase(self, path: str) -> None:
        """Takes away a file, what was decided of it, and what came out of contents that no other file has."""
        with self._saved() as connection:
            for table in ("files", "across", "decisions", "attempts"):
                connection.execute(f"DELETE FROM {table} WHERE path = ?", (_whole(path),))
            connection.execute(
                "DELETE FROM results WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.checker = results.checker"
                " AND f.sha256 = results.sha256 AND f.suffix = results.suffix)"
            )
        with store_errors(self.path):
            self._connection.execute("VACUUM")  # else its words would still stand in the file

    def save_across(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Replaces the findings across reports by these, each with the path of the file that it stands at."""
        numbers: Counter[str] = Counter()
        with self._saved() as connection:
            connection.execute("DELETE FROM across WHERE checker = ?", (self.checker,))
            for path, row in rows:
                numbers[path] += 1
                keys: Row = {"checker": self.checker, "path": path, "position": numbers[path]}
                _put(connection, "across", keys, [_cleaned(row)])
            set_checksums(connection, "across", "checker = ?", (self.checker,))

    def save_decisions(self, decisions: Iterable[Decision]) -> None:
        """Keeps decisions on findings, each in place of what was decided of the finding before, or none of them.

        One that is empty takes away what was decided before.
        """
        with self._saved() as connection:
            for decision in decisions:
                key = (_whole(decision.path), decision.finding_id)
                connection.execute("DELETE FROM decisions WHERE path = ? AND finding_id = ?", key)
                if not decision.is_empty:
                    row = {name: _iso(value) for name, value in decision.model_dump().items()}
                    _put(connection, "decisions", {}, [_cleaned(row)])
                    set_checksums(connection, "decisions", "path = ? AND finding_id = ?", key)

    def _save(self, run: int, attempt: Attempt) -> None:
        outcome = attempt.outcome
        lost = outcome if outcome is not None and attempt.sha256 is None else None
        why = (lost.reason, lost.message) if lost else (None, None)
        file = (self.checker, attempt.path, attempt.sha256, attempt.suffix, attempt.size, *why)
        work = (run, attempt.path, _now(), attempt.seconds, attempt.worker, attempt.memory)
        with self._saved() as connection:
            if connection.execute(_PUT_FILE, file).rowcount:
                set_checksums(connection, "files", "checker = ? AND path = ?", file[:2])
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
        for table in ("results", "findings", "indicators"):
            set_checksums(connection, table, "result = ?", (result,))

    @contextmanager
    def _saved(self) -> Iterator[sqlite3.Connection]:
        """Keeps all that is done inside, or nothing of it."""
        with store_errors(self.path), self._connection:
            yield self._connection


def _put(connection: sqlite3.Connection, table: str, keys: Row, rows: Sequence[Row]) -> None:
    """Puts rows that have the same keys into a table; what they say of the document and its file stands elsewhere."""
    if not rows:
        return
    names = [name for name in rows[0] if not name.startswith(_ELSEWHERE) and name not in _OF_CARDS]
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
def open_store(path: Path, options: Options, mode: int = EVERYBODY) -> Iterator[Store]:
    """The store in a file, which is made if it is not there, seen by this version of the program with the options.

    Whom `mode` does not let read may not read it afterwards either, as the documents that it tells of.
    It is for this process alone to write, and this process opens the file in no other way meanwhile: to close it once
    more would end its locks. Raises a `StoreError` where another one does, and where the file is another
    program's, of a newer version, damaged, or cannot be opened.
    """
    with opened_to_write(path, mode) as connection:
        with store_errors(path):
            store = Store(connection, _checker(connection, options), path)
        with closing(store):
            yield store


@contextmanager
def open_latest(path: Path) -> Iterator[Store]:
    """The store in a file as its latest run saw it, for this process alone to write decisions into.

    Raises a `StoreError` where there is none, or no run in it, and as `open_store` does.
    """
    with read_store(path):  # which says what is wrong with it, and makes none
        pass
    with opened_to_write(path) as connection:
        with store_errors(path):
            checker = latest_checker(connection, path)
        with closing(Store(connection, checker, path)) as store:
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
