"""What the workers of a Dask cluster do: read files and say what they hold, and check one. Needs the extra `dask`."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.metadata import version
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, cast

import distributed
from tornado.ioloop import PeriodicCallback

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.contents import Content, read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Options, failed
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.dask_cluster import ClusterError
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.worker import Watch, Worker, WorkerError
from de06_extract.language.messages import said, speaking
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.pipeline.program import NAME

_READERS = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "lxml", "regex")  # what a report is read with


_IDLE = 300.0  # seconds after which a worker process without a file is ended: its run may have been killed


def fingerprints(entries: tuple[ArchiveFile, ...], service: str) -> tuple[Content, ...]:
    """The contents of files, read by this worker."""
    own = _service(service)
    return tuple(_read(entry, own)[0] for entry in entries)


def check(entry: ArchiveFile, service: str) -> Attempt:
    """The attempt at a file, read by this worker and checked by a process of its own."""
    own = _service(service)
    content, data = _read(entry, own)
    return content.attempt() if data is None else own.checked(content, data)


@contextmanager
def serving(client: Any, options: Options, limits: Limits, command: Sequence[str] | None) -> Iterator[str]:
    """The name under which the cluster's workers, those of today and those that come, check with these options."""
    name = f"{NAME}-{client.id}"
    try:
        client.register_plugin(_Service(options, limits, command), name=name)
        yield name
    finally:
        with suppress(Exception):  # a cluster that is gone has no workers either
            client.unregister_worker_plugin(name)


def _installed() -> dict[str, str]:
    """The versions of all that may make a difference to what is read."""
    return {"Python": platform.python_version().rpartition(".")[0], **{name: version(name) for name in _READERS}}


class _Service(distributed.WorkerPlugin):
    """The processes that a worker keeps for the tasks of a run, as many as it has threads."""

    def __init__(self, options: Options, limits: Limits, command: Sequence[str] | None) -> None:
        self.options, self.limits, self.command, self.expected = options, limits, command, _installed()

    def setup(self, worker: distributed.Worker) -> None:
        self.address = worker.address
        self.wrong = self._wrong()
        self._lock, self._watch = Lock(), Watch()
        with speaking(self.options.lang):
            self.containers = Containers(self.limits)
        self._workers: list[Worker] = []
        self._idle: list[Worker] = []
        self._used = monotonic()
        self._ends = PeriodicCallback(self._end_idle, _IDLE * 1000)
        if self.wrong:
            raise ClusterError(self.wrong)
        self._ends.start()

    def teardown(self, worker: distributed.Worker) -> None:
        self._ends.stop()
        for process in self._workers:
            process.close()
        self.containers.close()
        self._watch.close()

    def checked(self, content: Content, data: bytes) -> Attempt:
        """The file's attempt, with what came out of its bytes."""
        worker = self._worker()
        try:
            outcome, seconds, memory = worker.outcome(data, content.entry.suffix)
        except WorkerError as error:
            with speaking(self.options.lang):
                raise ClusterError(said("errors", "worker_fails", address=self.address, reason=error)) from error
        finally:
            self._idle.append(worker)
            self._used = monotonic()
        name = worker.process and f"{self.address} {worker.process}"
        return replace(content.attempt(outcome), seconds=seconds, worker=name, memory=memory)

    def _worker(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            worker = Worker(self.options, self.limits, command=self.command or COMMAND, watch=self._watch)
            self._workers.append(worker)
            return worker

    def _end_idle(self) -> None:
        if monotonic() - self._used > _IDLE:
            with self._lock:
                idle, self._idle = self._idle, []
                self._workers = [worker for worker in self._workers if worker not in idle]
            for worker in idle:
                worker.close()

    def _wrong(self) -> str | None:
        here = _installed()
        for name, expected in self.expected.items():
            if here[name] != expected:
                with speaking(self.options.lang):
                    return said(
                        "errors", "worker_differs", worker=self.address, name2=name, there=here[name], expected=expected
                    )
        return None


def _service(name: str) -> _Service:
    service = cast(_Service, distributed.get_worker().plugins[name])
    if service.wrong:
        raise ClusterError(service.wrong)
    return service


def _read(entry: ArchiveFile, service: _Service) -> tuple[Content, bytes | None]:
    """The content of a file, and its bytes; a drive that hangs costs a thread, which is left behind, not the run."""
    read: SimpleQueue[tuple[Content, bytes | None] | MissingExtraError | WorkerError] = SimpleQueue()

    def put() -> None:
        try:
            with speaking(service.options.lang):
                read.put(read_content(entry, service.limits.max_memory, containers=service.containers))
        except (MissingExtraError, WorkerError) as error:
            read.put(error)

    Thread(target=put, daemon=True).start()
    try:
        content = read.get(timeout=service.limits.timeout)
    except Empty:
        with speaking(service.options.lang):
            words = said("errors", "slow_to_read", timeout=f"{service.limits.timeout:g}")
        return Content(entry, outcome=failed("timeout", words)), None
    if isinstance(content, MissingExtraError | WorkerError):
        with speaking(service.options.lang):
            raise ClusterError(said("errors", "worker_says", address=service.address, content=content)) from content
    return content
