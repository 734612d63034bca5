"""A worker: a process that makes the outcomes of the files that its parent sends, one after the other.

It is started as «python -m de06_extract.archive.workers.process», or as a copy of its parent, and talks over standard
input and output. It ends when its parent does, however that ended, and whatever it is doing at that moment.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, NoReturn

import psutil

from de06_extract.archive.store.outcome import Options, Outcome, failed, out_of_memory
from de06_extract.archive.workers.limits import LONGEST_TIME, Limits, mebibytes
from de06_extract.archive.workers.protocol import GREETING, LONGEST, BrokenWireError, packed, receive, send
from de06_extract.cores import using
from de06_extract.heartbeat import telling
from de06_extract.language.messages import said, speaking
from de06_extract.language.vocabulary import load

_YOUNG = 20_000  # values made before the collector looks for cycles: few of a document's are in one
_PACE = 0.2  # seconds between two signs of life
_LONGEST = LONGEST_TIME
_GRACE = 30.0  # seconds that the parent may be late before the worker ends itself
_ROOM = 2**29  # bytes above its limit at which allocation fails: the parent, if it sees it, ends the worker before


def main() -> None:
    """Serves until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal: the parent decides
    source, target = _pipes()
    try:
        options, limits, whole, is_copy, language = pickle.loads(receive(source)[1])
    except BrokenWireError:
        return
    _limit(limits)
    with speaking(language):
        _work(source, target, options, limits, whole, is_copy=is_copy)


def _work(
    source: BinaryIO,
    target: BinaryIO,
    options: Options,
    limits: Limits,
    whole: Callable[[bytes, str, Options], Outcome],
    *,
    is_copy: bool,
) -> NoReturn:
    """Makes the outcomes of the files that come, until the process ends."""
    if not is_copy:  # many files follow, and what has to be loaded is not held against the first one
        gc.disable()
        whole(load("first_file")["text"].encode(), ".txt", options)
        gc.freeze()  # nor is the cyclic collector to walk it for every file: it stays as long as the worker
        gc.enable()
        gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])

    def make(data: bytes, suffix: str) -> Outcome:
        return whole(data, suffix, options)

    target.write(GREETING)
    send(target, "ready", str(_memory()).encode())
    files: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    Thread(target=copy_context().run, args=(_listen, source, target, limits, files), daemon=True).start()
    while True:
        _serve(target, files.get(), make, limits)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the parent, moved away from where libraries read and print."""
    source, target = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return os.fdopen(source, "rb"), os.fdopen(target, "wb")


def _limit(limits: Limits) -> None:
    """Limits memory, since the parent looks only now and then, and keeps a crash from leaving a core file."""
    with suppress(OSError):  # where the system runs out of memory it is to end a worker, not the parent
        Path("/proc/self/oom_score_adj").write_text("500")
    try:
        import resource
    except ImportError:  # not on Windows: there the parent alone watches
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if limits.max_memory is not None and (hard < 0 or hard > limits.max_memory + _ROOM):
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (limits.max_memory + _ROOM, hard))


def _memory() -> int:
    return int(psutil.Process().memory_info().rss)


def _listen(source: BinaryIO, target: BinaryIO, limits: Limits, files: SimpleQueue[tuple[str, bytes]]) -> None:
    """Hands on the files that the parent sends one at a time, and ends the process when the parent is gone."""
    try:
        while True:
            suffix = receive(source)[1].decode("utf-8", "surrogatepass")
            send(target, "begun")
            files.put((suffix, receive(source)[1]))
    except MemoryError:
        _tell(target, limits.out_of_memory())
    finally:
        os._exit(0)


def _serve(target: BinaryIO, file: tuple[str, bytes], make: Callable[[bytes, str], Outcome], limits: Limits) -> None:
    suffix, data = file
    with _alarm(limits) as set_alarm:
        started = told = time.monotonic()
        at = ""

        def tell(stage: str) -> None:
            nonlocal told, at
            now, at = time.monotonic(), stage or at
            if now - told >= _PACE:
                told = now
                set_alarm(now - started)
                send(target, "step", at.encode())

        with telling(tell), using(limits.cores):
            outcome = make(data, suffix)
    _tell(target, limits.out_of_memory() if outcome == out_of_memory() else outcome)


def _tell(target: BinaryIO, outcome: Outcome) -> None:
    answer = packed(outcome, _memory())
    if len(answer) > LONGEST:
        answer = packed(failed("memory", said("errors", "report_above", size=mebibytes(LONGEST))), _memory())
    send(target, "outcome", answer)


@contextmanager
def _alarm(limits: Limits) -> Iterator[Callable[[float], None]]:
    """Ends the process some time after its parent should have done so, even if no line of Python runs any more."""

    def set_alarm(passed: float) -> None:
        left = (_LONGEST if limits.timeout is None else limits.timeout) - passed
        patience = max(left if limits.stall is None else min(left, limits.stall), 0.0)
        faulthandler.dump_traceback_later(patience + _GRACE, exit=True, file=2)

    set_alarm(0.0)
    try:
        yield set_alarm
    finally:
        faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main()
