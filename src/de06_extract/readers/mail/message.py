"""A mail as far as it is read: its subject, its text, and the files that are attached to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """The subject, the text as plain text or else as a web page, and the name and content of each attached file."""

    subject: str
    text: str
    page: bytes
    attachments: tuple[tuple[str, bytes], ...]


def file_name(name: str) -> str:
    """The name of an attached file without anything that leads to another folder.

    >>> file_name("C:\\\\thư\\\\báo cáo.pdf"), file_name("../../a.docx"), file_name("")
    ('báo cáo.pdf', 'a.docx', 'unnamed')
    """
    last = " ".join(name.replace("\\", "/").rstrip("/").rpartition("/")[2].replace("\0", "").split())
    return last if last not in ("", ".", "..") else "unnamed"
