"""What an archive holds: each file by the path that it is listed under, with a way to its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.mails import is_mail
from de06_extract.archive.files.remote import is_url, read_url
from de06_extract.archive.files.seven_zip import is_seven_zip
from de06_extract.archive.files.zip import read_member
from de06_extract.errors import MissingFileError, UnreadableError
from de06_extract.language.messages import said, system_reason
from de06_extract.regular_files import MOST, read_whole


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

    def read(
        self,
        most: int = MOST,
        allow: Callable[[int], None] = lambda size: None,
        containers: Containers | None = None,
    ) -> bytes:
        """The bytes of the file, unless they are more than `most`: then nothing is read; `allow` is told their number.

        `containers` reads what is in mails and 7z archives, this process where that is not given. Raises an
        `UnreadableError` whose message does not name the file.
        """
        if self.failure is not None:
            raise self.failure
        file = self.file or self.path
        if self.numbers and (is_mail(file) or is_seven_zip(file)):
            return (containers or Containers()).read(file, self.numbers[0], self.path, most, allow)
        if self.numbers:
            return read_member(file, self.numbers, self.path, most, allow)
        if is_url(file):
            return read_url(file, most, allow)
        try:
            return read_whole(file, most, allow)
        except OSError as error:
            raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error
