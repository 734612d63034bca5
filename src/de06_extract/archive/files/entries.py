"""What an archive holds: each file by the path that it is listed under, with a way to its bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from de06_extract.archive.files.mails import is_mail, read_attached
from de06_extract.archive.files.remote import is_url, read_url
from de06_extract.archive.files.seven_zip import is_seven_zip, read_seven_zip_member
from de06_extract.archive.files.zip import MOST, read_member
from de06_extract.errors import MissingFileError, TooLargeError, UnreadableError


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of an archive: `path` is how it is listed, absolute and with «/», as text for any program; or a URL.

    `file` is what the system calls the file that is opened, where that differs; `numbers` those of the member in the
    ZIP archive, and in one inside it. An entry with a `failure` stands for what could not be listed.
    """

    path: str
    file: str | None = None
    numbers: tuple[int, ...] = ()
    failure: UnreadableError | None = field(default=None, compare=False)

    @property
    def suffix(self) -> str:
        """The end of the name that says what format the file has, in small letters.

        >>> ArchiveFile("/archive/Báo cáo.PDF").suffix
        '.pdf'
        """
        return PurePosixPath(self.path).suffix.lower()

    def read(self, most: int = MOST) -> bytes:
        """The bytes of the file, unless they are more than `most`: then nothing is read.

        Raises an `UnreadableError` whose message does not name the file.
        """
        if self.failure is not None:
            raise self.failure
        if self.numbers and is_mail(self.file or self.path):
            return read_attached(self.file or self.path, self.numbers[0], self.path, most)
        if self.numbers and is_seven_zip(self.file or self.path):
            return read_seven_zip_member(self.file or self.path, self.numbers[0], self.path, most)
        if self.numbers:
            return read_member(self.file or self.path, self.numbers, self.path, most)
        return _bytes(self.file or self.path, most)


def _bytes(file: str, most: int) -> bytes:
    if is_url(file):
        return read_url(file, most)
    try:
        status = os.stat(file)  # before it is opened: to open a pipe is to wait for its writer
        if not stat.S_ISREG(status.st_mode):
            raise MissingFileError("is not a regular file")
        if status.st_size > most:
            raise TooLargeError.of(status.st_size, most)
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:
        raise MissingFileError(f"cannot be opened ({error.strerror})") from error
