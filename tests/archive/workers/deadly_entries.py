"""Files that do to who reads them what a broken driver, a dead drive or a busy colleague would."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.errors import MissingFileError
from de06_extract.regular_files import MOST


@dataclass(frozen=True, slots=True)
class CountedEntry(ArchiveFile):
    """A file that knows how often it was read, in whatever process."""

    traces: str = ""  # a file that grows by a byte with each reading

    def readings(self) -> int:
        """How often it was read, with this time."""
        with open(self.traces, "ab") as traces:
            traces.write(b".")
        return Path(self.traces).stat().st_size


@dataclass(frozen=True, slots=True)
class DeadlyEntry(CountedEntry):
    """Kills whoever reads it, but the first few times."""

    harmless: int = 0

    def read(
        self,
        most: int = MOST,
        allow: Callable[[int], None] = lambda size: None,
        containers: Containers | None = None,
    ) -> bytes:
        if self.readings() > self.harmless:
            os.kill(os.getpid(), signal.SIGKILL)
        return Path(self.path).read_bytes()


@dataclass(frozen=True, slots=True)
class ChangingEntry(CountedEntry):
    """Holds something else when it is read again, or is gone."""

    later: bytes | None = None

    def read(
        self,
        most: int = MOST,
        allow: Callable[[int], None] = lambda size: None,
        containers: Containers | None = None,
    ) -> bytes:
        if self.readings() == 1:
            return Path(self.path).read_bytes()
        if self.later is None:
            raise MissingFileError("is gone")
        return self.later


@dataclass(frozen=True, slots=True)
class SlowEntry(ArchiveFile):
    """Is never read to its end."""

    def read(
        self,
        most: int = MOST,
        allow: Callable[[int], None] = lambda size: None,
        containers: Containers | None = None,
    ) -> bytes:
        time.sleep(3600)
        return b""
