"""How many cores one file may be read with: all of this process, fewer where several files are read at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SHARE: ContextVar[int | None] = ContextVar("share", default=None)


def all_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cores() -> int:
    """How many cores the file that is being read may use."""
    return _SHARE.get() or all_cores()


@contextmanager
def using(share: int | None) -> Iterator[None]:
    """Lets what runs inside use so many cores; None leaves them all.

    >>> with using(3):
    ...     cores()
    3
    """
    token = _SHARE.set(share)
    try:
        yield
    finally:
        _SHARE.reset(token)
