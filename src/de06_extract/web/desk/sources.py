"""The bytes of the files that are looked at, from where they lie; the last one is held."""

from __future__ import annotations

import hashlib
from threading import Lock

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import PathsError, UnreadableError
from de06_extract.language.messages import Language, speaking
from de06_extract.optional_libraries import MissingExtraError


class Sources:
    """Reads files by their paths in a store, also those in ZIP archives and mails."""

    def __init__(self, limits: Limits, language: Language) -> None:
        self._limits, self._last, self._lock = limits, ("", b""), Lock()
        with speaking(language):
            self._containers = Containers(limits)

    def content(self, path: str, sha256: str | None) -> bytes | None:
        """The bytes of a file; None where it is gone, or holds something else than what was read."""
        with self._lock:
            if sha256 is None:
                return None
            if self._last[0] == sha256:
                return self._last[1]
            try:
                found = find_entries([path], containers=self._containers).entries
                entry = next((entry for entry in found if entry.path == path), None)
                data = None if entry is None else entry.read(self._limits.most_bytes, containers=self._containers)
            except (PathsError, UnreadableError, WorkerError, MissingExtraError, OSError):
                return None
            if data is None or hashlib.sha256(data).hexdigest() != sha256:
                return None
            self._last = (sha256, data)
            return data

    def close(self) -> None:
        """Ends the process that reads archives."""
        self._containers.close()
