"""What a file holds when it is read: whatever goes wrong with one is its outcome, and no end of the run."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.errors import DamagedFileError
from de06_extract.optional_libraries import MissingExtraError


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> ArchiveFile:
    """A file whose reading fails with the error of the test."""
    monkeypatch.setattr(ArchiveFile, "read", Mock(side_effect=error))
    return ArchiveFile("/kho/a.txt")


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
def test_whatever_reading_a_file_raises_is_its_outcome(failing: ArchiveFile, reason: str, said: str) -> None:
    content, data = read_content(failing)
    assert (data, content.sha256) == (None, None)
    assert content.outcome is not None
    assert content.outcome.reason == reason
    assert said in str(content.outcome.message)
    assert "\n" not in str(content.outcome.message)


@pytest.mark.parametrize("error", [MissingExtraError("s3://"), WorkerError("cannot be started"), KeyboardInterrupt()])
def test_what_would_go_wrong_with_every_file_is_raised(failing: ArchiveFile, error: BaseException) -> None:
    with pytest.raises(type(error)):
        read_content(failing)
