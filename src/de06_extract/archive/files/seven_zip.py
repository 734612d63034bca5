"""7z archives: the files in them by name and number, and their bytes.

Nothing is unpacked to a place that a name chooses. Files that are packed as one are unpacked from the beginning of that
for each of them; so a few that will be asked for next are kept on the way.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import PurePath
from typing import Any, NamedTuple
from zlib import crc32

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
from de06_extract.regular_files import MOST, open_regular, stamp

_SUFFIX = ".7z"
_HEAD = b"7z\xbc\xaf\x27\x1c"
_AHEAD = 64 << 20  # bytes of members that are kept until they are asked for
_MOST_AHEAD = 1000
_LIBRARY, _EXTRA = "py7zr", "7z"


def is_seven_zip(file: str) -> bool:
    """True of a file that begins as a 7z archive does and is called one."""
    if PurePath(file).suffix.lower() != _SUFFIX:
        return False
    try:
        with open_regular(file) as opened:
            return opened.read(len(_HEAD)) == _HEAD
    except (OSError, UnreadableError):
        return False  # whoever reads it says why


def seven_zip_members(file: str) -> Iterator[Member]:
    """The files in an archive, in its order, without the hidden; of one name the last, which unpacking leaves.

    Raises an `UnreadableError` that does not name the archive, if that cannot be read.
    """
    members = _listed(file).members
    if len(members) > MOST_MEMBERS:
        raise TooLargeError(said("errors", "too_many_members", count=len(members), most_members=MOST_MEMBERS))
    numbers = {member.name: number for number, member in enumerate(members) if not member.is_folder}
    last = {name: number for name, number in numbers.items() if not any(map(is_hidden, name.split("/")))}
    if not last:
        raise EmptyFileError(said("errors", "empty_archive"))
    for name, number in last.items():
        yield Member(name, (number,))


def size_in_seven_zip(file: str, number: int, path: str) -> int:
    """The bytes that the member with this number says it has. Raises as `read_seven_zip_member` does."""
    members = _listed(file).members
    if number >= len(members) or not path.endswith(f"!/{members[number].name}"):
        raise MissingFileError(said("errors", "no_longer_packed"))
    return members[number].size


def read_seven_zip_member(file: str, number: int, path: str, most: int = MOST) -> bytes:
    """The bytes of the member with this number; `path` is how it is listed, so that a changed archive is noticed.

    Raises an `UnreadableError`: `TooLargeError` before anything is read, if it says that it has more than `most`
    bytes, or if too much is packed before it.
    """
    size = size_in_seven_zip(file, number, path)
    if size > most:
        raise TooLargeError.of(size, most)
    listed = _listed(file)
    content = listed.ahead.pop(number, None)
    if content is not None:
        return content
    reach = max(MOST_UNPACKED, most)
    if listed.members[number].reach > reach:
        raise TooLargeError(said("errors", "packed_too_deep"))
    listed.ahead.clear()
    try:
        listed.ahead.update(_unpacked(file, listed.next_to(number, reach), most))
    except DamagedFileError:  # one of the others may be
        listed.ahead.update(_unpacked(file, {number: listed.members[number]}, most))
    return listed.ahead.pop(number)


class _Packed(NamedTuple):
    """A member: its name in the archive and as it is listed, its bytes, those that come out before it is whole."""

    stored: str
    name: str
    is_folder: bool
    size: int
    checksum: int | None
    block: int
    reach: int


class _Listed(NamedTuple):
    """The members of an archive, and the contents of those that were unpacked on the way and are asked for next."""

    members: tuple[_Packed, ...]
    ahead: dict[int, bytes]

    def next_to(self, number: int, reach: int) -> dict[int, _Packed]:
        """A member with those that are asked for next, by their paths, are packed with it and can be reached."""
        own, left = self.members[number], _AHEAD
        names = Counter(member.stored for member in self.members)
        if names[own.stored] > 1:
            return {number: own}
        beside = sorted(
            (member.name, other)
            for other, member in enumerate(self.members)
            if member.block == own.block and member.name >= own.name and names[member.stored] == 1
        )
        taken = {number: own}
        for _, other in beside[:_MOST_AHEAD]:
            member = self.members[other]
            if member.is_folder or other == number or member.size > left or member.reach > reach:
                continue
            left -= member.size
            taken[other] = member
        return dict(sorted(taken.items()))


def _listed(file: str) -> _Listed:
    try:
        return _read_list(os.getpid(), file, stamp(file))
    except OSError as error:
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error


@lru_cache(maxsize=1)
def _read_list(process: int, file: str, changed: tuple[int, ...]) -> _Listed:
    """The list of an archive, read once for all its members, since they follow each other."""
    with _opened(file) as archive:
        blocks: dict[int, int] = {}
        members = []
        for info, held in zip(archive.list(), archive.files, strict=True):
            block = id(held.folder)
            blocks[block] = blocks.get(block, 0) + info.uncompressed
            stored = str(info.filename)
            packed = stored, _name(stored), info.is_directory, info.uncompressed, info.crc32, block, blocks[block]
            members.append(_Packed(*packed))
    return _Listed(tuple(members), {})


def _unpacked(file: str, wanted: Mapping[int, _Packed], most: int) -> dict[int, bytes]:
    """The contents of members with names of their own, in the order of the archive; of several with one name of one."""
    with _opened(file) as archive:
        kept = load_extra("py7zr.io", _EXTRA).BytesIOFactory(most)
        archive.extract(targets=[member.stored for member in wanted.values()], factory=kept)
        contents = [bytes(product.read()) for product in kept.products.values()]
    if len(contents) == len(wanted):
        return dict(zip(wanted, contents, strict=True))
    if len(wanted) > 1:  # names that lead elsewhere are left out by the library
        raise DamagedFileError(said("errors", "damaged_in_archive"))
    ((number, member),) = wanted.items()
    fitting = [content for content in contents if len(content) == member.size and crc32(content) == member.checksum]
    if not fitting:
        raise DamagedFileError(said("errors", "damaged_in_archive"))
    return {number: fitting[0]}


@contextmanager
def _opened(file: str) -> Iterator[Any]:
    """The open archive; what its library raises becomes an `UnreadableError`."""
    try:
        library = load_extra(_LIBRARY, _EXTRA)
    except MissingExtraError as error:
        raise NotInstalledError(said("readers", "missing.library", library=_LIBRARY, extra=_EXTRA)) from error
    try:
        with open_regular(file) as opened, library.SevenZipFile(opened) as archive:
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


def _name(stored: str) -> str:
    """The name of a member with «/» alone, without what leads out of the archive."""
    parts = stored.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))
