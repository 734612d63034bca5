"""Mails as they are sent (RFC 5322), read by the standard library."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.message import Message as Part

from de06_extract.readers.mail.message import Message, file_name

_FORWARDED = "message/rfc822"


def read_eml(data: bytes) -> Message:
    """The mail in the bytes of an .eml file; a mail that is attached to it is a file as well."""
    mail = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    attached = tuple((_name(part), _content(part)) for part in mail.iter_attachments() if _is_file(part))
    return Message(
        subject=str(mail.get("Subject", "")),
        text=_text(plain) if plain is not None else "",
        page=_content(page) if page is not None else b"",
        attachments=attached,
    )


def _is_file(part: Part) -> bool:
    """False of pictures that belong to the text."""
    shown = part.get_content_disposition() == "inline" or part.get("Content-ID") is not None
    return not (shown and part.get_content_maintype() == "image")


def _name(part: Part) -> str:
    if part.get_content_type() == _FORWARDED:
        return file_name(part.get_filename() or "mail.eml")
    return file_name(part.get_filename() or "")


def _content(part: Part) -> bytes:
    if part.get_content_type() == _FORWARDED:
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Part) else b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Part) -> str:
    """The text in the encoding that it is said to be in, if it can be."""
    content = _content(part)
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")
