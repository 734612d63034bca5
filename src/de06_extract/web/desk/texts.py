"""The texts of documents that a store does not hold: read once more, by a process within limits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from de06_extract.archive.extract import LimitedExtractor
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import InternalError, UnreadableError
from de06_extract.schema.display import Language


class Texts:
    """Reads the texts of documents; the last one is held."""

    def __init__(self, limits: Limits, language: Language, *, keep_personal_data: bool) -> None:
        self._extractor = LimitedExtractor(limits, lang=language, keep_personal_data=keep_personal_data, with_text=True)
        self._last: tuple[str, str | None] = ("", None)
        self._lock = Lock()

    def text(self, sha256: str, suffix: str, content: Callable[[], bytes | None]) -> str | None:
        """The text of the file with this hash and ending, in which the offsets of its report count.

        None where there are no bytes of it any more, or none that can be read.
        """
        with self._lock:
            if self._last[0] != sha256 + suffix:
                data = content()
                self._last = (sha256 + suffix, None if data is None else self._read(data, suffix))
            return self._last[1]

    def _read(self, data: bytes, suffix: str) -> str | None:
        try:
            return self._extractor.extract(data, name=f"document{suffix}").text
        except (UnreadableError, InternalError, WorkerError):
            return None

    def close(self) -> None:
        """Ends the process."""
        self._extractor.close()
