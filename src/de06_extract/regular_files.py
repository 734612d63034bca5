"""Files read whole: those that lie on a drive and have an end, no pipes or devices, and none that is too large."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable

from de06_extract.errors import MissingFileError, TooLargeError
from de06_extract.wording import said

MOST = 1 << 30  # bytes of one file, where the caller does not say


def read_whole(
    file: str | os.PathLike[str], most: int = MOST, allow: Callable[[int], None] = lambda size: None
) -> bytes:
    """The bytes of a file, unless they are more than `most`: then nothing is read; `allow` is told their number before.

    Raises a `MissingFileError` for what is no such file, a `TooLargeError`, neither of which names it, or an `OSError`.
    """
    if not stat.S_ISREG(os.stat(file).st_mode):  # asked before it is opened: to open a pipe is to wait for its writer
        raise MissingFileError(said("errors", "no_regular_file"))
    with open(file, "rb") as opened:
        size = os.fstat(opened.fileno()).st_size
        if size > most:
            raise TooLargeError.of(size, most)
        allow(size)
        data = opened.read(size + 1)
    if len(data) > size:
        raise MissingFileError(said("errors", "grows"))
    return data
