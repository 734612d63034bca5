"""ZIP archives: the files in them by name and number, and their bytes, without trust in anything that they say.

Nothing is unpacked to a place that a name chooses; names are names only. An archive inside an archive is opened too,
one inside that is not. What listing an archive takes is bounded before it is taken: the list of contents, the files in
it and in the archives inside it, and what these unpack to.
"""

from __future__ import annotations

import os
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EINVAL
from functools import lru_cache
from io import BytesIO
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, Any, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from de06_extract.archive.files.hidden_names import is_hidden
from de06_extract.archive.files.remote import is_url, open_url, stamp_of_url
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    MissingFileError,
    TooLargeError,
    UnreadableError,
    UnsupportedFormatError,
)
from de06_extract.language.messages import said, system_reason
from de06_extract.regular_files import MOST, open_regular, stamp

SUFFIX = ".zip"
MOST_MEMBERS = 100_000  # of an archive and of those inside it, together
MOST_LISTED = 32 << 20  # bytes of a list of contents: three hundred for each member
MOST_UNPACKED = 1 << 30  # bytes of the archives inside one, together; ten times its own if that is more

_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")  # of a file, of an empty archive, of one in several volumes
_DOCUMENT = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}  # a .docx is a ZIP archive as well
_DEPTH = 2  # archives in each other
_CHUNK = 1 << 16  # a bomb is stopped after this much
_IN_MEMORY = 1 << 23  # bytes of an archive inside an archive; a larger one goes to a nameless temporary file
_RECORD = b"PK\x01\x02"  # what each entry of a list of contents begins with
_FEW = 1000  # members that any archive may list; more only if it has the bytes for them
_LEAST = 76  # bytes of a member: its two headers; archives in which there are less for each are made to do harm
_UNPACKS = 10  # times its bytes that what is inside an archive may unpack to: archives do not shrink much when packed
_OPEN = 4  # archives at a time: the members are asked for in the order of their paths
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of a member's flags
_UNICODE_PATH = 0x7075  # an extra field with the name in UTF-8
_FAULTS = (BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, struct.error, OverflowError, IndexError)


class Member(NamedTuple):
    """A file in an archive: its name with «/», «inner.zip!/name» in an inner one, and its number in each of them."""

    name: str
    numbers: tuple[int, ...]
    failure: UnreadableError | None = None


def is_archive(file: str) -> bool:
    """True of a ZIP archive that is not a document: by what it begins with, or by its name and how it ends."""
    try:
        with open_url(file) if is_url(file) else open_regular(file) as opened:
            head = opened.read(4)
    except (OSError, UnreadableError):
        return False  # whoever reads it says why
    named = PurePath(file).suffix.lower() == SUFFIX
    if head not in _HEADS and not (named and head):
        return False
    try:
        return not _is_document(_opened(file).archive)
    except UnreadableError:
        return named and head in _HEADS


def members(file: str) -> Iterator[Member]:
    """The files in an archive, in its order, without the hidden; of one name the last, which unpacking leaves.

    Raises an `UnreadableError` that does not name the archive, if that cannot be read or lists too much.
    """
    size = _opened(file).size
    room = _Room(min(MOST_MEMBERS, _FEW + size // _LEAST), max(MOST_UNPACKED, _UNPACKS * size))
    yield from _members(file, (), room)


def read_member(
    file: str,
    numbers: tuple[int, ...],
    path: str,
    most: int = MOST,
    allow: Callable[[int], None] = lambda size: None,
) -> bytes:
    """The bytes of the member with these numbers; `path` is how it is listed, so that a changed archive is noticed.

    `allow` is told their number before they are read. Raises an `UnreadableError`: `TooLargeError` before anything is
    read, if it says that it has more than `most` bytes.
    """
    archive, using, _ = _opened(file, numbers[:-1])
    infos = archive.infolist()
    if numbers[-1] >= len(infos) or not path.endswith(f"!/{_name(infos[numbers[-1]])}"):
        raise MissingFileError(said("errors", "no_longer_packed"))
    allow(infos[numbers[-1]].file_size)
    content = BytesIO()  # which gives its bytes without a copy
    with using, _stream(archive, infos[numbers[-1]], most) as stream:
        while chunk := stream.read(_CHUNK):
            content.write(chunk)
    return content.getvalue()


def close_archives() -> None:
    """Closes the archives that are kept open for the members to come."""
    _kept.cache_clear()


class _Room:
    """What the list of one archive may still hold: members, and bytes of the archives inside it."""

    def __init__(self, members: int, unpacked: int) -> None:
        self._members, self._unpacked = members, unpacked

    def take_members(self, count: int) -> None:
        """Takes so many members. Raises a `TooLargeError` where there are not so many left, and then takes none."""
        if count > self._members:
            raise TooLargeError(said("errors", "listed_too_many", count=count))
        self._members -= count

    def take_bytes(self, size: int) -> None:
        """Takes so many bytes of an archive inside this one. Raises a `TooLargeError` as `take_members` does."""
        if size > self._unpacked:
            raise TooLargeError(said("errors", "unpacks_too_much"))
        self._unpacked -= size


def _members(file: str, above: tuple[int, ...], room: _Room) -> Iterator[Member]:
    names = map(_name, _opened(file, above).archive.infolist())
    last = {name: number for number, name in enumerate(names) if not any(map(is_hidden, name.split("/")))}
    last = {name: number for name, number in last.items() if not name.endswith("/")}
    if not last:
        raise EmptyFileError(said("errors", "empty_archive"))
    room.take_members(len(last))
    for name, number in last.items():
        if PurePath(name).suffix.lower() == SUFFIX:
            yield from _inner(file, Member(name, (*above, number)), room)
        else:
            yield Member(name, (*above, number))


def _inner(file: str, member: Member, room: _Room) -> Iterator[Member]:
    """The files in an archive inside an archive, or itself where it is a document or cannot be opened."""
    if len(member.numbers) == _DEPTH:
        yield member._replace(failure=UnsupportedFormatError(said("errors", "archives_too_deep")))
        return
    try:
        room.take_bytes(_opened(file, member.numbers[:-1]).archive.infolist()[member.numbers[-1]].file_size)
        if _is_document(_opened(file, member.numbers).archive):
            yield member
            return
        for inner in _members(file, member.numbers, room):
            yield inner._replace(name=f"{member.name}!/{inner.name}")
    except UnreadableError as error:
        yield member._replace(failure=error)


def _is_document(archive: ZipFile) -> bool:
    return not _DOCUMENT.isdisjoint(archive.NameToInfo)


class _OpenArchive(NamedTuple):
    """An open archive, who reads from it, one thread at a time, and its size in bytes."""

    archive: ZipFile
    using: Lock
    size: int


def _opened(file: str, numbers: tuple[int, ...] = ()) -> _OpenArchive:
    """The archive, or the one inside it with these numbers; it stays open for the next question."""
    try:
        return _kept(os.getpid(), file, stamp_of_url(file) if is_url(file) else stamp(file), numbers)
    except OSError as error:
        raise MissingFileError(said("errors", "unopened", reason=system_reason(error))) from error
    except MemoryError as error:
        raise TooLargeError(said("errors", "no_memory_for_list")) from error
    except _FAULTS as error:
        raise DamagedFileError(said("errors", "not_zip", reason=error)) from error


@lru_cache(maxsize=_OPEN)
def _kept(process: int, file: str, changed: tuple[object, ...], numbers: tuple[int, ...]) -> _OpenArchive:
    """An open archive. Not for another process, which would share the position in the file with this one."""
    if not numbers:
        return _listed(open_url(file) if is_url(file) else open_regular(file))
    outer, using, _ = _kept(process, file, changed, numbers[:-1])
    copy = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it ends with the archive that is read from it
    with using, _stream(outer, outer.infolist()[numbers[-1]], MOST) as stream:
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
    return _listed(copy)


def _listed(file: IO[bytes]) -> _OpenArchive:
    """The archive in a file, unless its list of contents is longer than one may be."""
    try:
        archive = ZipFile(cast(IO[bytes], _ListReads(file)))
        archive.fp = file
        return _OpenArchive(archive, Lock(), file.seek(0, os.SEEK_END))
    except BaseException:
        file.close()
        raise


class _ListReads:
    """A file out of which no list of contents is read that is too long: `ZipFile` reads it in one piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises a `TooLargeError` where they are, or hold, more than a list of contents may."""
        if size > MOST_LISTED:
            raise TooLargeError(said("errors", "list_too_large", value=-(-size >> 20), size=MOST_LISTED >> 20))
        data = self._file.read(size)
        count = data.count(_RECORD)  # a name may hold the mark too; an entry without it is damage
        if count > MOST_MEMBERS:
            raise TooLargeError(said("errors", "too_many_members", count=count, most_members=MOST_MEMBERS))
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextmanager
def _stream(archive: ZipFile, info: ZipInfo, most: int) -> Iterator[IO[bytes]]:
    """The content of a member; it never gives more bytes than the member says it has."""
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFileError(said("errors", "archive_password"))
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others cannot be stopped after a chunk
        raise UnsupportedFormatError(said("errors", "not_deflate"))
    if info.file_size > most:
        raise TooLargeError.of(info.file_size, most)
    try:
        with archive.open(info) as stream:
            yield stream
    except OSError as error:
        if error.errno == EINVAL:  # a place before the beginning of the file
            raise DamagedFileError(said("errors", "damaged_in_archive")) from error
        raise MissingFileError(said("errors", "unread", reason=system_reason(error))) from error
    except _FAULTS as error:  # whose message names the member
        raise DamagedFileError(said("errors", "damaged_in_archive")) from error


def _name(info: ZipInfo) -> str:
    """The name of a member with «/» alone, whatever system and code page wrote it; that of a folder ends in «/».

    >>> _name(ZipInfo("/Báo cáo/./quý 1\\\\a.pdf"))
    'Báo cáo/quý 1/a.pdf'
    """
    name = info.filename
    if not info.flag_bits & _UTF8 and not info.orig_filename.isascii():
        name = _unicode_path(info.extra) or _in_its_code_page(info.orig_filename)
    *folders, last = name.partition("\0")[0].replace("\\", "/").split("/")
    return "/".join((*(folder for folder in folders if folder not in ("", ".")), last))


def _unicode_path(extra: bytes) -> str | None:
    """The name in UTF-8 that some programs keep beside that in a code page."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and 5 < size <= len(extra) - 4:
            try:
                return extra[9 : 4 + size].decode()
            except UnicodeDecodeError:
                return None
        extra = extra[4 + size :]
    return None


def _in_its_code_page(name: str) -> str:
    """A name that was read as code page 437 for want of a flag: UTF-8, Vietnamese Windows, or 437 after all.

    >>> _in_its_code_page("Báo cáo.pdf".encode().decode("cp437"))
    'Báo cáo.pdf'
    >>> _in_its_code_page("Ba\u0301o ca\u0301o ty\u0309 lê\u0323.pdf".encode("cp1258").decode("cp437"))
    'Báo cáo tỷ lệ.pdf'
    >>> _in_its_code_page("résumé.txt")
    'résumé.txt'
    """
    try:
        written = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return written.decode()
    except UnicodeDecodeError:
        pass
    try:
        vietnamese = unicodedata.normalize("NFC", written.decode("cp1258"))
    except UnicodeDecodeError:
        return name
    return vietnamese if all(letter.isascii() or letter.isalpha() for letter in vietnamese) else name
