"""A process that forks while its threads read: the copy reads as well, whatever they were in the middle of."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from threading import Event, Thread

import pytest

from de06_extract import extract, forking
from de06_extract.forking import ForkedLock
from de06_extract.readers.pdf import reader
from tests.conftest import CORPUS

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="forks of POSIX"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]


def in_a_copy(work: Callable[[], object], patience: float = 60) -> int | None:
    """The exit code of a copy of this process that does this and no more; None where it does not end."""
    copy = os.fork()
    if copy == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    until = time.monotonic() + patience
    while time.monotonic() < until:
        ended, status = os.waitpid(copy, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(copy, 9)
    os.waitpid(copy, 0)
    return None


def opens(lock: ForkedLock) -> bool:
    """True where a thread gets a lock."""

    def take() -> None:
        with lock:
            pass

    thread = Thread(target=take, daemon=True)
    thread.start()
    thread.join(30)
    return not thread.is_alive()


@pytest.fixture
def held() -> Iterator[Callable[[ForkedLock], None]]:
    """What lets a thread hold a lock until the end of the test."""
    end = Event()
    threads = []

    def hold(lock: ForkedLock) -> None:
        has = Event()

        def wait() -> None:
            with lock:
                has.set()
                end.wait(60)

        threads.append(Thread(target=wait, daemon=True))
        threads[-1].start()
        assert has.wait(60)

    yield hold
    end.set()
    for thread in threads:
        thread.join(60)


def test_a_copy_reads_a_pdf_while_a_thread_of_the_original_does(
    held: Callable[[ForkedLock], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread is in the middle for longer than the fork waits."""
    monkeypatch.setattr(reader._PDFIUM, "patience", 0.1)
    held(reader._PDFIUM)
    assert in_a_copy(lambda: extract(CORPUS / "pdf" / "000.pdf")) == 0
    assert reader._PDFIUM._lock.locked()  # the fork did not wait until the thread was done


def test_a_fork_waits_for_who_has_the_lock_and_gives_it_back(held: Callable[[ForkedLock], None]) -> None:
    lock, other = ForkedLock(patience=60), ForkedLock(patience=0)
    held(other)
    seen: list[str] = []

    def release_later() -> None:
        with lock:
            has.set()
            time.sleep(0.3)
            seen.append("let go")

    has = Event()
    thread = Thread(target=release_later)
    thread.start()
    assert has.wait(60)

    def both() -> None:
        assert seen == ["let go"]
        with lock, other:
            pass

    assert in_a_copy(both) == 0
    assert other._lock.locked()
    assert opens(lock)
    thread.join(60)


@pytest.mark.slow
def test_so_it_does_while_threads_read_one_after_the_other(tmp_path: Path) -> None:
    path, end = CORPUS / "pdf" / "001.pdf", Event()

    def read() -> None:
        while not end.is_set():
            extract(path)

    threads = [Thread(target=read, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        assert [in_a_copy(lambda: extract(path)) for _ in range(6)] == [0] * 6
    finally:
        end.set()
        for thread in threads:
            thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    assert opens(reader._PDFIUM)
    assert extract(path).claims


class Slow:
    """A value that takes long to be found."""

    def __init__(self, end: Event | None = None, has: Event | None = None) -> None:
        self.end, self.has = end, has

    @cached_property
    def value(self) -> int:
        if self.end is not None and self.has is not None:
            self.has.set()
            self.end.wait(120)
        return 7


def test_a_copy_finds_a_value_that_a_thread_of_the_original_was_about_to_find(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Python 3.12 a cached property has one lock for all objects."""
    monkeypatch.setattr(forking, "Slow", Slow, raising=False)  # as if it were a class of the package
    end, has = Event(), Event()
    thread = Thread(target=lambda: Slow(end, has).value, daemon=True)
    thread.start()
    assert has.wait(60)
    assert in_a_copy(lambda: Slow().value) == 0
    end.set()
    thread.join(60)
