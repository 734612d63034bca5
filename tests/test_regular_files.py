"""Files are read whole or not at all: none that is no file, none that is too large, none that is still written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from de06_extract import MissingFileError, extract
from de06_extract.errors import TooLargeError
from de06_extract.regular_files import MOST, read_whole

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices as POSIX has them")


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    told: list[int] = []
    assert read_whole(tmp_path / "a", 7, told.append) == b"content"
    assert told == [7]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(MOST + 1)
    told: list[int] = []
    with pytest.raises(TooLargeError, match="has 1025 MiB, and 1024 MiB may be read"):
        read_whole(tmp_path / "a", allow=told.append)
    assert told == []
    with pytest.raises(TooLargeError, match=r"a: has 1025 MiB"):
        extract(tmp_path / "a")


@posix
def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    for name in (tmp_path / "pipe.txt", tmp_path / "zero.txt", Path("/dev/zero")):
        with pytest.raises(MissingFileError, match=f"{name}: is not a regular file"):
            extract(name)


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="the files of Linux")
def test_a_file_that_is_longer_than_it_says_is_refused() -> None:
    with pytest.raises(MissingFileError, match="grows while it is read"):
        extract("/proc/self/environ")
