"""Whether the rows of a store are what was written: each has a checksum, and every value the type of its column.

A store is passed on, lies on disks that fail, and may be made by anybody. SQLite notices damage to its pages but for
most bytes of a value, and holds any type in any column. The checksum is against accidents, not against intent: what a
row says is checked wherever it is used.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

_SUM = "checksum"
_APART = {_SUM, "report"}  # what is not in the sum: a report has one of zlib's
_TYPES: Mapping[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int), "BLOB": (bytes,)}
_SEVERITIES = ("error", "warning", "info")


class ChangedRowError(Exception):
    """A row is not what was written; the message says of which table."""


class Columns:
    """The columns of the tables of an open store, for SQL that asks whether a row is intact."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[str, list[str]] = {}
        self.damaged: str | None = None  # the table of the first row that was found changed

    def intact(self, table: str, alias: str) -> str:
        """An expression that is true for every row as it was written; the first other one is noted in `damaged`."""
        if table not in self._names:
            types = _columns(self._connection, table)
            self._names[table] = [name for name, _, _ in types]
            check = partial(self._is_intact, table, types)
            self._connection.create_function(f"intact_{table}", len(types) + 1, check)
        return f"intact_{table}({alias}.{_SUM}, {_listed(self._names[table], alias)})"

    def _is_intact(self, table: str, types: list[tuple[str, str, bool]], checksum: Any, *values: Any) -> int:
        if checksum is None and all(value is None for value in values):
            return 1  # the other side of a join is empty
        if checksum != checksum_of(*values) or not all(map(_fits, types, values)):
            self.damaged = self.damaged or table
            raise ChangedRowError(table)
        return 1


def _fits(column: tuple[str, str, bool], value: Any) -> bool:
    name, kind, is_given = column
    if value is None:
        return not is_given
    return isinstance(value, _TYPES.get(kind, ())) and (name != "severity" or value in _SEVERITIES or not is_given)


def checksum_of(*values: Any) -> int:
    """The checksum of the values of a row, the same on every machine.

    >>> checksum_of("/kho/a.pdf", 3, None, 0.5)
    3548853289
    """
    return zlib.crc32(json.dumps(values, ensure_ascii=True).encode("ascii"))


def can_sum(connection: sqlite3.Connection) -> None:
    """Gives the connection the function by which checksums are set."""
    connection.create_function("checksum_of", -1, checksum_of, deterministic=True)


def set_checksums(connection: sqlite3.Connection, table: str, where: str = "1", cells: tuple[Any, ...] = ()) -> None:
    """Sets the checksums of the rows of a table, as the values are that it holds."""
    names = _listed([name for name, _, _ in _columns(connection, table)], table)
    connection.execute(f"UPDATE {table} SET {_SUM} = checksum_of({names}) WHERE {where}", cells)


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, bool]]:
    """The columns in the sum, each with its type and whether it must be given."""
    held = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [(name, kind, bool(given)) for _, name, kind, given, *_ in held if name not in _APART]


def _listed(names: list[str], alias: str) -> str:
    return ", ".join(f'{alias}."{name}"' for name in names)
