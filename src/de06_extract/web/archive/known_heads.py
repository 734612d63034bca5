"""The heads of a store's reports and findings, kept as long as nobody writes the store."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from de06_extract.archive.facets.view import Heads, heads_of
from de06_extract.archive.store.results import StoredResults

_MOST = 300_000  # findings, some hundred megabytes; more are read anew for each question
_SETTLED = 2.0  # seconds: of two writings within them a file system may tell the same time

_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    stamp: _Stamp
    heads: Heads


class KnownHeads:
    """The heads by the store. A store is asked anew when its file has changed, or changed just before it was asked."""

    def __init__(self) -> None:
        self._known: dict[Path, _Known] = {}
        self._lock = Lock()

    def of(self, store: StoredResults) -> Heads:
        """The heads of an open store, which nobody else of this process has open. Raises a `StoreError`."""
        stamp, now = _stamp(store.path), time.time()
        with self._lock:
            known = self._known.get(store.path)
        if known is not None and known.stamp == stamp:
            return known.heads
        heads = heads_of(store)
        is_settled = all(changed / 1e9 < now - _SETTLED for changed, _ in stamp)
        if is_settled and sum(map(len, heads.findings.values())) <= _MOST:
            with self._lock:
                self._known[store.path] = _Known(stamp, heads)
        return heads


def _stamp(path: Path) -> _Stamp:
    """When the file of a store and that of its latest changes were written, and how large they are."""
    return tuple(_times(Path(f"{os.path.realpath(path)}{end}")) for end in ("", "-wal"))


def _times(file: Path) -> tuple[int, int]:
    try:
        held = file.stat()
    except OSError:
        return 0, 0
    return (held.st_mtime_ns, held.st_size) if held.st_size else (0, 0)  # an empty one comes with every reader
