"""Files are read whole or not at all: none that is no file, none that is too large, none that is still written."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from de06_extract import MissingFileError, extract
from de06_extract.archive.files.seven_zip import is_seven_zip
from de06_extract.archive.files.zip import is_archive
from de06_extract.errors import TooLargeError
from de06_extract.regular_files import MOST, read_whole

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices as POSIX has them")


def at_once(work: Callable[[], object]) -> object:
    """What it returns or raises, in a thread of its own: a pipe that is waited for is an error, and no endless test."""
    done: Future[object] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(timeout=30)


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
            at_once(partial(extract, name))


@pytest.mark.skipif(not os.path.exists("/proc/self/environ"), reason="the files of Linux")
def test_a_file_that_is_longer_than_it_says_is_refused() -> None:
    with pytest.raises(MissingFileError, match="grows while it is read"):
        extract("/proc/self/environ")


@posix
@pytest.mark.parametrize("read", [read_whole, is_archive, is_seven_zip], ids=lambda read: read.__name__)
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    read: Callable[[str], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at what it is and the opening: whoever can write into the folder can do so."""
    path, real, exchanged = tmp_path / "a.7z", os.stat, list[bool]()
    path.write_bytes(b"PK\x03\x04")

    def stat(file: Any, **options: Any) -> os.stat_result:
        status = real(file, **options)
        if file == str(path) and not exchanged:
            exchanged.append(True)
            path.unlink()
            os.mkfifo(path)
        return status

    monkeypatch.setattr(os, "stat", stat)
    try:
        with suppress(MissingFileError):
            assert at_once(partial(read, str(path))) is False
    finally:
        monkeypatch.undo()
        with suppress(OSError):  # lets go of who waits
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
    assert exchanged
    assert path.is_fifo()
