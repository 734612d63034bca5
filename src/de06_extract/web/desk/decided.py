"""Decisions as they are made, each remembered with the one before it, so that it can be taken back."""

from __future__ import annotations

from threading import Lock

from de06_extract.archive.decision import Decision
from de06_extract.web.desk.shelf import Shelf

_MOST = 10_000  # decisions that can be taken back to the ones before


class Decided:
    """The decisions of this start of the page, by store, file and finding."""

    def __init__(self) -> None:
        self._before: dict[tuple[Shelf, str, str], list[Decision | None]] = {}
        self._count, self._lock = 0, Lock()

    def put(self, shelf: Shelf, *decisions: Decision) -> None:
        """Keeps decisions, all or none, each in place of the one before. Raises a `StoreError`."""
        with self._lock:
            before = shelf.decisions()
            shelf.decide(decisions)
            for decision in decisions[: _MOST - self._count]:
                key = decision.path, decision.finding_id
                self._before.setdefault((shelf, *key), []).append(before.get(key))
                self._count += 1

    def take_back(self, shelf: Shelf, path: str, finding_id: str, empty: Decision) -> None:
        """Puts back what was decided before the last time, `empty` where that was nothing or is not known."""
        with self._lock:
            known = self._before.get((shelf, path, finding_id), [])
            before = known[-1] if known else None
            shelf.decide([before or empty])
            if known:
                known.pop()
                self._count -= 1
