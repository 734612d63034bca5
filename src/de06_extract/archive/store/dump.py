"""Everything in a store but the diary, as lines that are the same wherever the content is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from de06_extract.archive.store.file import opened_to_read, store_errors
from de06_extract.archive.store.outcome import unpacked_text

DUMPED = ("checkers", "files", "results", "findings", "indicators", "across", "decisions")
DIARY = ("runs", "attempts", "holder")  # when, by whom, how fast: different in every run

_RESULTS = "SELECT * FROM results WHERE checker = ? ORDER BY sha256, suffix"
_FILES = "SELECT * FROM files WHERE checker = ? ORDER BY path"
_ACROSS = "SELECT * FROM across WHERE checker = ? ORDER BY path, position"
_NUMBERS = {"checker", "result", "checksum"}  # in the order of insertion, and what is computed with them


def dump(path: Path) -> Iterator[str]:
    """Lines of JSON that are equal for two stores exactly where they hold the same, whatever the order of the work.

    One for each checker, then those of its files, of its results with their findings and indicators, and of its
    findings across reports; last the decisions. Raises a `StoreError`.
    """
    with opened_to_read(path) as connection, store_errors(path):
        for checker in _rows(connection, "SELECT * FROM checkers ORDER BY version, options"):
            yield _line("checker", checker)
            for table, query in (("file", _FILES), ("result", _RESULTS), ("across", _ACROSS)):
                for row in _rows(connection, query, checker["checker"]):
                    yield _line(table, {**row, **_parts(connection, row)} if table == "result" else row)
        for row in _rows(connection, "SELECT * FROM decisions ORDER BY path, finding_id"):
            yield _line("decision", row)


def _parts(connection: sqlite3.Connection, row: dict[str, Any]) -> dict[str, Any]:
    """The rows that belong to a result, and its report as text, since it may be packed in several ways."""
    parts: dict[str, Any] = {"report": row["report"] and unpacked_text(row["report"])}
    for table in ("findings", "indicators"):
        query = f"SELECT * FROM {table} WHERE result = ? ORDER BY position"
        parts[table] = [_without_numbers(part) for part in _rows(connection, query, row["result"])]
    return parts


def _rows(connection: sqlite3.Connection, query: str, *cells: Any) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query, cells)
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)


def _line(table: str, row: dict[str, Any]) -> str:
    return json.dumps({"table": table, **_without_numbers(row)}, ensure_ascii=False, sort_keys=True)


def _without_numbers(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _NUMBERS}
