"""Runs of the command over an archive, and what their stores hold."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import psutil

COMMAND = (sys.executable, "-c", "from de06_extract.cli import main; main()", "check")
_DIARY = frozenset({"runs", "attempts"})  # what a store has of how it came to be
_VOLATILE = frozenset({"checker", "result"})  # numbers in the order in which rows were written
_UNTIL_GONE = 20.0  # seconds for workers to see that their run is dead
Row = tuple[Any, ...]


class Spent(NamedTuple):
    """What a run took: seconds by the clock, and seconds of processors, its workers' among them."""

    wall: float
    processor: float


class Work(NamedTuple):
    """What a run did to one file: the worker, its seconds and the bytes that it held afterwards."""

    worker: str
    seconds: float
    memory: int | None


@dataclass(frozen=True)
class Checking:
    """The command over a folder with so many workers, into a store; temporary files go to a folder of their own."""

    folder: Path
    store: Path
    jobs: int
    options: tuple[str, ...] = ()

    def run(self) -> Spent:
        """Runs to the end. Raises an `AssertionError` where the program says that it could not."""
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        with self._started() as process:
            _, errors = process.communicate()
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert process.returncode in (0, 1), f"exit code {process.returncode}: {errors.decode(errors='replace')}"
        return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    def killed_after(self, seconds: float) -> list[psutil.Process]:
        """Starts a run, kills its process after so many seconds; gives what of its workers does not end by itself."""
        with self._started() as process:
            try:
                process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                workers = psutil.Process(process.pid).children(recursive=True)
                process.send_signal(signal.SIGKILL)
            else:
                return []
            # Nobody waits for the pipes: an orphan would hold them open.
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()
        _, left = psutil.wait_procs(workers, timeout=_UNTIL_GONE)
        for orphan in left:
            with suppress(psutil.Error):
                orphan.kill()
        return left

    @property
    def temporary(self) -> Path:
        """The folder for temporary files, beside the store."""
        return self.store.with_suffix(".tmp")

    def left_behind(self) -> list[str]:
        """The temporary files that are still there."""
        return sorted(path.name for path in self.temporary.iterdir())

    def _started(self) -> subprocess.Popen[bytes]:
        self.temporary.mkdir(exist_ok=True)
        arguments = (str(self.folder), "--store", str(self.store), "--jobs", str(self.jobs), "--quiet", *self.options)
        return subprocess.Popen(
            (*COMMAND, *arguments),
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def work_done(store: Path, run: int = 1) -> list[Work]:
    """What a run did to each file that it gave to a worker, in the order of time."""
    query = "SELECT worker, seconds, memory FROM attempts WHERE worker IS NOT NULL AND run = ? ORDER BY ended, path"
    with closing(sqlite3.connect(store)) as connection:
        return [Work(*row) for row in connection.execute(query, (run,))]


def reasons(store: Path) -> dict[str, str | None]:
    """Why each path of a store has no report; None where it has one."""
    with closing(sqlite3.connect(store)) as connection:
        return dict(connection.execute("SELECT path, reason FROM outcomes"))


def rows(store: Path, paths: Sequence[str] | None = None) -> dict[str, list[Row]]:
    """All rows of a store but for its diary, whatever the order in which they were written; numbers that depend on that
    are replaced by what they stand for. With `paths`, what there is on these files alone.
    """
    wanted = None if paths is None else frozenset(paths)
    with closing(sqlite3.connect(store)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        results = {row[0]: row[1:] for row in connection.execute("SELECT result, sha256, suffix FROM results")}
        files = connection.execute("SELECT path, sha256, suffix FROM files")
        contents = {(sha256, suffix) for path, sha256, suffix in files if wanted is None or path in wanted}
        tables = dict[str, list[Row]]()
        for name in sorted(names - _DIARY):
            cursor = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column for column, *_ in cursor.description]
            kept = list[Row]()
            for row in cursor:
                cells = dict(zip(columns, row, strict=True))
                content = results.get(cells.get("result"))
                speaks = cells["path"] in wanted if wanted is not None and "path" in cells else True
                if speaks and (content is None or content in contents):
                    kept.append((content, *(cells[column] for column in columns if column not in _VOLATILE)))
            tables[name] = sorted(kept, key=repr)
    return tables


def differences(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> dict[str, int]:
    """How many rows of each table only one of two stores has."""
    found = {name: len({*map(repr, one.get(name, ()))} ^ {*map(repr, other.get(name, ()))}) for name in one | other}
    return {name: count for name, count in found.items() if count}


def by_worker(done: Sequence[Work]) -> dict[str, list[Work]]:
    """The work of each worker, in the order of time."""
    workers = defaultdict[str, list[Work]](list)
    for work in done:
        workers[work.worker].append(work)
    return workers


def random_moments(count: int, seconds: float, seed: int) -> list[float]:
    """So many moments of a run of so many seconds."""
    chance = random.Random(seed)
    return [chance.uniform(0.0, seconds) for _ in range(count)]


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for archives and stores."""
    return tempfile.TemporaryDirectory(prefix="de06-archive-")
