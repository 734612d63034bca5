"""What a file holds when it is read: whatever goes wrong with one is its outcome, and no end of the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import DamagedFileError
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.regular_files import MOST


@dataclass(frozen=True, slots=True)
class Failing(ArchiveFile):
    """A file whose reading fails."""

    error: BaseException | None = None

    def read(
        self,
        most: int = MOST,
        allow: Callable[[int], None] = lambda size: None,
        containers: Containers | None = None,
    ) -> bytes:
        assert self.error is not None
        raise self.error


@pytest.mark.parametrize(
    ("error", "reason", "said"),
    [
        (DamagedFileError("is damaged"), "damaged", "is damaged"),
        (MemoryError(), "memory", ""),
        (RuntimeError("the driver\nhas ended"), "missing", "RuntimeError: the driver has ended"),
        (AssertionError(), "missing", "AssertionError"),
        (RecursionError("maximum recursion depth exceeded"), "missing", "RecursionError"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "missing", "UnicodeDecodeError"),
    ],
)
def test_whatever_reading_a_file_raises_is_its_outcome(error: BaseException, reason: str, said: str) -> None:
    content, data = read_content(Failing("/kho/a.txt", error=error))
    assert (data, content.sha256) == (None, None)
    assert content.outcome is not None
    assert content.outcome.reason == reason
    assert said in str(content.outcome.message)
    assert "\n" not in str(content.outcome.message)


@pytest.mark.parametrize("error", [MissingExtraError("s3://"), WorkerError("cannot be started"), KeyboardInterrupt()])
def test_what_would_go_wrong_with_every_file_is_raised(error: BaseException) -> None:
    with pytest.raises(type(error)):
        read_content(Failing("/kho/a.txt", error=error))
