"""Files whose reading kills the process that reads them, as a defect of a driver or the system's killer would."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from de06_extract.entries import Entry
from de06_extract.zip_archives import MOST


@dataclass(frozen=True, slots=True)
class DeadlyEntry(Entry):
    """Kills whoever reads it, but the first few times."""

    harmless: int = 0
    traces: str = ""  # a file that grows by a byte with each reading

    def read(self, most: int = MOST) -> bytes:
        with open(self.traces, "ab") as traces:
            traces.write(b".")
        if Path(self.traces).stat().st_size > self.harmless:
            os.kill(os.getpid(), signal.SIGKILL)
        return Path(self.path).read_bytes()
