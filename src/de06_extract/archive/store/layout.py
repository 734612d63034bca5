"""Whether a database has the tables that this program makes, and nothing that runs by itself.

A store that somebody made or changed may have views where tables are looked for, which never come to an end, and
triggers, which do something else besides what is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

from de06_extract.archive.store.intact import can_sum
from de06_extract.language.messages import said

_Layout = dict[str, tuple[Any, ...]]


def require_layout(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Raises a `sqlite3.DatabaseError` where the database is not laid out as the scripts that its version has seen do.

    Views and indexes of somebody else are let be, since nothing of ours asks for them.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    found = _layout(connection)
    triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    if triggers or any(found.get(name) != held for name, held in _own(tuple(scripts[:version])).items()):
        raise sqlite3.DatabaseError(said("errors", "other_tables"))


@lru_cache(maxsize=8)
def _own(scripts: tuple[str, ...]) -> _Layout:
    with closing(sqlite3.connect(":memory:")) as connection:
        can_sum(connection)
        for script in scripts:
            connection.executescript(script)
        return _layout(connection)


def _layout(connection: sqlite3.Connection) -> _Layout:
    """The tables by their columns, the views by their words."""
    held = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    return {
        name: (kind, sql) if kind == "view" or not _is_plain(sql) else (kind, *_columns(connection, name))
        for kind, name, sql in held
        if not name.startswith("sqlite_")
    }


def _is_plain(sql: str | None) -> bool:
    return sql is not None and sql.upper().startswith("CREATE TABLE")


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Name, type, whether it is given, default, key, and whether it is computed, of each column."""
    named = '"' + table.replace('"', '""') + '"'
    return [tuple(row[1:]) for row in connection.execute(f"PRAGMA table_xinfo({named})")]
