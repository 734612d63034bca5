"""The engine beyond one machine: a Dask cluster reads and checks the files. Needs the extra `dask`.

The files are read twice. First the workers say which content each has, many files a task; then each content that has
no result yet is checked once. A task whose workers die is tried once more with a worker to itself; if that dies too,
its file is the one that fails.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from types import TracebackType
from typing import Any

from de06_extract.archive.files.contents import Content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.remote import is_url
from de06_extract.archive.store.outcome import Options, Outcome, failed
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.dask_cluster import EXTRA, Cluster, TaskResult, connected, require_seen
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.work import FileAtWork
from de06_extract.language.messages import said, speaking
from de06_extract.optional_libraries import load_extra

_BATCH = 16  # files a task of the first reading
_AHEAD = 2  # tasks in the cluster for each of its threads: the next one is there when one is done
_FIRST = 10  # the first reading goes before: what it finds is the work of the others


_Task = tuple[ArchiveFile, ...] | Content  # files to be read first, or a content to be checked


class DaskEngine:
    """Checks files in the Dask cluster at a scheduler's address; `say` is told what a person should know meanwhile.

    Used with `with`, it leaves nothing in the cluster. One that cannot be reached, or has no worker for `patience`
    seconds, is a `ClusterError`.
    """

    def __init__(
        self,
        address: str,
        options: Options,
        limits: Limits | None = None,
        *,
        command: Sequence[str] | None = None,
        say: Callable[[str], None] = lambda message: None,
        patience: float = 120.0,
    ) -> None:
        self.address, self.options, self.limits, self.command = address, options, limits or Limits(), command
        self.say, self.patience = say, patience
        self._runs: list[Generator[Attempt, None, None]] = []

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
        """The attempts at all files, in the order in which they are done; each content that is not known once."""
        run = self._attempts(entries, known)
        self._runs.append(run)
        return run

    def at_work(self) -> tuple[FileAtWork, ...]:
        """None: a scheduler gives tasks to workers when it likes, and does not say when."""
        return ()

    def close(self) -> None:
        """Cancels what runs; nothing of it is left in the cluster."""
        while self._runs:
            self._runs.pop().close()

    def _attempts(
        self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]
    ) -> Generator[Attempt, None, None]:
        load_extra("distributed", EXTRA)
        from de06_extract.archive.workers.dask_tasks import serving

        with (
            connected(self.address, self.say, self.patience) as (cluster, client),
            serving(client, self.options, self.limits, self.command) as service,
        ):
            with speaking(self.options.lang):
                killed = failed("crashed", said("errors", "cluster_worker_died"))
            yield from _Run(cluster, service, known, killed).attempts(self._seen(entries, client))

    def _seen(self, entries: Iterable[ArchiveFile], client: Any) -> Iterator[ArchiveFile]:
        """The entries, the first of this machine's files being one that every worker sees."""
        is_known = False
        for entry in entries:
            if not is_known and not is_url(entry.path):
                is_known = True
                require_seen(client, self.address, entry.path.partition("!/")[0] if entry.file is None else entry.file)
            yield entry


class _Run:
    """One run: what waits, what is in the cluster, and what was done."""

    def __init__(
        self, cluster: Cluster[_Task], service: str, known: AbstractSet[tuple[str, str]], killed: Outcome
    ) -> None:
        self._cluster, self._service, self._known = cluster, service, known
        self._killed_outcome = killed  # that of a file which ends every worker
        self._done: set[tuple[str, str]] = set()
        self._same: dict[tuple[str, str], list[Content]] = {}  # in work, with the other files of that content
        self._waiting: deque[Content] = deque()
        self._reading = 0  # tasks in the cluster that read first
        self._killed: deque[_Task] = deque()

    def attempts(self, entries: Iterator[ArchiveFile]) -> Iterator[Attempt]:
        while True:
            self._fill(entries)
            while len(self._cluster):
                yield from self._settled(self._cluster.take())
                self._fill(entries)
            if not self._killed:
                return
            yield from self._tried_alone()

    def _fill(self, entries: Iterator[ArchiveFile]) -> None:
        """Gives the cluster as much as keeps it busy, and no more, whatever the number of files."""
        threads = self._cluster.threads
        while self._waiting and len(self._cluster) - self._reading < _AHEAD * threads:
            self._give(self._waiting.popleft())
        while self._reading < threads and len(self._waiting) + self._reading * _BATCH < _AHEAD * threads + _BATCH:
            batch = tuple(islice(entries, _BATCH))
            if not batch:
                return
            self._give(batch)

    def _give(self, task: _Task, on: str | None = None) -> None:
        from de06_extract.archive.workers.dask_tasks import check, fingerprints

        if isinstance(task, Content):
            self._cluster.give(task, check, task.entry, self._service, on=on)
        else:
            self._reading += 1
            self._cluster.give(task, fingerprints, task, self._service, priority=_FIRST, on=on)

    def _settled(self, done: TaskResult[_Task], *, alone: bool = False) -> Iterator[Attempt]:
        """The attempts that can be told now that a task is done."""
        task = done.task
        if not isinstance(task, Content):
            self._reading -= 1
        if done.killed and not alone:
            self._killed.extend([task] if isinstance(task, Content) else [(entry,) for entry in task])
        elif isinstance(task, Content):
            yield from self._checked(task, task.attempt(self._killed_outcome) if done.killed else done.result)
        elif done.killed:
            yield from (Content(entry).attempt(self._killed_outcome) for entry in task)
        else:
            for content in done.result:
                yield from self._read(content)

    def _read(self, content: Content) -> Iterator[Attempt]:
        """Knows a content by its hash: it waits for work, for another file that has it, or is known."""
        if content.outcome is not None or content.key in self._known or content.key in self._done:
            yield content.attempt()
        elif content.key in self._same:
            self._same[content.key].append(content)
        else:
            self._same[content.key] = []
            self._waiting.append(content)

    def _checked(self, content: Content, attempt: Attempt) -> Iterator[Attempt]:
        """The file's attempt, then those of the files with its content; if it changed meanwhile they are still open."""
        yield attempt
        same = self._same.pop(content.key)
        if attempt.sha256 is not None:
            self._done.add((attempt.sha256, attempt.suffix))
        for other in same:
            yield from self._read(other)

    def _tried_alone(self) -> Iterator[Attempt]:
        """Tries again what was there when workers died, each task with a worker to itself."""
        tasks, self._killed = self._killed, deque()
        while tasks or len(self._cluster):
            busy = self._cluster.busy
            for worker in [worker for worker in self._cluster.wait() if worker not in busy][: len(tasks)]:
                self._give(tasks.popleft(), on=worker)
            yield from self._settled(self._cluster.take(), alone=True)
