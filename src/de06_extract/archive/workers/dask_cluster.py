"""A Dask cluster: tasks go in, their results come out as they are done. Needs the extra `dask`."""

from __future__ import annotations

import logging
import os
from asyncio import run, timeout
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any, Generic, TypeVar

from de06_extract.archive.store.outcome import checker_version
from de06_extract.language.messages import said
from de06_extract.optional_libraries import load_extra
from de06_extract.pipeline.program import NAME

EXTRA = "dask"
_LOOK = 1.0  # seconds between looks at the cluster while nothing comes
_FRESH = 5.0  # seconds for which the number of threads is taken to be the same
_REACH = 30.0  # seconds to reach the scheduler

T = TypeVar("T")


class ClusterError(Exception):
    """The cluster cannot be used, or no longer; the message is one line that names it and says why."""


@dataclass(frozen=True, slots=True)
class TaskResult(Generic[T]):
    """A task that came to its end, with its result, or killed: every worker that had it died."""

    task: T
    result: Any = None
    killed: bool = False


@dataclass(frozen=True, slots=True)
class _Running(Generic[T]):
    task: T
    on: str | None
    future: Any  # the scheduler forgets a task whose future nobody holds


class Cluster(Generic[T]):
    """The cluster behind a client. It holds nothing of a task that is done."""

    def __init__(self, client: Any, name: str, say: Callable[[str], None], patience: float) -> None:
        self._client, self._name, self._say, self._patience = client, name, say, patience
        self._running: dict[Any, _Running[T]] = {}
        self._ended: SimpleQueue[Any] = SimpleQueue()
        self._number, self._seen = 0, -_FRESH
        self._workers: dict[str, int] = {}

    @property
    def threads(self) -> int:
        """The number of tasks that the cluster can do at once, 1 where it has no workers at present."""
        return max(1, sum(self.workers().values()))

    def workers(self, fresh: float = _FRESH) -> dict[str, int]:
        """The workers with their threads, as they were at most so many seconds ago."""
        if monotonic() - self._seen > fresh:
            with self._connected():
                self._workers = dict(self._client.nthreads())
            self._seen = monotonic()
        return self._workers

    def give(
        self, task: T, function: Callable[..., Any], *cells: Any, priority: int = 0, on: str | None = None
    ) -> None:
        """Calls a function in the cluster, on one worker if it is named."""
        self._number += 1
        place = {} if on is None else {"workers": [on], "allow_other_workers": False}
        with self._connected():
            future = self._client.submit(
                function,
                *cells,
                key=f"{function.__name__.strip('_')}-{self._client.id}-{self._number}",
                pure=False,
                priority=priority,
                **place,
            )
        self._running[future.key] = _Running(task, on, future)
        self._client.loop.add_callback(self._await, future)

    def take(self) -> TaskResult[T]:
        """The next task that is done, in the order in which they come. Raises a `ClusterError` if none will come."""
        while True:
            with suppress(Empty):
                done = self._done(*self._ended.get(timeout=_LOOK))
                if done is not None:
                    return done
                continue
            workers = self.wait()
            lost = next((run for run in self._running.values() if run.on is not None and run.on not in workers), None)
            if lost is not None:
                del self._running[lost.future.key]
                lost.future.cancel(force=True)
                return TaskResult(lost.task, killed=True)

    def wait(self) -> dict[str, int]:
        """The workers that are there now, once there is one. Raises a `ClusterError` if none comes in time."""
        since, is_told = monotonic(), False
        while not self.workers(0):
            if monotonic() - since > self._patience:
                raise ClusterError(f"{self._name}: " + said("errors", "no_workers", patience=f"{self._patience:.0f}"))
            if not is_told:
                self._say(f"{self._name}: " + said("errors", "no_workers_yet"))
                is_told = True
            sleep(_LOOK)
        return self._workers

    @property
    def busy(self) -> set[str]:
        """The workers that were named for what is running."""
        return {running.on for running in self._running.values() if running.on is not None}

    def __len__(self) -> int:
        """The number of tasks that were given and whose results were not taken."""
        return len(self._running)

    def drop_all(self) -> None:
        """Cancels what is running."""
        with suppress(Exception):
            self._client.cancel(list(self._running), force=True)
        self._running.clear()

    async def _await(self, future: Any) -> None:
        """Waits for a task and its result, also if it is done again because the worker that held the result died."""
        try:
            (result,) = await self._client.gather([future], asynchronous=True)
            self._ended.put((future, result, None))
        except BaseException as error:  # a task that is called off raises no ordinary exception
            self._ended.put((future, None, error))

    def _done(self, future: Any, result: Any, error: BaseException | None) -> TaskResult[T] | None:
        """The result of a task, None if it is not asked for any more."""
        running = self._running.pop(future.key, None)
        if running is None:
            return None
        if error is None:
            return TaskResult(running.task, result)
        if type(error).__name__ == "KilledWorker":
            return TaskResult(running.task, killed=True)
        why = _one_line(error) if future.status == "error" else said("errors", "lost_task")
        raise ClusterError(f"{self._name}: {why}") from error

    @contextmanager
    def _connected(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise ClusterError(f"{self._name}: " + said("errors", "lost_scheduler", reason=_one_line(error))) from error


@contextmanager
def connected(address: str, say: Callable[[str], None], patience: float) -> Iterator[tuple[Cluster[Any], Any]]:
    """The cluster at a scheduler's address, and its client; all of its workers have this version of the program.

    What runs is cancelled at the end. Raises a `ClusterError` where the scheduler cannot be reached, or no worker
    comes within so many seconds.
    """
    with _quiet():
        client = _client(address if "://" in address else f"tcp://{address}")
        cluster: Cluster[Any] = Cluster(client, address, say, patience)
        try:
            cluster.wait()
            _require_this_program(client, address)
            yield cluster, client
        finally:
            cluster.drop_all()
            with suppress(Exception):
                client.close(timeout=_LOOK)


def require_seen(client: Any, name: str, file: str) -> None:
    """Raises a `ClusterError` where a worker does not see a file that is seen here."""
    for worker, is_seen in sorted(client.run(os.path.exists, file, on_error="return").items()):
        if is_seen is not True and os.path.exists(file):
            raise ClusterError(f"{name}: " + said("errors", "worker_sees_not", worker=worker, file=file))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps Dask's client from logging: what goes wrong is said once, by a `ClusterError`."""
    load_extra("distributed", EXTRA)  # sets the levels
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _client(address: str) -> Any:
    """A client that is connected. One that is not cannot be disposed of in peace, so that a call is made before."""
    distributed = load_extra("distributed", EXTRA)
    comm = load_extra("distributed.comm", EXTRA)

    async def call() -> None:
        async with timeout(_REACH):
            security = distributed.Security()  # as the configuration of Dask says
            (await comm.connect(address, timeout=_REACH, **security.get_connection_args("client"))).abort()

    try:
        comm.get_address_host_port(address, strict=True)
    except ValueError as error:
        raise ClusterError(f"{address}: " + said("errors", "no_address", reason=_one_line(error))) from error
    try:
        with ThreadPoolExecutor(1) as thread:  # this one may have a loop of its own
            thread.submit(run, call()).result()
        return distributed.Client(address, timeout=_REACH, set_as_default=False, name=NAME)
    except Exception as error:
        is_late = isinstance(error, TimeoutError)
        why = said("errors", "no_answer", seconds=f"{_REACH:.0f}") if is_late else _one_line(error)
        raise ClusterError(f"{address}: " + said("errors", "no_scheduler", reason=why)) from error


def _require_this_program(client: Any, name: str) -> None:
    """Raises where a worker lacks this program; calls only the standard library, which such a worker has."""
    here = checker_version()
    for worker, there in sorted(client.run(version, NAME, on_error="return").items()):
        if there != here:
            wrong = "worker_lacks" if isinstance(there, Exception) else "worker_version"
            words = said("errors", wrong, worker=worker, name2=NAME, there=there, extra=EXTRA, here=here)
            raise ClusterError(f"{name}: {words}")


def _one_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
