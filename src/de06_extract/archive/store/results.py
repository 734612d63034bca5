"""What a store holds of an archive: its files, what came out of each, and the rows of findings and indicators."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any, Literal, get_args
from weakref import WeakSet

from pydantic import ValidationError

from de06_extract.archive.decision import Decision
from de06_extract.archive.store import heads
from de06_extract.archive.store.file import StoreError, opened_to_read, store_errors
from de06_extract.archive.store.heads import FindingHead, ReportHead, report_head
from de06_extract.archive.store.intact import Columns
from de06_extract.archive.store.outcome import says_of_source, unpacked
from de06_extract.language.messages import said
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.report import Severity
from de06_extract.schema.rows import DOCUMENT, Parsed, Row
from de06_extract.schema.selection import EVERYTHING, Selection
from de06_extract.schema.source import UNREAD_PAGES

Order = Literal["reporter", "indicator"]


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
    """The identity of a finding: its file, its rule and its words; and how sure it is, where that is known."""

    path: str
    rule: str
    severity: Severity
    quote: str
    confidence: float | None = None
    finding_id: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run over an archive: when it began and ended, in UTC; one that was stopped may have no end."""

    started: str
    ended: str | None
    state: Literal["running", "finished", "interrupted"]


class StoredResults:
    """What an open store holds, as seen by one checker: the version of the program with its options."""

    def __init__(self, connection: sqlite3.Connection, checker: int, path: Path, *, is_limited: bool = False) -> None:
        self._connection, self.checker, self.path = connection, checker, path
        self._within = "AND o.path IN (SELECT path FROM temp.limited)" if is_limited else ""
        self._columns = Columns(connection)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def close(self) -> None:
        """Ends what is still being read, so that the file can be closed."""
        for cursor in tuple(self._cursors):
            cursor.close()

    @contextmanager
    def limited_to(self, paths: Iterable[str]) -> Iterator[StoredResults]:
        """The results on these paths alone; findings across reports count where they stand at one of them."""
        with store_errors(self.path):
            self._connection.execute("CREATE TEMP TABLE limited (path TEXT PRIMARY KEY) WITHOUT ROWID")
            self._connection.executemany("INSERT INTO temp.limited VALUES (?)", ((path,) for path in paths))
            self._connection.commit()
        try:
            with closing(StoredResults(self._connection, self.checker, self.path, is_limited=True)) as limited:
                yield limited
        finally:
            with store_errors(self.path):
                self._connection.execute("DROP TABLE temp.limited")

    def size(self) -> int:
        """How many files there are, read or not."""
        ((number,),) = self._read(f"SELECT count(*) FROM files o WHERE o.checker = ? {self._within}")
        return int(number)

    def verify(self) -> None:
        """Raises a `StoreError` where pages or indexes are damaged, so that rows would be missing and nobody told."""
        found = next(self._read("PRAGMA integrity_check(1)"))[0]
        if found != "ok":
            raise StoreError(f"{self.path}: " + said("errors", "damaged", reason=one_line(str(found))))

    @property
    def options(self) -> dict[str, Any]:
        """The options of the checker: its language is `options["lang"]`."""
        (key,) = next(self._read("SELECT options FROM checkers WHERE checker = ?"))
        try:
            options = json.loads(key)
        except (ValueError, RecursionError):
            options = None
        if not isinstance(options, dict) or options.get("lang") not in get_args(Language):
            raise StoreError(f"{self.path}: " + said("errors", "store_options"))
        return options

    def last_run(self) -> Run | None:
        """The latest run of this checker, if there was one."""
        query = "SELECT started, ended, state FROM runs WHERE checker = ? ORDER BY run DESC LIMIT 1"
        return next((Run(*row) for row in self._read(query)), None)

    def known(self, *, but: Container[str] = ()) -> set[tuple[str, str]]:
        """The hashes and suffixes of the contents that have a result, but for those that failed for these reasons."""
        query = "SELECT sha256, suffix, reason FROM results WHERE checker = ?"
        return {(sha256, intern(suffix)) for sha256, suffix, reason in self._read(query) if reason not in but}

    def partly_read(self) -> set[tuple[str, str]]:
        """The hashes and suffixes of the contents of which pages were left, as nothing was installed to read them."""
        query = "SELECT sha256, suffix, report FROM results WHERE checker = ? AND typeof(report) = 'blob'"
        found = self._read(query)
        return {(sha256, intern(suffix)) for sha256, suffix, report in found if says_of_source(report, UNREAD_PAGES)}

    def fingerprint(self) -> str:
        """A hash of what the findings across reports rest on: the files, and which result each has."""
        digest = hashlib.sha256()
        for row in self._read("SELECT path, sha256, result, reason FROM outcomes WHERE checker = ? ORDER BY path"):
            digest.update(repr(row).encode("utf-8", "replace"))
        return digest.hexdigest()

    def fingerprint_when_finished(self) -> str | None:
        """The `fingerprint` after the last run, if that came to its end and so brought the findings up to date."""
        last = self.last_run()
        return self.fingerprint() if last is not None and last.state == "finished" else None

    def results(self, wanted: Selection = EVERYTHING, *, path: str | None = None) -> Iterator[FileResult]:
        """Every file in the order of the paths, read one at a time, with the findings that are wanted.

        Of a `path` that one alone, if it is there.
        """
        query = (
            "SELECT o.path, o.sha256, o.bytes, r.report, o.reason, o.message"
            " FROM every_outcome o JOIN files f USING (checker, path) LEFT JOIN results r USING (result)"
            f" WHERE o.checker = ? {'' if path is None else 'AND o.path = ?'}"
            f" AND {self._intact('files', 'f')} AND {self._intact('results', 'r')} {self._within} ORDER BY o.path"
        )
        across = (
            f"SELECT a.* FROM across a WHERE checker = ? AND path = ? AND {self._intact('across', 'a')}"
            " ORDER BY position"
        )
        for at, sha256, size, packed, reason, message in self._read(query, self._cells(path)):
            report = None if packed is None else self._report(at, packed)
            report = report if report is None or wanted == EVERYTHING else wanted.of_report(report)
            rows = tuple(
                {**row, "severity": wanted.severity(row["rule"], row["severity"])}
                for row in self._rows(across, (self.checker, at))
                if wanted.has_rule(row["rule"])
            )
            why = (reason and one_line(reason), message and one_line(message))
            yield FileResult(at, sha256, size, report, *why, rows)

    def _report(self, path: str, packed: bytes) -> Parsed:
        try:
            with store_errors(self.path):
                report = unpacked(packed)
        except ValueError as error:
            why = said("errors", "no_report") if isinstance(error, ValidationError) else one_line(str(error))
            raise StoreError(
                f"{self.path}: " + said("errors", "damaged_report", reason=one_line(path), said=why)
            ) from error
        report["source"] = {**report["source"], "name": path.rsplit("/", 1)[-1]}
        return report

    def _intact(self, table: str, alias: str) -> str:
        with store_errors(self.path):
            return self._columns.intact(table, alias)

    def paths(self) -> Iterator[str]:
        """The path of every file, in order."""
        query = f"SELECT o.path FROM files o WHERE o.checker = ? {self._within} ORDER BY o.path"
        for (path,) in self._read(query):
            yield path

    def files(self, *, path: str | None = None) -> Iterator[PathContent]:
        """Every file in the order of the paths, without what came out of it; of a `path` that one alone."""
        query = (
            "SELECT o.path, o.sha256, o.suffix, o.reason"
            " FROM every_outcome o JOIN files f USING (checker, path) LEFT JOIN results r USING (result)"
            f" WHERE o.checker = ? {'' if path is None else 'AND o.path = ?'}"
            f" AND {self._intact('files', 'f')} AND {self._intact('results', 'r')} {self._within} ORDER BY o.path"
        )
        for at, sha256, suffix, reason in self._read(query, self._cells(path)):
            yield PathContent(at, sha256, suffix, reason and one_line(reason))

    def _cells(self, path: str | None) -> tuple[Any, ...]:
        return (self.checker,) if path is None else (self.checker, path)

    def finding_keys(self) -> Iterator[FindingKey]:
        """Every finding within reports, then those across reports, each in the order of paths and text."""
        within = (
            "SELECT o.path, f.rule, f.severity, f.quote, f.confidence, f.finding_id"
            " FROM every_outcome o JOIN findings f USING (result)"
            f" WHERE o.checker = ? AND {self._intact('findings', 'f')} {self._within}"
            " ORDER BY o.path, f.position"
        )
        across = (
            "SELECT o.path, o.rule, o.severity, o.quote, NULL, o.finding_id FROM across o"
            f" WHERE o.checker = ? AND {self._intact('across', 'o')} {self._within} ORDER BY o.path, o.position"
        )
        for query in (within, across):
            for path, rule, *told in self._read(query):
                yield FindingKey(path, one_line(rule), *told)

    def report_heads(self) -> Iterator[ReportHead]:
        """Every content with a report, in the order of the first of its paths."""
        yield from map(report_head, self._read(heads.REPORTS))

    def reasons(self) -> dict[str, int]:
        """How many files have no report, by the reason, the most frequent one first."""
        query = (
            "SELECT reason, count(*) FROM every_outcome WHERE checker = ? AND reason IS NOT NULL"
            " GROUP BY reason ORDER BY count(*) DESC, reason"
        )
        return dict(self._read(query))

    def failures(self, offset: int, limit: int) -> Iterator[tuple[str, str, str | None]]:
        """The path, the reason and the message of some files without a report, in the order of the paths."""
        query = (
            "SELECT path, reason, message FROM every_outcome WHERE checker = ? AND reason IS NOT NULL"
            " ORDER BY path LIMIT ? OFFSET ?"
        )
        yield from self._read(query, (self.checker, limit, offset))

    def finding_row(self, path: str, finding: FindingHead) -> Row:
        """All that is held of a finding of the report at this path."""
        table, key = ("across", "checker = ? AND path = ?") if finding.is_across else ("findings", "result = ?")
        query = f"SELECT f.* FROM {table} f WHERE {key} AND position = ? AND {self._intact(table, 'f')}"
        cells = (self.checker, path) if finding.is_across else (finding.result,)
        return next(self._rows(query, (*cells, finding.position)))

    def finding_heads(self, reports: Iterable[ReportHead]) -> dict[int, list[FindingHead]]:
        """The findings of these reports by their results: those within a report in the order of its text, then others.

        Findings are not held against their checksums, which would cost more than everything else.
        """
        paths = {report.result: report.path for report in reports}
        decided = self._read(f"{heads.STATES} WHERE {self._intact('decisions', 'd')}")
        states = {(path, finding_id): state for path, finding_id, state in decided}
        found: dict[int, list[FindingHead]] = {}
        for row in self._read(heads.FINDINGS):
            if row[0] in paths:
                state = states.get((paths[row[0]], row[4]), "unseen")
                found.setdefault(row[0], []).append(FindingHead._make((*row, state, False)))
        results = {path: result for result, path in paths.items()}
        for path, *told in self._read(heads.ACROSS):
            if path in results:
                state = states.get((path, told[3]), "unseen")
                found.setdefault(results[path], []).append(FindingHead._make((results[path], *told, state, True)))
        return found

    def decisions(self) -> Iterator[Decision]:
        """What people decided of findings, in the order of paths and ids; also of findings that are no longer there."""
        query = f"SELECT d.* FROM decisions d WHERE {self._intact('decisions', 'd')} ORDER BY path, finding_id"
        for row in self._rows(query):
            try:
                yield Decision.model_validate(row)
            except ValidationError as error:
                raise StoreError(f"{self.path}: " + said("errors", "store_decision")) from error

    def indicator_rows(self) -> Iterator[tuple[str, Row]]:
        """The rows of all indicators with the paths of their files, in the order of paths and text."""
        query = (
            f"SELECT o.path, {', '.join(f'o.{key}' for key in DOCUMENT)}, i.*"
            " FROM every_outcome o JOIN indicators i USING (result) WHERE o.checker = ?"
            f" AND {self._intact('indicators', 'i')} ORDER BY o.path, i.position"
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
            f" AND i.value IS NOT NULL AND i.period_end IS NOT NULL {wanted} AND {self._intact('indicators', 'i')}"
            f" ORDER BY {first}, f.path, i.position"
        )
        for row in self._rows(query, cells):
            yield row.pop("path"), row

    def _read(self, query: str, cells: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        with store_errors(self.path), self._told():
            yield from map(tuple, self._asked(query, cells))  # not from the cursor, which may be closed by then

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Says of which table a row is not what was written."""
        try:
            yield
        except sqlite3.Error as error:
            if "user-defined function" not in str(error):  # a text that is not UTF-8 is not even given to it
                raise
            of = said("errors", "of_table", table=self._columns.damaged) if self._columns.damaged else ""
            raise StoreError(f"{self.path}: " + said("errors", "changed_row", of=of)) from error

    def _rows(self, query: str, cells: tuple[Any, ...] = ()) -> Iterator[dict[str, Any]]:
        with store_errors(self.path), self._told():
            cursor = self._asked(query, cells)
            names = [column[0] for column in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                row.pop("checksum", None)
                yield row

    def _asked(self, query: str, cells: tuple[Any, ...]) -> sqlite3.Cursor:
        cursor = self._connection.execute(query, (cells or (self.checker,)) if "?" in query else ())
        self._cursors.add(cursor)
        return cursor


@contextmanager
def read_store(path: Path) -> Iterator[StoredResults]:
    """The store in a file as its latest run saw it, to read from, also while another process writes it.

    Raises a `StoreError` where there is none, or no run in it, and as `open_store` does.
    """
    with opened_to_read(path) as connection:
        with store_errors(path):
            checker = latest_checker(connection, path)
        with closing(StoredResults(connection, checker, path)) as store:
            yield store


def latest_checker(connection: sqlite3.Connection, path: Path) -> int:
    """The checker of the latest run. Raises a `StoreError` where there was none yet."""
    latest = connection.execute("SELECT checker FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    if latest is None:
        raise StoreError(f"{path}: " + said("errors", "no_run"))
    number: int = latest[0]
    return number
