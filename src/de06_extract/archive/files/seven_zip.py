"""7z archives: the files in them by name and number, and their bytes.

Nothing is unpacked to a place that a name chooses. An archive whose files are packed as one is unpacked from its
beginning for each of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from de06_extract.archive.files.hidden_names import is_hidden
from de06_extract.archive.files.zip import MOST_MEMBERS, MOST_UNPACKED, Member
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    MissingFileError,
    NotInstalledError,
    TooLargeError,
    UnreadableError,
)
from de06_extract.language.messages import said, system_reason
from de06_extract.optional_libraries import MissingExtraError, load_extra
from de06_extract.regular_files import MOST

_SUFFIX = ".7z"
_HEAD = b"7z\xbc\xaf\x27\x1c"
_LIBRARY, _EXTRA = "py7zr", "7z"


def is_seven_zip(file: str) -> bool:
    """True of a file that begins as a 7z archive does and is called one."""
    if PurePath(file).suffix.lower() != _SUFFIX or not os.path.isfile(file):  # to open a pipe is to wait
        return False
    try:
        with open(file, "rb") as opened:
            return opened.read(len(_HEAD)) == _HEAD
    except OSError:
        return False  # whoever reads it says why


def seven_zip_members(file: str) -> Iterator[Member]:
    """The files in an archive, in its order, without the hidden; of one name the last, which unpacking leaves.

    Raises an `UnreadableError` that does not name the archive, if that cannot be read.
    """
    with _opened(file) as archive:
        infos = archive.list()
    if len(infos) > MOST_MEMBERS:
        raise TooLargeError(said("errors", "too_many_members", count=len(infos), most_members=MOST_MEMBERS))
    numbers = {_name(info): number for number, info in enumerate(infos) if not info.is_directory}
    last = {name: number for name, number in numbers.items() if not any(map(is_hidden, name.split("/")))}
    if not last:
        raise EmptyFileError(said("errors", "empty_archive"))
    for name, number in last.items():
        yield Member(name, (number,))


def read_seven_zip_member(
    file: str, number: int, path: str, most: int = MOST, allow: Callable[[int], None] = lambda size: None
) -> bytes:
    """The bytes of the member with this number; `path` is how it is listed, so that a changed archive is noticed.

    `allow` is told their number before they are read. Raises an `UnreadableError`: `TooLargeError` before anything is
    read, if it says that it has more than `most` bytes, or if too much is packed before it.
    """
    with _opened(file) as archive:
        infos = archive.list()
        if number >= len(infos) or not path.endswith(f"!/{_name(infos[number])}"):
            raise MissingFileError(said("errors", "no_longer_packed"))
        info = infos[number]
        if info.uncompressed > most:
            raise TooLargeError.of(info.uncompressed, most)
        if _unpacked(archive, number) > max(MOST_UNPACKED, most):
            raise TooLargeError(said("errors", "packed_too_deep"))
        allow(info.uncompressed)
        kept = load_extra("py7zr.io", _EXTRA).BytesIOFactory(most)
        archive.extract(targets=[info.filename], factory=kept)
        content = next(iter(kept.products.values()), None)
        if content is None:
            raise DamagedFileError(said("errors", "damaged_in_archive"))
        return bytes(content.read())


@contextmanager
def _opened(file: str) -> Iterator[Any]:
    """The open archive; what its library raises becomes an `UnreadableError`."""
    try:
        library = load_extra(_LIBRARY, _EXTRA)
    except MissingExtraError as error:
        raise NotInstalledError(said("readers", "missing.library", library=_LIBRARY, extra=_EXTRA)) from error
    try:
        with library.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise EncryptedFileError(said("errors", "archive_password"))
            yield archive
    except UnreadableError:
        raise
    except library.exceptions.PasswordRequired as error:
        raise EncryptedFileError(said("errors", "archive_password")) from error
    except OSError as error:
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error
    except Exception as error:  # py7zr and its decompressors raise a dozen classes for flipped bytes
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DamagedFileError(said("errors", "not_7z", reason=reason)) from error


def _unpacked(archive: Any, number: int) -> int:
    """The bytes that come out of an archive before the member with this number is whole: those packed with it."""
    files = list(archive.files)[: number + 1]
    return sum(file.uncompressed for file in files if file.folder is files[number].folder)


def _name(info: Any) -> str:
    """The name of a member with «/» alone, without what leads out of the archive."""
    parts = str(info.filename).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
