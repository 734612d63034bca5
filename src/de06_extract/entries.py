"""What an archive holds: each file by the path that it is listed under, with a way to its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from de06_extract.errors import MissingFileError
from de06_extract.remote import is_url, read_url


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

    def read(self) -> bytes:
        """The bytes of the file. Raises an `UnreadableError` whose message does not name it."""
        if is_url(self.path):
            return read_url(self.path)
        try:
            return Path(self.path).read_bytes()
        except OSError as error:
            raise MissingFileError(f"cannot be opened ({error.strerror})") from error
