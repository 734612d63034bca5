"""Readers: bytes of one file format to a `Document`.

A reader is a module here with `SUFFIXES`, `MEDIA_TYPE` and `read(data, name) -> Document`. It takes bytes, not a path,
so that what is read is a pure function of the content; `read_document` below chooses the reader by suffix and by what
the bytes begin with. Its library is imported inside `read`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Protocol, cast

from de06_extract.document.document import Document
from de06_extract.errors import EmptyFileError, UnsupportedFormatError


class Reader(Protocol):
    """What a reader module offers."""

    SUFFIXES: tuple[str, ...]
    MEDIA_TYPE: str

    def read(self, data: bytes, name: str) -> Document:
        """The document in `data`, or an `UnreadableError`."""


_ZIP, _PDF, _OLE = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = ((_PDF, ".pdf"), (_ZIP, ".docx"), (_OLE, ".docx"))
_TEXT = (".txt", ".md", ".text", ".markdown")  # may speak of PDF
_HEAD = 1024  # PDF readers accept the header anywhere in the first 1024 bytes (ISO 32000-1, Annex H.3.4.1)


@cache
def readers() -> dict[str, Reader]:
    """Suffix to reader, for every module of this package."""
    found: dict[str, Reader] = {}
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        reader = cast(Reader, import_module(f"{__name__}.{module.name}"))
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read_document(data: bytes, name: str) -> Document:
    """The document in `data`; what the bytes begin with counts for more than the suffix of `name`.

    Raises an `UnreadableError` whose message names the file and says why.
    """
    if not data:
        raise EmptyFileError(f"{name}: the file is empty")
    suffix = PurePath(name).suffix.lower()
    for magic, format_suffix in _MAGIC:
        if data.startswith(magic) or (magic == _PDF and suffix not in _TEXT and magic in data[:_HEAD]):
            suffix = format_suffix
            break
    reader = readers().get(suffix)
    if reader is None:
        known = ", ".join(sorted(readers()))
        raise UnsupportedFormatError(f"{name}: not a document of a known format ({known})")
    return reader.read(data, name)
