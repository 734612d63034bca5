"""The stores in a folder, and which of them has the results of an earlier run over the same files.

Outputs often have the day in their name. Where a run names no store, it goes on with the one that knows its files, so
that nothing is checked twice and no decision is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from de06_extract.archive.store.file import StoreError, is_store, opened_unchanged

_ENDING = ".sqlite"
_MOST = 50  # stores that are looked into, the latest first
_MOST_PATHS = 1_000  # that are asked for, from all over the archive


def stores_in(folder: Path) -> tuple[Path, ...]:
    """The stores in a folder, the one that was changed last first; none where it cannot be listed."""
    found: list[tuple[float, Path]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_ENDING) and is_store(path := folder / entry.name):
                found.append((entry.stat().st_mtime, path))
    return tuple(path for _, path in sorted(found, reverse=True)[:_MOST])


def store_of(paths: Sequence[str], stores: Iterable[Path]) -> Path | None:
    """The first of the stores that know most of the paths, None where none knows any; no store is changed."""
    asked = json.dumps(paths[:: len(paths) // _MOST_PATHS + 1])
    counts = [(_known(store, asked), store) for store in stores]
    most = max((count for count, _ in counts), default=0)
    return next((store for count, store in counts if count == most), None) if most else None


def _known(store: Path, asked: str) -> int:
    """How many of the paths a store knows, none where another run writes it: two runs at a time have a store each.

    None of a store that cannot be read, too; whoever wants to use it is told why.
    """
    with suppress(StoreError, sqlite3.Error, OSError), closing(opened_unchanged(store)) as connection:
        query = (
            "SELECT count(DISTINCT path) FROM files WHERE path IN (SELECT value FROM json_each(?))"
            " AND NOT EXISTS (SELECT 1 FROM holder)"
        )
        return int(connection.execute(query, (asked,)).fetchone()[0])
    return 0
