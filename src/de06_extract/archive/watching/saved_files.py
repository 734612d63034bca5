"""Files that are being written: each waits until nothing was written to it for a moment.

Programs that edit write beside the file and rename, write it in pieces, or remove it and make it anew.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

QUIET = 0.4  # seconds without a change after which a file is taken to be written whole
GONE = 2.0  # seconds after which one that is not there is taken to be gone: a program that saves may rename meanwhile

Look = tuple[int, int, int] | None  # what changes when a file is written to: None where there is none


def look_at(path: str) -> Look:
    """The time, size and number of a regular file, None where there is none; links are not followed."""
    try:
        seen = os.lstat(path)
    except (OSError, ValueError):
        return None
    return (seen.st_mtime_ns, seen.st_size, seen.st_ino) if stat.S_ISREG(seen.st_mode) else None


class SavedFiles:
    """The files that were changed and are not yet taken."""

    def __init__(self, look: Callable[[str], Look] = look_at) -> None:
        self._look = look
        self._waiting: dict[str, tuple[Look, float]] = {}  # how it looked, since when

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, path: str, now: float) -> None:
        """Lets a file wait from now on; `now` is of any clock that goes on."""
        self._waiting[path] = (self._look(path), now)

    def taken(self, now: float) -> Iterator[str]:
        """The files that have not changed for long enough; they wait no longer."""
        for path, (before, since) in list(self._waiting.items()):
            seen = self._look(path)
            if seen != before:
                self._waiting[path] = (seen, now)
            elif now - since >= (GONE if seen is None else QUIET):
                del self._waiting[path]
                yield path
