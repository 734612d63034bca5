"""Files read whole: those that lie on a drive and have an end, no pipes or devices, and none that is too large."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import BinaryIO

from de06_extract.errors import MissingFileError, TooLargeError
from de06_extract.wording import said

# To open a pipe is to wait for who writes into it, unless one does not want to.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)

MOST = 1 << 30  # bytes of one file, where the caller does not say


def read_whole(
    file: str | os.PathLike[str], most: int = MOST, allow: Callable[[int], None] = lambda size: None
) -> bytes:
    """The bytes of a file, unless they are more than `most`: then nothing is read; `allow` is told their number before.

    Raises a `MissingFileError` for what is no such file, a `TooLargeError`, neither of which names it, or an `OSError`.
    """
    with open_regular(file) as opened:
        size = os.fstat(opened.fileno()).st_size
        if size > most:
            raise TooLargeError.of(size, most)
        allow(size)
        data = opened.read(size + 1)
    if len(data) > size:
        raise MissingFileError(said("errors", "grows"))
    return data


def open_regular(file: str | os.PathLike[str]) -> BinaryIO:
    """A file that lies on a drive, open to be read; never one that is waited for, whatever takes its place meanwhile.

    Raises a `MissingFileError` for a pipe, a device or a folder, or an `OSError`.
    """
    if not stat.S_ISREG(os.stat(file).st_mode):  # asked before it is opened: to open a device may do something
        raise MissingFileError(said("errors", "no_regular_file"))
    descriptor = os.open(file, _READ)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise MissingFileError(said("errors", "no_regular_file"))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def stamp(file: str | os.PathLike[str]) -> tuple[int, ...]:
    """A stamp of a file that differs after it was changed. Raises an `OSError`."""
    status = os.stat(file)
    return status.st_mtime_ns, status.st_size, status.st_ino
