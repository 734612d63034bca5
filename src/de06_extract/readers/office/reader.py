"""Documents of other word processors (.doc, .rtf, .odt): LibreOffice writes them as .docx, which is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from de06_extract.document.document import Document
from de06_extract.readers import not_installed, read_document
from de06_extract.readers.office.libreoffice import convert, find_program

SUFFIXES = (".doc", ".rtf", ".odt")
MEDIA_TYPE = "application/msword"

_MEDIA_TYPES = {
    ".doc": MEDIA_TYPE,
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_RICH_TEXT = b"{\\rtf"
_OPEN_DOCUMENT = b"opendocument.text"  # in what the first part of an .odt says
_STREAM = "WordDocument"


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of an old Word document, a rich text and an OpenDocument text.

    >>> is_mine(b"{\\\\rtf1\\\\ansi", ()), is_mine(b"PK", ["word/document.xml"])
    (True, False)
    """
    return head.startswith(_RICH_TEXT) or _STREAM in names or (_OPEN_DOCUMENT in head and "content.xml" in names)


def read(data: bytes, name: str) -> Document:
    """The document as LibreOffice understands it. Raises a `NotInstalledError` where there is no LibreOffice."""
    suffix = _suffix(data)
    program = find_program()
    if program is None:
        raise not_installed(name, "libreoffice", format=suffix)
    document = read_document(convert(program, data, suffix, name), f"{PurePath(name).stem}.docx")
    return replace(document, name=name, media_type=_MEDIA_TYPES[suffix])


def _suffix(data: bytes) -> str:
    """The end that the file's name should have."""
    if data.startswith(_RICH_TEXT):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"
