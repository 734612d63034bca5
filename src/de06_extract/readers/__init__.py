"""Readers: bytes of one file format to a `Document`, each in a folder here, found by what it says of itself.

The folder's `reader.py` has `SUFFIXES`, `MEDIA_TYPE`, `is_mine(head, names)` and `read(data, name) -> Document`. It
takes bytes, not a path, so that what is read is a pure function of the content; its library is imported inside `read`.
A format into whose files notes or changes can be written has an `annotator.py` with the same `MEDIA_TYPE`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import PurePath
from typing import Any, Protocol, cast
from zipfile import ZipFile

from de06_extract.compound_files import CompoundFile
from de06_extract.document.copies.notes import Copy, Edit, Note
from de06_extract.document.document import Document, check_length
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    NotInstalledError,
    OwnOutputError,
    UnsupportedFormatError,
)
from de06_extract.found_modules import find_modules
from de06_extract.language.messages import said
from de06_extract.library_messages import keep_quiet
from de06_extract.optional_libraries import MissingExtraError, load_extra
from de06_extract.own_outputs import is_own_output
from de06_extract.schema.report import Remark


class Reader(Protocol):
    """What the `reader.py` of a format offers."""

    SUFFIXES: tuple[str, ...]
    MEDIA_TYPE: str

    def is_mine(self, head: bytes, names: Sequence[str]) -> bool:
        """True where the bytes are certainly of this format, whatever the file is called.

        `head` is the beginning of the file, `names` are those of its members if it is a ZIP archive or a compound file
        (OLE), else there are none.
        """

    def read(self, data: bytes, name: str) -> Document:
        """The document in `data`, or an `UnreadableError`."""


class Annotator(Protocol):
    """What the `annotator.py` of a format offers; one of the two functions may be missing."""

    MEDIA_TYPE: str

    def annotate(self, data: bytes, name: str, notes: Sequence[Note], made_at: datetime) -> Copy:
        """A copy of the document with notes on its figures, or a `NotCopiedError`."""

    def revise(self, data: bytes, name: str, edits: Sequence[Edit], made_at: datetime) -> Copy:
        """A copy of the document with its text changed, or a `NotCopiedError`."""


class ScanReader(Reader, Protocol):
    """What the reader offers that reads pages which are images; others give such pages to it."""

    def missing_for_scans(self) -> str | None:
        """What is missing to do so, and how it is installed, in one line; None where nothing is."""


HEAD = 1024  # bytes from the beginning by which a reader knows its own
_ZIP = b"PK\x03\x04"
_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: what Office wrote before it wrote ZIP archives, and encrypted files
)
_STREAMS = (  # what a compound file is that has such a stream
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "visio_old"),
    ("", "compound"),
)
_KNOWN_STREAMS = (
    "WordDocument",
    "Workbook",
    "Book",
    "EncryptedPackage",
    "__properties_version1.0",
    "PowerPoint Document",
)
_MOST_NAMES = 1 << 20  # bytes of a ZIP archive's list of contents; a report of a thousand pictures has a tenth of it
_FOLDERS = (  # what a ZIP archive is that has such a folder
    ("word/", "word"),
    ("xl/", "excel"),
    ("ppt/", "powerpoint"),
    ("visio/", "visio"),
)
_OPEN_DOCUMENTS = (  # what the first member of an OpenDocument file says
    (b"opendocument.presentation", "odp"),
)
_MEMBERS = (  # what a ZIP archive is that has such a member
    ("content.xml", "opendocument"),
    ("META-INF/container.xml", "epub"),
    ("AndroidManifest.xml", "android"),
    ("META-INF/MANIFEST.MF", "java"),
    ("Index/Document.iwa", "iwork"),
    ("[Content_Types].xml", "office"),
)


keep_quiet()


@cache
def readers() -> dict[str, Reader]:
    """Suffix to reader, for every folder of this package."""
    found: dict[str, Reader] = {}
    for module in find_modules(__name__, within="reader"):
        reader = cast(Reader, module)
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read_document(data: bytes, name: str) -> Document:
    """The document in `data`; what the bytes say they are counts for more than the suffix of `name`.

    Raises an `UnreadableError` whose message names the file and says why.
    """
    if not data:
        raise EmptyFileError(f"{name}: " + said("errors", "empty"))
    reader, named = _reader(data, name), readers().get(PurePath(name).suffix.lower())
    if is_own_output(data):
        raise OwnOutputError(f"{name}: " + said("errors", "own"))
    document = reader.read(data, name)
    check_length(document.text, name)
    if named is None or named is reader:
        return document
    return replace(document, remarks=(Remark(about="read-as", detail=format_of(reader)), *document.remarks))


def attachments(data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
    """The name and the content of each file that is attached to a mail; none to another document."""
    reader = _reader(data, name)
    find: Callable[[bytes, str], tuple[tuple[str, bytes], ...]] | None = getattr(reader, "attachments", None)
    return find(data, name) if find is not None else ()


@cache
def annotators() -> dict[str, Annotator]:
    """Media type to annotator, for every folder of this package that has one."""
    found = (cast(Annotator, module) for module in find_modules(__name__, within="annotator"))
    return {annotator.MEDIA_TYPE: annotator for annotator in found}


def missing_for_scans() -> str | None:
    """What is missing to read pages that are images, and how it is installed, in one line; None where nothing is."""
    return cast(ScanReader, readers()[".pdf"]).missing_for_scans()


def format_of(reader: Reader) -> str:
    """What the format of a reader is called: its first ending."""
    return reader.SUFFIXES[0].removeprefix(".").upper()


def not_installed(name: str, key: str, **filled: str) -> NotInstalledError:
    """The error for a file whose format needs what is not installed; `key` is that of the words."""
    return NotInstalledError(f"{name}: " + said("readers", f"missing.{key}", **filled))


def load_library(library: str, extra: str, name: str) -> Any:
    """The module of a library that the extra of this name installs, for the file `name`."""
    try:
        return load_extra(library, extra)
    except MissingExtraError as error:
        raise not_installed(name, "library", library=library, extra=extra) from error


def _reader(data: bytes, name: str) -> Reader:
    """The reader that calls the bytes its own, else the one for the suffix; an archive must be somebody's own."""
    suffix = PurePath(name).suffix.lower()
    head, is_zip, is_compound = data[:HEAD], data.startswith(_ZIP), data.startswith(_COMPOUND)
    names = _member_names(data, name, suffix) if is_zip else _stream_names(data) if is_compound else ()
    named = readers().get(suffix)
    owners = [reader for reader in dict.fromkeys(readers().values()) if reader.is_mine(head, names)]
    if named is not None and (named in owners or not (owners or is_zip or is_compound)):
        return named
    if owners:
        return owners[0]
    what = f"{_looks_like(head, names)}, " if is_zip else f"{_looks_old(names)}, " if is_compound else ""
    raise UnsupportedFormatError(
        f"{name}: " + said("errors", "unknown_format", what=what, known=", ".join(sorted(readers())))
    )


def _member_names(data: bytes, name: str, suffix: str) -> tuple[str, ...]:
    """The names in a ZIP archive, as long as there are not more of them than any document has."""
    try:
        with ZipFile(_ShortReads(data)) as archive:
            return tuple(archive.namelist())
    except _TooLongError as error:
        raise UnsupportedFormatError(f"{name}: " + said("errors", "too_many_for_document")) from error
    except Exception as error:  # struct.error, OverflowError, NotImplementedError … besides BadZipFile
        kind = suffix.removeprefix(".").upper() if suffix in readers() else "ZIP"
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DamagedFileError(f"{name}: " + said("errors", "not_whole", kind=kind, reason=reason)) from error


def _stream_names(data: bytes) -> tuple[str, ...]:
    """The names at the top of a compound file; of a damaged one those that are found in it."""
    try:
        with CompoundFile(data) as file:
            return file.names
    except Exception:  # olefile raises whatever flipped bytes lead it to
        return tuple(name for name in _KNOWN_STREAMS if name.encode("utf-16-le") in data)


class _TooLongError(Exception):
    """More was asked for at once than a list of contents may have."""


class _ShortReads(BytesIO):
    """Bytes that are not given away in one large piece: `ZipFile` reads the list of contents in one."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._size = len(data)

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises a `_TooLongError` before it copies more than a list of contents may have."""
        left = self._size - self.tell()
        if (left if size is None or size < 0 else min(size, left)) > _MOST_NAMES:
            raise _TooLongError
        return super().read(size)


def _looks_old(names: Sequence[str]) -> str:
    """What a compound file is that no reader calls its own."""
    return said("readers", "looks_like." + next(what for stream, what in _STREAMS if not stream or stream in names))


def _looks_like(head: bytes, names: Sequence[str]) -> str:
    """What a ZIP archive is that no reader calls its own.

    >>> _looks_like(b"PK", ["[Content_Types].xml", "xl/workbook.xml"]), _looks_like(b"PK", ["a.pdf", "b.pdf"])
    ('an Excel workbook', 'a ZIP archive (2 files)')
    """
    folders = (what for folder, what in _FOLDERS if any(name.startswith(folder) for name in names))
    open_documents = (what for mark, what in _OPEN_DOCUMENTS if mark in head)
    members = (what for member, what in _MEMBERS if member in names)
    for kinds in (folders, open_documents, members):
        if what := next(kinds, None):
            return said("readers", f"looks_like.{what}")
    count = sum(not name.endswith("/") for name in names)
    return said("readers", "looks_like.zip_of_one" if count == 1 else "looks_like.zip", count=count)
