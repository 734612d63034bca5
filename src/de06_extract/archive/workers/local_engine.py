"""The local engine: worker processes of this machine check the files of an archive.

For each worker two threads here take the next file, read it, and give its bytes to a free worker unless the content is
known: one file is read while another is checked. What they hold at a time is bounded for all of them together. What a
file does to its worker is the outcome of that file, and the others go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import replace
from queue import Empty, Full, LifoQueue, Queue
from threading import Event, Lock, Thread
from types import TracebackType

from de06_extract.archive.files.byte_budget import ByteBudget
from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.work import FileAtWork, Work
from de06_extract.archive.workers.worker import Watch, Worker, WorkerError
from de06_extract.cores import all_cores
from de06_extract.language.messages import said, speaking

_READERS = 2  # threads for each worker
_AHEAD = 2  # attempts for each worker that wait to be taken; then the workers wait
_LOOK = 0.2  # seconds between looks whether all was called off
_PATIENCE = 5.0  # seconds for a thread to end; one that reads from a dead network drive is left behind


def usable_cores() -> int:
    """The cores that this process may use, as far as the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class LocalEngine:
    """Worker processes of this machine that check files within limits.

    Used with `with`, it leaves no process, thread or pipe behind, whatever happens inside.
    """

    def __init__(
        self, options: Options, limits: Limits | None = None, *, jobs: int = 1, command: Sequence[str] = COMMAND
    ) -> None:
        self.options, self.jobs, self.command = options, jobs, command
        self.limits = replace(limits or Limits(), cores=max(1, all_cores() // max(jobs, 1)))
        self._runs: list[_Run] = []

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
        """The attempts at all files, in the order in which they are done; each content that is not known once.

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

    def at_work(self) -> tuple[FileAtWork, ...]:
        """The files that workers have at this moment, the one they have had longest first; asked by any thread."""
        held = (file for run in tuple(self._runs) for work in run.works if (file := work.now()) is not None)
        return tuple(sorted(held, key=lambda file: -file.seconds))

    def close(self) -> None:
        """Ends all workers, also in the middle of a file."""
        for run in tuple(self._runs):
            run.close()


class _Run:
    """One run: the files that are left, the contents that were seen, and the attempts that wait to be taken."""

    def __init__(
        self, engine: LocalEngine, entries: Iterator[ArchiveFile], known: AbstractSet[tuple[str, str]]
    ) -> None:
        self._entries, self._known, self._limits = entries, known, engine.limits
        self._seen: set[tuple[str, str]] = set()
        self._taking, self._seeing, self._stopped = Lock(), Lock(), Event()
        jobs = max(engine.jobs, 1)
        self._done: Queue[Attempt | BaseException | None] = Queue(_AHEAD * jobs)
        self._watch, self._budget = Watch(), ByteBudget()
        with speaking(engine.options.lang):
            self._containers = Containers(engine.limits)
        self.works = [Work() for _ in range(jobs)]
        self._workers = [
            Worker(engine.options, engine.limits, command=engine.command, watch=self._watch, tell=work.tell)
            for work in self.works
        ]
        # the one that was busy last is ready: no more start than are needed
        self._free: LifoQueue[tuple[Worker, Work]] = LifoQueue()
        for worker, work in zip(self._workers, self.works, strict=True):
            self._free.put((worker, work))
        self._language = engine.options.lang
        self._threads = [Thread(target=self._work, daemon=True) for _ in range(_READERS * jobs)]

    def attempts(self) -> Iterator[Attempt]:
        """The attempts of the threads, until the last of them has nothing left to do."""
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
        self._budget.close()
        for worker in self._workers:
            worker.close()
        self._containers.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(_PATIENCE)
        self._watch.close()

    def _take(self) -> Attempt | BaseException | None:
        while not self._stopped.is_set():
            with suppress(Empty):
                return self._done.get(timeout=_LOOK)  # by and by: on Windows Ctrl-C is not seen while one waits
        raise WorkerError(said("errors", "engine_closed"))

    def _put(self, done: Attempt | BaseException | None) -> None:
        while not self._stopped.is_set():
            with suppress(Full):
                self._done.put(done, timeout=_LOOK)
                return

    @contextmanager
    def _free_worker(self, path: str) -> Iterator[Worker]:
        """A worker that has nothing to do, once there is one; inside, the file at the path is what it is at."""
        while not self._stopped.is_set():
            with suppress(Empty):
                worker, work = self._free.get(timeout=_LOOK)
                break
        else:
            raise WorkerError(said("errors", "engine_closed"))
        try:
            with work.on(path):
                yield worker
        finally:
            self._free.put((worker, work))

    def _work(self) -> None:
        """Lets a worker check one file after the other; an exception here ends the run."""
        try:
            while not self._stopped.is_set():
                with self._taking:
                    entry = next(self._entries, None)
                if entry is None:
                    break
                with speaking(self._language):  # the thread's own
                    attempt = self._attempt(entry)
                self._put(attempt)
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _attempt(self, entry: ArchiveFile) -> Attempt:
        with self._budget.loan() as take:
            content, data = read_content(entry, self._limits.max_memory, take, self._containers)
            if data is None:
                return content.attempt()
            with self._seeing:
                is_new = content.key not in self._known and content.key not in self._seen
                self._seen.add(content.key)
            if not is_new:
                return content.attempt()
            with self._free_worker(entry.path) as worker:
                outcome, seconds, memory = worker.outcome(data, entry.suffix)
                return replace(content.attempt(outcome), seconds=seconds, worker=worker.process, memory=memory)
