"""Runs of the command over an archive, and what their stores hold."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psutil

from de06_extract.archive.store.dump import dump

COMMAND = (sys.executable, "-c", "from de06_extract.commands.cli import main; main()", "check")
_UNTIL_GONE = 20.0  # seconds for workers to see that their run is dead


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
        assert process.returncode == 0, f"exit code {process.returncode}: {errors.decode(errors='replace')}"
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


def rows(store: Path, paths: Collection[str] | None = None) -> list[str]:
    """All that a store holds but for its diary, a line for each thing, in an order of their own.

    With `paths`, what there is on these files alone.
    """
    lines = list(dump(store))
    if paths is None:
        return lines
    kept, contents = list[str](), set[str | None]()
    for line in lines:  # the files come before the results
        row = json.loads(line)
        if row["table"] == "file" and row["path"] in paths:
            contents.add(row["sha256"])
        speaks = row["path"] in paths if "path" in row else row.get("sha256") in contents
        if speaks or row["table"] == "checker":
            kept.append(line)
    return kept


def differences(one: Iterable[str], other: Iterable[str]) -> Counter[str]:
    """How many things of each table only one of two stores has."""
    return Counter(json.loads(line)["table"] for line in {*one} ^ {*other})


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
