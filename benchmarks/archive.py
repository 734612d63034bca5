"""A run over an archive of thousands of files: what it costs, what stops it, what it leaves behind.

    python benchmarks/archive.py [--full] [--files N] [--damaged N] [--jobs 2]
                                 [--only speed|memory|cost|again|kill|damage] …
    python benchmarks/archive.py --make FOLDER [--files N] [--damaged 0]

The archive is made up out of the corpus: reports with other places, years and figures (60% PDF, 30% Word, 10% text),
some inside ZIP files, a few twice. The command `check` runs over it, and what its store says is compared:

    speed    files a second with two workers against one, by turns, the median of the ratios
    memory   what each worker holds after a file: the mean of its last files against that of some after its first ones
    cost     the share of the workers' time in which they do not work on a file: 1 − Σ seconds of work / (jobs × time)
             The time is that of the whole command; then without what a run over a few words takes, so without the start
             of the program and of its workers. Work is the time from giving a worker a file until its answer is there.
             Also, in processor time, what is spent above that of checking the same files one after the other
    again    a second run over the unchanged archive against the first, in time
    kill     kill -9 at random moments of a run, which is then continued: every store equals that of a run that nobody
             disturbed, row for row without the diary; no process and no temporary file stays
    damage   damaged files among the sound ones: each file is a row, each damaged one has a reason that its kind allows,
             and the rows of the sound ones are those of a run without the damaged

A line is judged where the archive is large enough for it, that is with `--full`; else it is only told.
Without `--full`, 300 files; with it, 2,000 and ten damaged files of each kind. `--make` only writes the archive.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from statistics import fmean, median
from time import perf_counter, process_time

from archiving.damage import KINDS, write_damaged
from archiving.folders import SEED, reports, write_archive
from archiving.runs import (
    Checking,
    Spent,
    by_worker,
    differences,
    random_moments,
    reasons,
    rows,
    scratch,
    work_done,
)
from de06_extract.archive.across.find import find_across
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import open_store

KILLS = 10


@dataclass(frozen=True)
class Size:
    """How much is done."""

    files: int
    damaged: int  # files of each kind
    timed: int  # files for runs against the clock
    killed: int  # files for runs that are killed
    rounds: int
    first: int  # files of a worker until its memory counts
    window: int  # files over which its memory is averaged


SMALL = Size(files=300, damaged=1, timed=150, killed=60, rounds=1, first=30, window=30)
FULL = Size(files=2000, damaged=10, timed=400, killed=300, rounds=3, first=200, window=200)


@dataclass(frozen=True)
class Line:
    """A line of the table; `held` is None for what is told and not judged."""

    what: str
    wanted: str
    measured: str
    held: bool | None = None


class Bench:
    """An archive and the runs over it that several measurements share."""

    def __init__(self, folder: Path, size: Size, jobs: int, is_full: bool) -> None:
        self.folder, self.size, self.jobs, self.is_full = folder, size, jobs, is_full

    @cached_property
    def archive(self) -> tuple[Path, list[str]]:
        """The sound files, and the paths that they are listed under."""
        folder = self.folder / "archive"
        return folder, write_archive(folder, self.size.files - self.size.damaged * len(KINDS))

    @cached_property
    def timed(self) -> tuple[Path, list[str]]:
        """A smaller archive for runs against the clock."""
        folder = self.folder / "timed"
        return folder, write_archive(folder, self.size.timed, SEED + 1)

    @cached_property
    def killed(self) -> tuple[Path, list[str]]:
        """A smaller archive for runs that are killed."""
        folder = self.folder / "killed"
        return folder, write_archive(folder, self.size.killed, SEED + 2)

    @cached_property
    def first(self) -> tuple[Checking, Spent]:
        """The first run over the archive."""
        checking = Checking(self.archive[0], self.folder / "first.sqlite", self.jobs)
        return checking, checking.run()

    @cached_property
    def started(self) -> Spent:
        """What a run over a few words takes."""
        folder = self.folder / "words"
        folder.mkdir()
        for number in range(self.jobs):
            (folder / f"{number}.txt").write_text(f"Đạt {number}/{self.jobs} xã\n", encoding="utf-8")
        return Checking(folder, self.folder / "words.sqlite", self.jobs).run()

    def judged(self, held: bool) -> bool | None:
        """What depends on the size is judged where the size is that for which it is wanted."""
        return held if self.is_full else None


def speed(bench: Bench) -> Iterator[Line]:
    """Two workers against one."""
    folder, paths = bench.timed
    ratios, rates = list[float](), list[float]()
    for turn in range(bench.size.rounds):
        one, two = (Checking(folder, bench.folder / f"speed-{turn}-{jobs}.sqlite", jobs).run().wall for jobs in (1, 2))
        ratios.append(one / two)
        rates.append(len(paths) / two)
    rate = f"{median(rates):.1f} files a second"
    yield Line("speed of two workers against one", "≥ 1.7", f"{median(ratios):.2f} ({rate})", median(ratios) >= 1.7)


def memory(bench: Bench) -> Iterator[Line]:
    """Whether a worker holds more and more."""
    first, window = bench.size.first, bench.size.window
    workers = by_worker(work_done(bench.first[0].store))
    yield Line("workers that did it", f"= {bench.jobs}", str(len(workers)), len(workers) == bench.jobs)
    for number, done in enumerate(workers.values(), 1):
        held = [work.memory for work in done if work.memory is not None]
        before, after = held[first : first + window], held[-window:]
        if len(held) < first + 2 * window:
            yield Line(f"memory of worker {number}", "", f"had only {len(held)} files", bench.judged(False))
            continue
        ratio = fmean(after) / fmean(before)
        sizes = f"{fmean(before) / 2**20:.1f} → {fmean(after) / 2**20:.1f} MiB over {len(held)} files"
        yield Line(f"memory of worker {number}", "≤ 1.10", f"{ratio:.3f} ({sizes})", bench.judged(ratio <= 1.1))


def cost(bench: Bench) -> Iterator[Line]:
    """What a run takes beyond the work on the files."""
    checking, spent = bench.first
    worked = sum(work.seconds for work in work_done(checking.store))
    whole = 1 - worked / (bench.jobs * spent.wall)
    without = 1 - worked / (bench.jobs * (spent.wall - bench.started.wall))
    yield Line("own cost, with the start", "< 5%", f"{whole:.1%} of {spent.wall:.1f} s", bench.judged(whole < 0.05))
    yield Line(f"own cost, without {bench.started.wall:.1f} s of start", "< 5%", f"{without:.1%}", without < 0.05)
    start = perf_counter()
    with open_store(checking.store, Options()) as store:
        found = len(list(find_across(store, "vi")))
    yield Line("holding the reports against each other", "", f"{perf_counter() - start:.1f} s for {found} findings")
    above = 1 - _processor_time_of_checking(bench) / _processor_time_of_a_run(bench)
    yield Line("processor time above checking", "", f"{above:.1%}")


def again(bench: Bench) -> Iterator[Line]:
    """A second run over what was checked."""
    checking, spent = bench.first
    before = rows(checking.store)
    second = checking.run()
    share = second.wall / spent.wall
    seconds = f"{second.wall:.2f} s after {spent.wall:.1f} s, {bench.started.wall:.2f} s of them the start"
    yield Line("time of a second run", "< 2%", f"{share:.1%} ({seconds})", bench.judged(share < 0.02))
    changed = differences(before, rows(checking.store))
    yield Line("rows that it changed", "none", _counted(changed), not changed)
    given = len(work_done(checking.store, run=2))
    yield Line("files that it gave to workers", "none", str(given), not given)


def kill(bench: Bench) -> Iterator[Line]:
    """Runs that are killed and continued."""
    folder, _ = bench.killed
    whole = Checking(folder, bench.folder / "whole.sqlite", bench.jobs)
    seconds = whole.run().wall
    wanted = rows(whole.store)
    different, orphans, left, unfinished = Counter[str](), 0, list[str](), list[int]()
    for number, moment in enumerate(random_moments(KILLS, seconds, SEED), 1):
        killed = Checking(folder, bench.folder / f"killed-{number}.sqlite", bench.jobs)
        orphans += len(killed.killed_after(moment))
        unfinished.append(len(reasons(killed.store)) if killed.store.exists() else 0)
        killed.run()
        different.update(differences(wanted, rows(killed.store)))
        left += killed.left_behind()
    there = ", ".join(map(str, sorted(unfinished)))
    yield Line(f"rows that differ after {KILLS} kills", "none", _counted(different), not different)
    yield Line("files that were done when it was killed", "", f"{there} of {len(reasons(whole.store))}")
    yield Line("workers that outlived their run", "none", str(orphans), not orphans)
    yield Line("temporary files", "none", ", ".join(left) or "none", not left)


def damage(bench: Bench) -> Iterator[Line]:
    """Damaged files among sound ones."""
    folder, paths = bench.archive
    alone = rows(bench.first[0].store, frozenset(paths))
    damaged = write_damaged(folder, bench.size.damaged, SEED)
    try:
        among = Checking(folder, bench.folder / "damaged.sqlite", bench.jobs)
        among.run()
    finally:
        for path in damaged:
            Path(path).unlink()
    found = reasons(among.store)
    count = len(paths) + len(damaged)
    right = f"{len(found)}, {len(found.keys() ^ {*paths, *damaged})} of them other files than those of the archive"
    yield Line("rows of files", f"= {count}", right, found.keys() == {*paths, *damaged})
    wrong = [path for path, kind in damaged.items() if found.get(path) not in kind.reasons]
    kinds = len({kind.name + kind.suffix for kind in damaged.values()})
    yield Line(f"damaged, of {kinds} kinds, without a reason of theirs", "none", str(len(wrong)), not wrong)
    for path in wrong:
        yield Line(f"  {path.rpartition('/')[2]}", "/".join(sorted(damaged[path].reasons)), str(found.get(path)))
    failed = sum(found.get(path) is not None for path in paths)
    yield Line("sound ones that failed", "none", str(failed), not failed)
    disturbed = differences(alone, rows(among.store, frozenset(paths)))
    yield Line("rows of sound ones that differ", "none", _counted(disturbed), not disturbed)
    told = Counter(found[path] for path in damaged if path in found)
    yield Line("reasons", "", ", ".join(f"{count} {reason}" for reason, count in told.most_common()))


MEASURED: dict[str, Callable[[Bench], Iterator[Line]]] = {
    "speed": speed,
    "memory": memory,
    "cost": cost,
    "again": again,
    "kill": kill,
    "damage": damage,
}


def _processor_time_of_checking(bench: Bench) -> float:
    """Seconds of one process that checks each content one after the other and keeps nothing."""
    contents = {(made.data, PurePath(made.name).suffix): None for made in reports(bench.size.timed, SEED + 1)}
    start = process_time()
    for data, suffix in contents:
        outcome_of(data, suffix, Options())
    return process_time() - start


def _processor_time_of_a_run(bench: Bench) -> float:
    return Checking(bench.timed[0], bench.folder / "processor.sqlite", bench.jobs).run().processor


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{count} in {table}" for table, count in found.items()) or "none"


def main() -> int:
    """Print the table; 1 if something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--files", type=int)
    parser.add_argument("--damaged", type=int, help="files of each kind")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", choices=MEASURED, action="append")
    parser.add_argument("--make", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    if chosen.make:
        each = chosen.damaged or 0
        paths = write_archive(chosen.make, (chosen.files or FULL.files) - each * len(KINDS))
        paths += write_damaged(chosen.make, each, SEED)
        print(f"{len(paths)} files under {chosen.make}")
        return 0
    size = FULL if chosen.full else SMALL
    size = replace(size, files=chosen.files or size.files, damaged=chosen.damaged or size.damaged)
    held = True
    with scratch() as folder:
        bench = Bench(Path(folder), size, chosen.jobs, chosen.full)
        print(f"{size.files} files, {chosen.jobs} workers\n{'what':46} {'wanted':>8}  {'measured':52} held")
        for name in chosen.only or MEASURED:
            for line in MEASURED[name](bench):
                verdict = {None: "", True: "yes", False: "NO"}[line.held]
                print(f"{line.what:46} {line.wanted:>8}  {line.measured:52} {verdict}", flush=True)
                held = held and line.held is not False
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
