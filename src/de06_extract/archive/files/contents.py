"""What a file holds when it is read: its content is known by a hash, so that it is checked once wherever it lies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Outcome, failed, out_of_memory
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import UnreadableError
from de06_extract.language.messages import said
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.regular_files import MOST


@dataclass(frozen=True, slots=True)
class Content:
    """A file with the content that it had when it was read, or what came out where it could not be read."""

    entry: ArchiveFile
    sha256: str | None = None
    size: int | None = None
    outcome: Outcome | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Hash and suffix, which decide the outcome."""
        return self.sha256 or "", self.entry.suffix

    def attempt(self, outcome: Outcome | None = None) -> Attempt:
        """The attempt of a run at the file, with this outcome."""
        return Attempt(self.entry.path, self.entry.suffix, self.sha256, self.size, outcome or self.outcome)


def read_content(
    entry: ArchiveFile,
    most: int | None = None,
    allow: Callable[[int], None] = lambda size: None,
    containers: Containers | None = None,
) -> tuple[Content, bytes | None]:
    """The content of a file of at most `most` bytes, and its bytes, None where it cannot be read.

    `allow` is told the number of bytes before they are read, and may wait until there is room for them; `containers`
    reads what is in mails and 7z archives. Raises a `MissingExtraError` where the library for its storage is not
    installed, a `WorkerError` where no process can be started.
    """
    try:
        data = entry.read(MOST if most is None else most, allow, containers)
        return Content(entry, hashlib.sha256(data).hexdigest(), len(data)), data
    except UnreadableError as error:
        why = failed(error.reason, str(error))
    except MemoryError:
        why = out_of_memory()
    except (MissingExtraError, WorkerError):
        raise
    except Exception as error:  # a drive, an archive or a server may fail in ways of its own
        why = failed("missing", said("errors", "unread", reason=f"{type(error).__name__}: {error}"))
    return Content(entry, outcome=why), None
