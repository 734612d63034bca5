"""A store is written by one run at a time, and is free when that has ended, however it did."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from de06_extract.archive.store.lock import InUseError, exclusive
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from tests.archive.store.stores import OPTIONS, beside, paths, posix, python, refusal, written


def test_two_runs_on_one_store_are_refused_and_told_who_has_it(path: Path) -> None:
    written(path)
    with open_store(path, OPTIONS):
        message = refusal(path, written)
        link = path.with_name("link.sqlite")
        link.symlink_to(path)
        assert refusal(link, written) == message
    assert message.startswith(f"is in use by process {os.getpid()} on {socket.gethostname()}, since 2")
    link.unlink()
    assert beside(path) == []
    written(path)


HOLDS = """
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.store import open_store
with open_store(path, Options()) as store:
    store.begin_run([])
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
@posix
def test_a_killed_run_leaves_the_store_free(path: Path) -> None:
    holder = python(HOLDS, path)
    assert holder.stdout
    try:
        assert holder.stdout.readline() == "ready\n"
        assert refusal(path, written).startswith(f"is in use by process {holder.pid} on ")
        with read_store(path) as store:
            last = store.last_run()
            assert last is not None
            assert last.state == "running"
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    written(path)
    assert paths(path) == ["new"]
    assert beside(path) == []


@pytest.mark.slow
@posix
def test_nobody_gets_a_lock_on_a_file_that_was_taken_away(tmp_path: Path) -> None:
    """Many want the use of one file, and each takes the lock file away: never do two have it at once."""
    code = """
from de06_extract.archive.store.lock import InUseError, exclusive
mark = path.with_name("mark")
for _ in range(20):
    try:
        with exclusive(path):
            mark.touch(exist_ok=False)
            time.sleep(0.001)
            mark.unlink()
    except InUseError:
        pass
"""
    many = [python(code, tmp_path / "file") for _ in range(3)]
    try:
        assert [process.wait(60) for process in many] == [0] * 3
    finally:
        for process in many:
            process.kill()
            process.communicate()
    assert os.listdir(tmp_path) == []


def test_the_exclusive_use_of_a_file_ends_with_an_error_too(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), exclusive(tmp_path / "file"):
        with pytest.raises(InUseError), exclusive(tmp_path / "file"):
            pass
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []
