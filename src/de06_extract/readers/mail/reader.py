"""Mails (.eml, .msg): their subject and text; the files that are attached are named, and are documents of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from de06_extract.document.composition import Composition
from de06_extract.document.document import Document
from de06_extract.errors import DamagedFileError, EmptyFileError, UnreadableError
from de06_extract.language.messages import said
from de06_extract.readers import read_document
from de06_extract.readers.mail.eml import read_eml
from de06_extract.readers.mail.message import Message
from de06_extract.readers.mail.msg import read_msg
from de06_extract.schema.report import Remark

SUFFIXES = (".eml", ".msg")
MEDIA_TYPE = "message/rfc822"

_OUTLOOK = "application/vnd.ms-outlook"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_PROPERTIES = "__properties_version1.0"
_HEADERS = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_SENT = re.compile(rb"^(?:to|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^(?:from|date|message-id|mime-version):", re.IGNORECASE | re.MULTILINE)


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of what begins with the lines that mail programs write, and of a mail as Outlook keeps it.

    >>> is_mine(b"Received: by a\\r\\nFrom: b\\r\\nSubject: c\\r\\n\\r\\nd", ()), is_mine(b"To: a\\nRe: b\\n\\nc", ())
    (True, False)
    """
    if _PROPERTIES in names:
        return True
    return bool(_HEADERS.match(head) and _SENT.search(head) and _FROM.search(head))


def read(data: bytes, name: str) -> Document:
    """The document in a mail: its subject, and its text as it was written."""
    message = _message(data, name)
    composition = Composition()
    composition.add_line(message.subject, "heading")
    _add_body(composition, message, name)
    if not composition.parts:
        raise EmptyFileError(f"{name}: " + said("errors", "no_text_in_mail"))
    kind = _OUTLOOK if data.startswith(_COMPOUND) else MEDIA_TYPE
    composition.remarks += [Remark(about="attachment", detail=attached) for attached, _ in message.attachments]
    return composition.document(name, kind)


def attachments(data: bytes, name: str) -> tuple[tuple[str, bytes], ...]:
    """The name and the content of each file that is attached."""
    return _message(data, name).attachments


def _message(data: bytes, name: str) -> Message:
    try:
        return read_msg(data) if data.startswith(_COMPOUND) else read_eml(data)
    except MemoryError:
        raise
    except Exception as error:  # olefile and email raise whatever flipped bytes lead them to
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DamagedFileError(f"{name}: " + said("errors", "mail_unread", reason=reason)) from error


def _add_body(composition: Composition, message: Message, name: str) -> None:
    """Adds the text of the mail, or a remark where there is one that cannot be read."""
    text = message.text.strip()
    data, kind = (text.encode(), "text.txt") if text else (message.page, "text.html")
    try:
        composition.add_document(read_document(data, f"{name}!/{kind}"))
    except EmptyFileError:
        return
    except UnreadableError as error:
        composition.remarks.append(Remark(about="unread-part", detail=str(error)))
