"""What workers are at while a run goes on: which file each has, for how long, and how far it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class FileAtWork(NamedTuple):
    """A file that a worker has, the seconds since it got it, and the stage that it told of last, if any."""

    path: str
    seconds: float
    stage: str


class Work:
    """The file of one worker, written by the thread that waits for it and read by any."""

    def __init__(self) -> None:
        self._held: tuple[str, float] | None = None
        self._stage = ""

    @contextmanager
    def on(self, path: str) -> Iterator[None]:
        """Inside, this file is at work."""
        self._stage = ""
        self._held = (path, time.monotonic())
        try:
            yield
        finally:
            self._held = None

    def tell(self, stage: str) -> None:
        """Takes note of the stage at which the file is."""
        self._stage = stage

    def now(self) -> FileAtWork | None:
        """The file at work, None where there is none.

        >>> work = Work()
        >>> with work.on("/kho/a.pdf"):
        ...     work.tell("page 3 12")
        ...     work.now().stage, work.now().path
        ('page 3 12', '/kho/a.pdf')
        >>> work.now() is None
        True
        """
        held = self._held
        return None if held is None else FileAtWork(held[0], time.monotonic() - held[1], self._stage)
