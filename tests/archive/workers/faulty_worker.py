"""A worker that does to itself what the text of a file says, so that tests see what becomes of the others.

Started in the place of the real one; a file that says nothing of the kind is checked as ever.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from de06_extract.archive import explain, learning
from de06_extract.archive.explain import explained_outcome_of
from de06_extract.archive.learning import text_outcome_of
from de06_extract.archive.store import outcome
from de06_extract.archive.store.outcome import Options, Outcome, exact_outcome_of, failed, out_of_memory, outcome_of
from de06_extract.archive.workers import process
from de06_extract.heartbeat import step

COMMAND = (sys.executable, __file__)


def hang() -> None:
    time.sleep(1000)


def hang_deaf() -> None:
    """Holds the interpreter's lock for ever: no other thread runs."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def step_for_long() -> None:
    for _ in range(14):
        time.sleep(0.3)
        step()


def toil() -> None:
    """Takes some time of the processor, in silence."""
    until = time.process_time() + 0.3
    while time.process_time() < until:
        pass


def step_for_ever() -> None:
    while True:
        time.sleep(0.01)
        step()


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def leave_politely() -> None:
    sys.exit(4)


def eat() -> None:
    """Takes memory by and by, and for ever."""
    eaten = []
    while True:
        eaten.append(b"x" * 2**21)
        time.sleep(0.002)
        step()


def gulp() -> None:
    """Takes more at once than anybody could."""
    bytearray(2**42)


def reserve() -> None:
    """Takes more than it may have and does not touch it: nobody who looks from outside sees it."""
    try:
        mmap.mmap(-1, 2**31, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except OSError as error:
        raise MemoryError from error


def swell() -> None:
    """Keeps what it took."""
    _KEPT.append(os.urandom(2**20) * 180)


def shout() -> None:
    """Prints where a library would."""
    print("garbage" * 1000, flush=True)
    print("garbage" * 1000, file=sys.stderr, flush=True)
    os.write(1, b"garbage" * 1000)
    os.write(2, b"garbage" * 20_000)


def babble() -> None:
    """Breaks the protocol: writes to every pipe there is."""
    for number in range(3, 20):
        try:
            os.write(number, b"garbage" * 100)
        except OSError:
            continue


def close_all() -> None:
    """Closes the pipes and stays."""
    os.closerange(0, 100)
    time.sleep(1000)


FAULTS: dict[str, Callable[[], None]] = {
    fault.__name__: fault
    for fault in (
        hang, hang_deaf, step_for_long, toil, step_for_ever, segfault, abort, kill, leave, leave_politely, eat, gulp,
        reserve, swell, shout, babble, close_all,
    )
}  # fmt: skip
_KEPT: list[bytes] = []


def faulty(
    data: bytes, suffix: str, options: Options, whole: Callable[[bytes, str, Options], Outcome] = outcome_of
) -> Outcome:
    """The outcome after the fault that the text names; a file that it names too says that it has begun."""
    name, *marks = data.decode("utf-8", "replace").split(" ")
    if name == "fail":
        return failed("internal", "ZeroDivisionError: a defect")
    fault = FAULTS.get(name)
    if fault is not None:
        for mark in filter(os.path.isabs, marks):
            Path(mark).touch()
        try:
            fault()
        except MemoryError:
            return out_of_memory()
    return whole(data, suffix, options)


def explained(data: bytes, suffix: str, options: Options, *, asked: str, name: str) -> Outcome:
    """The outcome of an explanation after the fault."""
    return faulty(data, suffix, options, partial(explained_outcome_of, asked=asked, name=name))


if __name__ == "__main__":
    outcome.outcome_of = faulty  # the parent names what is to be made of a file
    outcome.exact_outcome_of = partial(faulty, whole=exact_outcome_of)
    explain.explained_outcome_of = explained
    learning.text_outcome_of = partial(faulty, whole=text_outcome_of)
    process._LONGEST, process._GRACE = 2.0, 1.0
    print("a library greets", flush=True)
    process.main()
