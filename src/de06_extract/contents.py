"""What a file holds when it is read: its content is known by a hash, so that it is checked once wherever it lies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from de06_extract.entries import Entry
from de06_extract.errors import UnreadableError
from de06_extract.outcomes import Outcome, failed
from de06_extract.store import Attempt


@dataclass(frozen=True, slots=True)
class Content:
    """A file with the content that it had when it was read, or what came out where it could not be read."""

    entry: Entry
    sha256: str | None = None
    size: int | None = None
    outcome: Outcome | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What decides the outcome."""
        return self.sha256 or "", self.entry.suffix

    def attempt(self, outcome: Outcome | None = None) -> Attempt:
        """What a run did to the file, with this outcome."""
        return Attempt(self.entry.path, self.entry.suffix, self.sha256, self.size, outcome or self.outcome)


def read_content(entry: Entry) -> tuple[Content, bytes | None]:
    """What a file holds, with its bytes, which are None where it cannot be read. Raises a `MissingExtraError`."""
    try:
        data = entry.read()
        return Content(entry, hashlib.sha256(data).hexdigest(), len(data)), data
    except UnreadableError as error:
        return Content(entry, outcome=failed(error.reason, str(error))), None
    except MemoryError:
        return Content(entry, outcome=failed("memory", "not enough memory")), None
