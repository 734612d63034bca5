"""What an archive holds: each file by the path that it is listed under, with a way to its bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import PurePosixPath

from de06_extract.errors import MissingFileError, TooLargeError
from de06_extract.remote import is_url, read_url

MOST = 1 << 30  # bytes of one file, where the caller does not say


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: `path` is how it is listed, absolute and with «/», or a URL."""

    path: str

    @property
    def suffix(self) -> str:
        """The end of the name that says what format the file has, in small letters.

        >>> Entry("/archive/Báo cáo.PDF").suffix
        '.pdf'
        """
        return PurePosixPath(self.path).suffix.lower()

    def read(self, most: int = MOST) -> bytes:
        """The bytes of the file, unless they are more than `most`: then nothing is read.

        Raises an `UnreadableError` whose message does not name the file.
        """
        if is_url(self.path):
            return read_url(self.path, most)
        try:
            status = os.stat(self.path)  # before it is opened: to open a pipe is to wait for its writer
            if not stat.S_ISREG(status.st_mode):
                raise MissingFileError("is not a regular file")
            if status.st_size > most:
                raise TooLargeError.of(status.st_size, most)
            with open(self.path, "rb") as opened:
                return opened.read()
        except OSError as error:
            raise MissingFileError(f"cannot be opened ({error.strerror})") from error
