"""Mails as Outlook keeps them: a compound file whose streams are named after the properties of the mail."""

from __future__ import annotations

from de06_extract.compound_files import CompoundFile
from de06_extract.readers.mail.message import Message, file_name

_SUBJECT, _TEXT, _PAGE = "0037", "1000", "1013"
_CONTENT, _LONG_NAME, _SHORT_NAME = "3701", "3707", "3704"
_UNICODE, _BYTES, _BINARY = "001F", "001E", "0102"  # the kinds of a property
_ATTACHMENT = "__attach_version1.0_#"
_VIETNAMESE_WINDOWS = "windows-1258"


def read_msg(data: bytes) -> Message:
    """The mail in the bytes of a .msg file."""
    with CompoundFile(data) as file:
        attached, left = [], len(data)
        for storage in sorted({name for name in file.names if name.startswith(_ATTACHMENT)}):
            if file.has(content := _path(storage, _CONTENT, _BINARY)):
                left -= file.size(content)
                if left < 0:  # made to do harm: streams that lie in each other, each of which would be copied
                    raise ValueError("more is attached than the file has bytes")
                name = _words(file, storage, _LONG_NAME) or _words(file, storage, _SHORT_NAME)
                attached.append((file_name(name), file.stream(content)))
        page = file.stream(_path("", _PAGE, _BINARY)) or _words(file, "", _PAGE).encode()
        return Message(_words(file, "", _SUBJECT), _words(file, "", _TEXT), page, tuple(attached))


def _path(storage: str, number: str, kind: str) -> str:
    stream = f"__substg1.0_{number}{kind}"
    return f"{storage}/{stream}" if storage else stream


def _words(file: CompoundFile, storage: str, number: str) -> str:
    """A property that is text, in Unicode or, in older mails, in the encoding of Windows."""
    in_unicode = file.stream(_path(storage, number, _UNICODE))
    if in_unicode:
        return in_unicode.decode("utf-16-le", "replace").rstrip("\0")
    written = file.stream(_path(storage, number, _BYTES)).rstrip(b"\0")
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode(_VIETNAMESE_WINDOWS, "replace")
