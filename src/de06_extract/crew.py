"""A crew: the local engine, which has the files of an archive checked by worker processes of this machine.

Each worker has a thread here that takes the next file, reads it, and gives its bytes to the worker unless the content
is known. What a file does to its worker is the outcome of that file, and the others go on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from types import TracebackType

from de06_extract.entries import Entry
from de06_extract.errors import UnreadableError
from de06_extract.hand import COMMAND, Hand, Watch, WorkerError
from de06_extract.limits import Limits
from de06_extract.outcomes import Options, Outcome, failed
from de06_extract.store import Attempt

_AHEAD = 2  # attempts for each worker that wait to be taken; then the workers wait
_LOOK = 0.2  # seconds between looks whether all was called off
_PATIENCE = 5.0  # seconds for a thread to end; one that reads from a dead network drive is left behind


class Crew:
    """Worker processes of this machine that check files within limits.

    Used with `with`, it leaves no process, thread or pipe behind, whatever happens inside.
    """

    def __init__(
        self, options: Options, limits: Limits | None = None, *, jobs: int = 1, command: Sequence[str] = COMMAND
    ) -> None:
        self.options, self.limits, self.jobs, self.command = options, limits or Limits(), jobs, command
        self._runs: list[_Run] = []

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def attempts(self, entries: Iterable[Entry], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
        """What came out of each file, in the order in which they are done; each content that is not known once.

        Files are taken from `entries` as workers need them, by one thread at a time. Raises a `WorkerError` where no
        worker can be started, and what `entries` raises.
        """
        run = _Run(self, iter(entries), known)
        self._runs.append(run)
        try:
            yield from run.attempts()
        finally:
            run.close()
            self._runs.remove(run)

    def close(self) -> None:
        """Ends all workers, also in the middle of a file."""
        for run in tuple(self._runs):
            run.close()


class _Run:
    """One run: the files that are left, the contents that were seen, and the attempts that wait to be taken."""

    def __init__(self, crew: Crew, entries: Iterator[Entry], known: AbstractSet[tuple[str, str]]) -> None:
        self._entries, self._known, self._limits = entries, known, crew.limits
        self._seen: set[tuple[str, str]] = set()
        self._lock, self._stopped = Lock(), Event()
        self._done: Queue[Attempt | BaseException | None] = Queue(_AHEAD * max(crew.jobs, 1))
        self._watch = Watch()
        self._hands = [
            Hand(crew.options, crew.limits, command=crew.command, watch=self._watch) for _ in range(max(crew.jobs, 1))
        ]
        self._threads = [Thread(target=self._work, args=(hand,), daemon=True) for hand in self._hands]

    def attempts(self) -> Iterator[Attempt]:
        """What the threads put there, until the last of them has nothing left to do."""
        for thread in self._threads:
            thread.start()
        working = len(self._threads)
        while working:
            done = self._take()
            if isinstance(done, BaseException):
                raise done
            if done is None:
                working -= 1
            else:
                yield done

    def close(self) -> None:
        """Ends the workers and the threads."""
        self._stopped.set()
        for hand in self._hands:
            hand.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(_PATIENCE)
        self._watch.close()

    def _take(self) -> Attempt | BaseException | None:
        while True:
            with suppress(Empty):
                return self._done.get(timeout=_LOOK)  # by and by: on Windows Ctrl-C is not seen while one waits
            if self._stopped.is_set():
                return WorkerError("the crew was closed")

    def _put(self, done: Attempt | BaseException | None) -> None:
        while not self._stopped.is_set():
            with suppress(Full):
                self._done.put(done, timeout=_LOOK)
                return

    def _work(self, hand: Hand) -> None:
        """Has one file after the other checked by one worker; what goes wrong here ends the run."""
        try:
            while not self._stopped.is_set():
                with self._lock:
                    entry = next(self._entries, None)
                if entry is None:
                    break
                self._put(self._attempt(entry, hand))
            self._put(None)
        except BaseException as error:
            self._put(error)
        finally:
            hand.close()

    def _attempt(self, entry: Entry, hand: Hand) -> Attempt:
        data = self._read(entry)
        if isinstance(data, Outcome):
            return Attempt(entry.path, entry.suffix, None, None, data)
        content = (hashlib.sha256(data).hexdigest(), entry.suffix)
        with self._lock:
            is_new = content not in self._known and content not in self._seen
            self._seen.add(content)
        attempt = Attempt(entry.path, entry.suffix, content[0], len(data), None)
        if not is_new:
            return attempt
        outcome, seconds, memory = hand.outcome(data, entry.suffix)
        return replace(attempt, outcome=outcome, seconds=seconds, worker=hand.worker, memory=memory)

    def _read(self, entry: Entry) -> bytes | Outcome:
        """The bytes of a file that fits into the memory, or why there are none."""
        most = self._limits.max_memory
        try:
            return entry.read() if most is None else entry.read(most)
        except UnreadableError as error:
            return failed(error.reason, str(error))
        except MemoryError:
            return failed("memory", "not enough memory")
        except Exception as error:  # a drive, an archive or a server may fail in ways of its own
            return failed("missing", f"cannot be read ({type(error).__name__}: {error})")
