"""The files that wait to be read, are read, or were: each by a worker, of which one page after the other is told."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Literal

from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.outcome import Options, Outcome, failed
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import Worker, WorkerError
from de06_extract.errors import UnreadableError
from de06_extract.language.messages import said, speaking, system_reason
from de06_extract.regular_files import read_whole
from de06_extract.web.desk.kept_files import KeptFile

State = Literal["waiting", "reading", "done", "failed"]
_REMEMBERED = 2_000  # readings, of which the page may still ask


@dataclass(slots=True)
class Reading:
    """One file on its way: `stage` is the worker's word for where it is («page 3 12»), `message` why it failed."""

    number: int
    file: KeptFile
    state: State = "waiting"
    stage: str = ""
    message: str = ""
    reason: str = ""

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.path.name


@dataclass(slots=True)
class _Known:
    """The readings by number, the oldest first."""

    by_number: OrderedDict[int, Reading] = field(default_factory=OrderedDict)
    last: int = 0


class Readings:
    """Reads the files that are put in, as many at a time as there are jobs, and has what comes of each kept.

    `keep` is told of each file that was read or could not be; what it raises is the failure of that file alone.
    """

    def __init__(self, options: Options, limits: Limits, keep: Callable[[Attempt], None], jobs: int = 1) -> None:
        self._options, self._keep, self._limits = options, keep, limits
        self._queue: SimpleQueue[Reading | None] = SimpleQueue()
        self._known, self._lock = _Known(), Lock()
        self._current: dict[int, Reading] = {}
        self._workers = [
            Worker(options, limits, tell=lambda stage, at=at: self._tell(at, stage))  # type: ignore[misc]
            for at in range(jobs)
        ]
        self._threads = [Thread(target=self._work, args=(at,), daemon=True) for at in range(jobs)]
        for thread in self._threads:
            thread.start()

    def put(self, file: KeptFile, *, is_read: bool = False) -> Reading:
        """The reading of a file, which begins when a worker is free; done already of one that was read before."""
        with self._lock:
            self._known.last += 1
            reading = Reading(self._known.last, file, "done" if is_read else "waiting")
            self._known.by_number[self._known.last] = reading
            while len(self._known.by_number) > _REMEMBERED:
                self._known.by_number.popitem(last=False)
        if not is_read:
            self._queue.put(reading)
        return reading

    def all(self) -> list[Reading]:
        """The readings, the latest first."""
        with self._lock:
            return list(reversed(self._known.by_number.values()))

    def close(self) -> None:
        """Ends the workers; a file that is not read yet is read at the next start."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._queue.put(None)
        for worker in self._workers if threads else ():
            worker.close()
        for thread in threads:
            thread.join(timeout=5)

    def _tell(self, at: int, stage: str) -> None:
        reading = self._current.get(at)
        if reading is not None:
            reading.stage = stage

    def _work(self, at: int) -> None:
        while (reading := self._queue.get()) is not None:
            self._current[at] = reading
            reading.state = "reading"
            try:
                with speaking(self._options.lang):
                    outcome = self._outcome(self._workers[at], reading.file)
            except WorkerError as error:  # closed meanwhile, or no process can be started
                outcome = failed("internal", str(error))
            except StoreError as error:  # it is read again at the next start
                outcome = failed("unkept", str(error))
            except Exception as error:  # a defect: the other files go on
                outcome = failed("internal", str(error) or type(error).__name__)
            reading.reason, reading.message = outcome.reason or "", outcome.message or ""
            reading.state = "done" if outcome.reason is None else "failed"

    def _outcome(self, worker: Worker, file: KeptFile) -> Outcome:
        suffix = PurePosixPath(file.path.name).suffix.lower()
        try:
            data = read_whole(file.path, self._limits.most_bytes)
        except (OSError, UnreadableError) as error:
            why = system_reason(error) if isinstance(error, OSError) else str(error)
            return failed("missing", said("errors", "unopened", reason=why))
        done = worker.outcome(data, suffix)
        attempt = Attempt(
            file.listed, suffix, file.sha256, len(data), done.outcome, done.seconds, worker.process, done.memory
        )
        self._keep(attempt)
        return done.outcome
