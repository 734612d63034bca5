"""Where a report came from, as the program that read it knows: its file, which it does not hold, and its language."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from de06_extract.errors import UnreadableError
from de06_extract.language.messages import Language
from de06_extract.regular_files import read_whole
from de06_extract.schema.source import Source


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """The absolute path of the file that was read, None where bytes were, and the language of the messages.

    It stands in no JSON and says nothing about whether two reports are the same.
    """

    file: str | None = None
    language: Language = "vi"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return hash(Origin)

    def content(self, source: Source) -> bytes | None:
        """The bytes of the file, None where it is gone or no longer what was read."""
        if self.file is None:
            return None
        try:
            data = read_whole(self.file, source.bytes)
        except (OSError, UnreadableError, ValueError):
            return None
        return data if is_content(data, source) else None


def is_content(data: bytes, source: Source) -> bool:
    """True of the bytes that a report with this source was read from."""
    return len(data) == source.bytes and hashlib.sha256(data).hexdigest() == source.sha256


def origin_of(file: str | os.PathLike[str] | bytes, language: Language) -> Origin:
    """The origin of a report on a file, given by its path or as its bytes."""
    return Origin(None if isinstance(file, bytes) else os.path.abspath(file), language)
