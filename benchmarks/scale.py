"""What a file costs: the work on it, its place in the store, and what the engines spend on it besides.

    python benchmarks/scale.py [--texts 1000] [--only formats|store|listing|engines]

Seconds are those of processors, of all processes that take part, so that other work on the machine counts for little.

    formats   the reports of corpus/, by format: reading and checking, its report in the store, the peak of a worker
    store     results of whole reports, each saved in a transaction of its own: the file, and the rate on this disk
    listing   what the run itself holds for each file of the archive: its entry, its content in the set of the known
    engines   what is spent above checking the same texts one after the other in one process, on very short texts;
              then what a text costs that is known already
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import psutil
from distributed import Client, LocalCluster

from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Options, Outcome, outcome_of, unpacked
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.archive.workers.dask_engine import DaskEngine
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.archive.workers.worker import Worker

CORPUS = Path(__file__).parent.parent / "corpus"
OPTIONS = Options()
FORMATS = (
    ("txt", "*.txt", "fallback/001.docx"),
    ("docx", "docx/*.docx", "fallback/001.docx"),
    ("pdf", "pdf/*.pdf", "fallback/001.pdf"),
    ("scan", "scan/*.pdf", "fallback/001.pdf"),
)
FEW = 4  # texts of the run that shows what a start costs
LISTED = 100_000
SAVED = 1000  # results of the store


def formats() -> None:
    """The corpus, a line a format, each by a worker of its own that has read another file before."""
    heads = ("files", "pages", "KB", "s/file", "s/page", "KB of JSON", "peak MB")
    print("format   {:>5} {:>5} {:>6} {:>7} {:>7} {:>12} {:>8}".format(*heads))
    for name, pattern, first in FORMATS:
        paths = sorted(CORPUS.glob(pattern))
        with Worker(OPTIONS) as checker:
            checker.outcome((CORPUS / first).read_bytes(), Path(first).suffix)
            worker = psutil.Process(int(checker.process or 0))
            before = sum(worker.cpu_times()[:4])
            outcomes = [checker.outcome(path.read_bytes(), path.suffix).outcome for path in paths]
            seconds = sum(worker.cpu_times()[:4]) - before
            peak = _peak(worker)
        pages = sum(map(_pages, outcomes))
        read, held = (sum(sizes) / len(paths) / 1e3 for sizes in (map(_size, paths), map(_packed, outcomes)))
        a_page = f"{seconds / pages:7.3f}" if pages else f"{'':7}"
        print(
            f"{name:8} {len(paths):5} {pages or '':>5} {read:6.0f} {seconds / len(paths):7.2f} {a_page}"
            f" {held:12.0f} {peak / 1e6:8.0f}"
        )


def store(folder: Path) -> None:
    """Results of the corpus, as of so many contents, in a store."""
    outcomes = [outcome_of(path.read_bytes(), path.suffix, OPTIONS) for path in sorted(CORPUS.glob("pdf/*.pdf"))]
    file = folder / "store.sqlite"
    with open_store(file, OPTIONS) as opened:
        run = opened.begin_run([])
        began, used = perf_counter(), process_time()
        for number in range(SAVED):
            path = f"/archive/{number:06}.pdf"
            opened.save(run, Attempt(path, ".pdf", f"{number:064x}", 1, outcomes[number % len(outcomes)], 1.0))
        took, used = perf_counter() - began, process_time() - used
    print(f"{SAVED} results of {len(outcomes)} reports: {file.stat().st_size / SAVED / 1e3:.0f} KB a file,", end=" ")
    print(f"{SAVED / took:.0f} files a second, {1e3 * used / SAVED:.1f} ms of processor each")


def listing() -> None:
    """Entries and contents as a run holds them."""
    tracemalloc.start()
    entries = [ArchiveFile(f"s3://bucket/2025/tinh-{number % 63}/bao-cao-{number:07}.pdf") for number in range(LISTED)]
    held, _ = tracemalloc.get_traced_memory()
    known = {(f"{number:064x}", ".pdf") for number in range(LISTED)}
    both, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f"{len(entries)} entries: {held / LISTED:.0f} bytes each; {len(known)} contents: {(both - held) / LISTED:.0f}"
    )


def engines(folder: Path, count: int) -> None:
    """Very short texts, each another one."""
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"Đạt {number}/{count} xã\n", "utf-8")
    entries = [ArchiveFile(f"{folder.as_posix()}/{number}.txt") for number in range(count)]
    data = [entry.read() for entry in entries]
    outcome_of(data[0], ".txt", OPTIONS)
    began = process_time()
    for text in data:
        outcome_of(text, ".txt", OPTIONS)
    alone = (process_time() - began) / count
    print(f"{count} texts in one process: {1e3 * alone:.2f} ms each; above that, and where they are known already:")
    start: Any = LocalCluster
    connect: Any = Client
    with (
        start(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=60) as cluster,
        connect(cluster) as client,
    ):
        workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
        _tell("local, 2 workers", lambda: LocalEngine(OPTIONS, Limits(), jobs=2), [], entries, alone)
        _tell("Dask, 2 workers", lambda: DaskEngine(cluster.scheduler_address, OPTIONS), workers, entries, alone)
        held = ", ".join(f"{worker.memory_info().rss / 1e6:.0f} MB" for worker in workers)
        print(f"the workers of Dask, without their processes: {held}")


def _tell(
    name: str,
    engine: Callable[[], AbstractContextManager[Any]],
    workers: list[psutil.Process],
    entries: list[ArchiveFile],
    alone: float,
) -> None:
    known: set[tuple[str, str]] = set()

    def spent(some: list[ArchiveFile]) -> tuple[float, float]:
        """Seconds of all processes, and of this one."""
        before, own = _used(workers), process_time()
        with engine() as works:
            known.update((attempt.sha256, attempt.suffix) for attempt in works.attempts(some, frozenset(known)))
        return _used(workers) - before, process_time() - own

    start, own_start = spent(entries[:FEW])
    known.clear()
    whole, own = spent(entries)
    again, _ = spent(entries)
    few = len(entries) - FEW
    print(
        f"{name:18} start {start:5.2f} s, a text {1e3 * ((whole - start) / few - alone):5.2f} ms,"
        f" of them in this process {1e3 * (own - own_start) / few:5.2f} ms; known {1e3 * again / len(entries):5.2f} ms"
    )


def _used(workers: list[psutil.Process]) -> float:
    """Seconds of processors that this process, the workers and all that they ended have used."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime + sum(sum(w.cpu_times()[:4]) for w in workers)


def _peak(process: psutil.Process) -> int:
    """The most memory that a process has held, in bytes."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM"))


def _pages(outcome: Outcome) -> int:
    return (unpacked(outcome.report)["source"]["pages"] or 0) if outcome.report else 0


def _packed(outcome: Outcome) -> int:
    return len(outcome.report or b"")


def _size(path: Path) -> int:
    return path.stat().st_size


@contextmanager
def _scratch() -> Iterator[Path]:
    with TemporaryDirectory(prefix="de06-scale-") as folder:
        yield Path(folder)


def main(arguments: list[str]) -> None:
    """Prints what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--only", choices=("formats", "store", "listing", "engines"), action="append")
    asked = parser.parse_args(arguments)
    wanted = asked.only or ("formats", "store", "listing", "engines")
    if "formats" in wanted:
        formats()
    if "store" in wanted:
        with _scratch() as folder:
            store(folder)
    if "listing" in wanted:
        listing()
    if "engines" in wanted:
        with _scratch() as folder:
            engines(folder, asked.texts)


if __name__ == "__main__":
    main(sys.argv[1:])
