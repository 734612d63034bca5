"""The exclusive use of a file by one process at a time, which ends with the process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_GRACE = 1.0  # seconds for another process that is about to end


class InUseError(Exception):
    """Raised where another process uses the file."""


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Gives exclusive use of the file, which need not exist, for as long as this runs.

    A lock of the system is held on a file beside it, which is gone afterwards. Raises an `InUseError` or an `OSError`.
    """
    lock = lock_of(file)
    held = FileLock(lock, timeout=_GRACE)
    while not _is_taken(held, lock):
        pass  # who had it took its file away meanwhile: there is a new one, or none
    try:
        yield
    finally:
        with suppress(OSError):  # Windows takes no open file away, the library does it after the release
            lock.unlink()  # while it is held: nobody else can have this one afterwards
        held.release()


def lock_of(file: Path) -> Path:
    """The file that stands beside a file in exclusive use."""
    return file.with_name(f"{file.name}-lock")


def _is_taken(held: FileLock, lock: Path) -> bool:
    """Takes the lock; False where its file is not the one with this name any more."""
    with open(lock, "ab", opener=_opened_itself) as before:
        try:
            held.acquire()
        except Timeout as error:
            raise InUseError from error
        except FileNotFoundError:
            return False  # older versions of the library look for the file before they open it
        try:
            is_same = os.path.samestat(os.fstat(before.fileno()), os.stat(lock))  # and was, as `before` stayed open
        except FileNotFoundError:
            is_same = False
    if not is_same:
        held.release()
    return is_same


def _opened_itself(path: str, flags: int) -> int:
    """The descriptor of the file with this name. Raises an `OSError` for a link, which may lead to any file."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
