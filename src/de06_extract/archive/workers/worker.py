"""A worker: one process that checks one file at a time, is ended when it goes too far, and then replaced.

What hangs, crashes or eats memory in a worker is the outcome of the one file that it was given.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Lock, Thread
from types import TracebackType
from typing import NamedTuple

import psutil

from de06_extract.archive.store.outcome import Options, Outcome, failed, outcome_of
from de06_extract.archive.workers.limits import Limits, mebibytes
from de06_extract.archive.workers.protocol import BrokenWireError, frames, send, unpacked
from de06_extract.archive.workers.starting import COMMAND, started
from de06_extract.language.messages import Language, said, speaking, spoken

_STARTING = Limits(timeout=60.0, stall=None, max_memory=None)
_STARTS = 3  # a worker that does not come up that often in a row never will
_PAUSE = 0.3  # seconds between them
_DYING = 1.0  # seconds in which a process whose pipe is closed has ended
_POLL = 0.1  # seconds between two looks at all workers
_GAP = 1.0  # seconds of one look at most: what is above, the machine slept, or the program was stopped
_SLEPT = 5.0  # seconds that the clock of the watch is behind after that
_FULL = 0.5  # of the memory allowed: a worker that holds so much afterwards leaves too little to the next file


class WorkerError(Exception):
    """Raised where no worker can be started; the message is one line that says why."""


class WorkerResult(NamedTuple):
    """The outcome of a file, the seconds that it took, and the bytes that the worker held afterwards if it lives."""

    outcome: Outcome
    seconds: float
    memory: int | None


class Watch:
    """Looks at workers ten times a second and ends those that go beyond their limits, in a thread of its own.

    Its clock stands still while the machine sleeps or the program is stopped, so that no file is blamed for that.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self._watched: set[_Process] = set()
        self._lock, self._closed = Lock(), Event()
        self._thread = Thread(target=self._look, name="de06-extract watch", daemon=True)
        self._runs = False  # until there is a worker: a copy of this process is best made without other threads

    def add(self, worker: _Process) -> None:
        """Watches the limits of this worker until it is removed."""
        with self._lock:
            self._watched.add(worker)
            if not self._runs:
                self._runs = True
                self._thread.start()

    def remove(self, worker: _Process) -> None:
        """Stops watching this worker."""
        with self._lock:
            self._watched.discard(worker)

    def close(self) -> None:
        """Ends the thread."""
        self._closed.set()
        with self._lock:
            self._runs = True  # it is not started any more
        if self._thread.ident is not None:
            self._thread.join()

    def _look(self) -> None:
        last = time.monotonic()
        while not self._closed.wait(_POLL):
            last, passed = (now := time.monotonic()), now - last
            self.now += min(passed, _GAP)
            with self._lock:
                watched = tuple(self._watched)
            for worker in watched:
                worker.check()


class Worker:
    """A worker that is started when it is needed and replaced when it is gone.

    `outcome` is called by one thread at a time, `close` by any. `command` starts a worker, None makes it a copy of this
    process where that can be. `make` is what makes the outcome there; it is named to the worker, not sent. `watch` may
    be shared. `tell` is told at which stage a file is, now and then.
    """

    def __init__(
        self,
        options: Options,
        limits: Limits | None = None,
        *,
        command: Sequence[str] | None = COMMAND,
        make: Callable[[bytes, str, Options], Outcome] = outcome_of,
        watch: Watch | None = None,
        tell: Callable[[str], None] = lambda stage: None,
    ) -> None:
        self.limits = limits or Limits()
        self._tell = tell
        self.process: str | None = None  # the process that had the last file
        # What is kept is said in the language of its rows.
        self._language: Language = options.lang if make is outcome_of else spoken()
        self._orders = pickle.dumps((options, self.limits, make, command is None, self._language))
        self._command = command
        self._watch, self._watches = watch or Watch(), watch is None
        self._process: _Process | None = None
        self._busy, self._closed = Lock(), Event()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def outcome(self, data: bytes, suffix: str) -> WorkerResult:
        """The result for the bytes of a file with this suffix, within the limits.

        Raises a `WorkerError` where no worker can be started, or when it is closed meanwhile.
        """
        with speaking(self._language):
            return self._outcome(data, suffix)

    def _outcome(self, data: bytes, suffix: str) -> WorkerResult:
        too_large = self.limits.too_large(len(data))
        if too_large is not None:
            return WorkerResult(too_large, 0.0, None)
        with self._busy:
            cause = ""
            for _ in range(_STARTS):
                try:
                    process = self._ready()
                    started = time.monotonic()
                    outcome, memory = process.work(data, suffix, self._tell)
                except _NotStartedError as error:
                    cause = str(error)
                    self._closed.wait(_PAUSE)
                else:
                    done = WorkerResult(outcome, time.monotonic() - started, memory)
                    if not self._closed.is_set():  # else it may have been ended in the middle
                        return done
        if self._closed.is_set():
            raise WorkerError(said("errors", "worker_closed"))
        raise WorkerError(said("errors", "no_worker", reason=cause))

    def close(self) -> None:
        """Ends the worker, in the middle of a file if need be; nothing of it is left."""
        self._closed.set()
        process = self._process
        if process is not None:
            process.kill()
        with self._busy:
            if self._process is not None:
                self._process.end()
        if self._watches:
            self._watch.close()

    def _ready(self) -> _Process:
        """The worker that is there, or a new one. Raises a `WorkerError` or a `_NotStartedError`."""
        if self._closed.is_set():
            raise WorkerError(said("errors", "worker_closed"))
        if self._process is not None and not self._process.is_fit:
            self._process.end()
            self._process = None
        if self._process is None:
            self._process = _Process(self._command, self.limits, self._watch, self._language)
            if self._closed.is_set():  # `close` may have looked before there was anything to end
                self._process.kill()
            self._process.start(self._orders)
        self.process = str(self._process.pid)
        return self._process


class _NotStartedError(Exception):
    """A worker that was gone before it began with a file."""


class _Process:
    """A worker process from its start to its end. Its clock is that of the watch, which alone ends it too early."""

    def __init__(self, command: Sequence[str] | None, limits: Limits, watch: Watch, language: Language) -> None:
        try:
            self._process = started(command)
            self._seen = psutil.Process(self._process.pid)
        except (OSError, psutil.Error) as error:
            raise _NotStartedError(f"{(command or COMMAND)[0]}: {error}") from error
        self.pid = self._process.pid
        self._in, self._out, self._errors = self._process.stdin, self._process.stdout, self._process.stderr
        self._frames = frames(self._out)
        self._limits, self._watch, self._language = limits, watch, language
        self._lock = Lock()
        self._bounds: Limits | None = None  # while it works
        self._began = self._progress = self._clock = 0.0
        self._verdict: Outcome | None = None  # why it was ended
        self._is_broken = False
        self._own = self._held = 0  # bytes that it holds without a file, and after the last one
        watch.add(self)

    @property
    def is_fit(self) -> bool:
        """False for a worker that is gone, and for one that holds so much memory that the next file would lack it."""
        most = self._limits.max_memory
        full = most is not None and self._held - self._own > most * _FULL
        return not (self._is_broken or self._verdict or full) and self._process.poll() is None

    def start(self, orders: bytes) -> None:
        """Waits until it is ready. Raises a `_NotStartedError`, a `WorkerError` where the limits leave it no room."""
        self._work_within(_STARTING)
        try:
            with suppress(OSError):  # then it is gone, and the next line says so
                send(self._in, "options", orders)
            self._own = int(next(self._frames)[1])
        except BrokenWireError:
            ended = said("errors", "too_late") if self._verdict else self._crash()
            lines = self._errors.read().decode("utf-8", "replace").strip().splitlines()
            self.end()
            raise _NotStartedError(lines[-1] if lines else ended) from None
        except BaseException:  # Ctrl-C
            self.end()
            raise
        finally:
            self._rest()
        most = self._limits.max_memory
        if most is not None and self._own > most:
            self.end()
            raise WorkerError(said("errors", "worker_holds", size=mebibytes(self._own), size2=mebibytes(most)))

    def work(self, data: bytes, suffix: str, tell: Callable[[str], None]) -> tuple[Outcome, int | None]:
        """The outcome of a file, and the bytes that the worker holds then. Raises a `_NotStartedError`."""
        began = False
        self._work_within(self._limits)
        try:
            with suppress(OSError):  # then it is gone; it may have said why
                send(self._in, "suffix", suffix.encode("utf-8", "surrogatepass"))
                send(self._in, "data", data)
            while True:
                kind, answer = next(self._frames)
                if kind == "outcome":
                    outcome, self._held = unpacked(answer)
                    return outcome, self._held
                began = True
                self._progress = self._watch.now
                if kind == "step":
                    tell(answer.decode("utf-8", "replace"))
        except BrokenWireError:
            self._rest()  # from here on its end is its own
            self._is_broken = True
            if self._verdict is not None:
                return self._verdict, None
            ended = self._crash()
            if not began or self._slept():
                raise _NotStartedError(ended) from None
            return failed("crashed", ended), None
        except BaseException:  # Ctrl-C in the middle of a frame
            self.end()
            raise
        finally:
            self._rest()

    def check(self) -> None:
        """Ends the process if it goes beyond its limits."""
        with self._lock:
            if self._bounds is not None and self._verdict is None:
                now = self._watch.now
                with speaking(self._language):  # the watch is a thread of its own
                    self._verdict = self._bounds.exceeded(now - self._began, now - self._progress, self._memory())
                if self._verdict is not None:
                    self.kill()

    def kill(self) -> None:
        """Ends the process; who waits for it sees its pipe end."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """Ends the process and gives back what it held."""
        self.kill()
        self._watch.remove(self)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING)
        for pipe in (self._in, self._out, self._errors):
            with suppress(OSError):
                pipe.close()

    def _work_within(self, bounds: Limits) -> None:
        with self._lock:
            self._bounds, self._clock = bounds, time.monotonic()
            self._began = self._progress = self._watch.now

    def _rest(self) -> None:
        with self._lock:
            self._bounds = None

    def _memory(self) -> int:
        try:
            return int(self._seen.memory_info().rss)
        except psutil.Error:
            return 0

    def _slept(self) -> bool:
        """True if the program was stopped meanwhile (Ctrl-Z): the worker may have ended itself for want of a parent."""
        return time.monotonic() - self._clock - (self._watch.now - self._began) > _SLEPT

    def _crash(self) -> str:
        """The end of the process, in words."""
        try:
            code = self._process.wait(_DYING)
        except subprocess.TimeoutExpired:
            self.kill()
            return said("errors", "broke_off")
        if code >= 0:
            return said("errors", "exit_code", code=code if code < 256 else hex(code))
        with suppress(ValueError):
            return said("errors", "killed", signal=signal.Signals(-code).name)
        return said("errors", "killed", signal=f"signal {-code}")
