"""The files of an archive in the order in which a reviewer takes them: the worst first.

An archive may have a million files, so that the rows wait in a database of SQLite's that has no name and lies on the
disk as far as it does not fit into a small memory.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from de06_extract.schema.rows import Row


class Ranking:
    """Rows of files that wait for their turn."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.execute("CREATE TABLE ranks (errors, warnings, infos, failed, row BLOB)")

    def add(self, row: Row) -> None:
        """Takes the row of a file; files that are equally bad come out in the order in which they went in."""
        failed = row["state"] != "checked"
        cells = (*(row[key] or 0 for key in ("errors", "warnings", "infos")), failed, pickle.dumps(row))
        self._connection.execute("INSERT INTO ranks VALUES (?, ?, ?, ?, ?)", cells)

    def rows(self) -> Iterator[Row]:
        """The rows: those with the most errors first, then warnings, then notes; before the clean ones those that
        could not be checked."""
        query = "SELECT row FROM ranks ORDER BY errors DESC, warnings DESC, infos DESC, failed DESC, rowid"
        for (packed,) in self._connection.execute(query):
            row: Row = pickle.loads(packed)
            yield row


@contextmanager
def ranked() -> Iterator[Ranking]:
    """An empty ranking, gone without a trace in the end."""
    with closing(sqlite3.connect("")) as connection:
        yield Ranking(connection)
