"""The local engine: every file has one attempt, whatever some of them do to their workers, and nothing is left."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from de06_extract.archive.files.byte_budget import SHARED
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.language.messages import speaking
from tests.archive.workers.faulty_worker import COMMAND
from tests.conftest import CORPUS, ROOT, SOURCE
from tests.readers.pdf.drawing import SCAN, with_image

pytestmark = pytest.mark.slow

OPTIONS = Options()
GENEROUS = Limits(timeout=60, stall=60, max_memory=2**30)
NARROW = Limits(timeout=60, stall=3, max_memory=250 * 2**20)
NOBODY: frozenset[tuple[str, str]] = frozenset()
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def sentence(number: int) -> str:
    return f"Tiếp nhận {number}/3.265 hồ sơ, đạt tỷ lệ 98,57%."


def key(text: str) -> tuple[str, str]:
    return hashlib.sha256(text.encode()).hexdigest(), ".txt"


def written(folder: Path, texts: Iterable[str]) -> list[ArchiveFile]:
    entries = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, "utf-8")
        entries.append(ArchiveFile(path.as_posix()))
    return entries


def run(
    entries: Iterable[ArchiveFile], engine: LocalEngine, known: frozenset[tuple[str, str]] = NOBODY
) -> dict[str, Attempt]:
    """The attempts by the names of the files, each of which has one."""
    with engine:
        attempts = list(engine.attempts(entries, known))
    by_name = {Path(attempt.path).name: attempt for attempt in attempts}
    assert len(by_name) == len(attempts)
    return by_name


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No process, thread or open pipe that was not there before."""
    gc.collect()
    here = psutil.Process()
    processes, threads = set(here.children()), set(threading.enumerate())
    files = here.num_fds() if os.name == "posix" else 0
    yield
    gc.collect()
    assert set(here.children()) <= processes
    assert set(threading.enumerate()) <= threads
    if os.name == "posix":
        assert here.num_fds() <= files


def test_the_files_at_work_are_known_while_they_are(tmp_path: Path) -> None:
    (entry,) = written(tmp_path, ["step_for_ever"])
    engine = LocalEngine(OPTIONS, GENEROUS, jobs=2, command=COMMAND)
    assert engine.at_work() == ()

    def work() -> None:
        with contextlib.suppress(WorkerError):
            list(engine.attempts([entry], NOBODY))

    thread = threading.Thread(target=work)
    thread.start()
    ends = time.monotonic() + 60
    while not engine.at_work() and time.monotonic() < ends:
        time.sleep(0.01)
    assert [file.path for file in engine.at_work()] == [entry.path]
    engine.close()
    thread.join()
    assert engine.at_work() == ()


def test_outcomes_are_those_of_the_function(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(with_image(SCAN))
    names = ("001.txt", "003.txt", "pdf/000.pdf", "docx/000.docx", "004.txt")
    paths = [*(CORPUS / name for name in names), scan]
    attempts = run((ArchiveFile(path.as_posix()) for path in paths), LocalEngine(OPTIONS, GENEROUS, jobs=2))
    assert len(attempts) == len(paths)
    for path in paths:
        data, attempt = path.read_bytes(), attempts[path.name]
        with speaking(OPTIONS.lang):
            assert attempt.outcome == outcome_of(data, path.suffix, OPTIONS)
        assert (attempt.size, attempt.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert attempt.seconds > 0
        assert attempt.memory is not None
    assert len({attempt.worker for attempt in attempts.values()}) <= 2


def test_faults_disturb_no_other_file(tmp_path: Path) -> None:
    faults = {
        "hang_deaf": "stalled",
        "eat": "memory",
        "gulp": "memory",
        "leave": "crashed",
        "shout": None,
        "step_for_long": None,
    }
    texts = [text for number, fault in enumerate(faults) for text in (fault, sentence(number), sentence(100 + number))]
    attempts = run(written(tmp_path, texts), LocalEngine(OPTIONS, NARROW, jobs=2, command=COMMAND))
    assert len(attempts) == len(texts)
    for number, text in enumerate(texts):
        outcome = attempts[f"{number}.txt"].outcome
        if text in faults:
            assert outcome is not None
            assert outcome.reason == faults[text]
        else:
            assert outcome == outcome_of(text.encode(), ".txt", OPTIONS)


def test_a_content_is_checked_once(tmp_path: Path) -> None:
    texts = [sentence(1), sentence(2), sentence(1), sentence(3), sentence(1)]
    attempts = run(written(tmp_path, texts), LocalEngine(OPTIONS, GENEROUS, jobs=2), frozenset({key(sentence(2))}))
    assert len(attempts) == len(texts)
    checked = [name for name, attempt in attempts.items() if attempt.outcome is not None]
    assert sorted(texts[int(name[0])] for name in checked) == [sentence(1), sentence(3)]
    for number, text in enumerate(texts):
        assert attempts[f"{number}.txt"].sha256 == key(text)[0]


def test_a_content_with_another_suffix_is_another_one(tmp_path: Path) -> None:
    entries = written(tmp_path, [sentence(1)])
    (tmp_path / "1.md").write_text(sentence(1), "utf-8")
    attempts = run([*entries, ArchiveFile((tmp_path / "1.md").as_posix())], LocalEngine(OPTIONS, GENEROUS))
    assert all(attempt.outcome is not None for attempt in attempts.values())


def test_where_all_is_known_no_worker_is_started(tmp_path: Path) -> None:
    entries = written(tmp_path, [sentence(1), sentence(2)])
    known = frozenset({key(sentence(1)), key(sentence(2))})
    attempts = run(entries, LocalEngine(OPTIONS, GENEROUS, jobs=2, command=("/no/such/python",)), known)
    assert [attempt.outcome for attempt in attempts.values()] == [None, None]


@POSIX
def test_what_cannot_be_read_is_one_failed_row(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    with (tmp_path / "vast.txt").open("wb") as file:
        file.truncate(NARROW.max_memory + 1)  # type: ignore[operator]
    (tmp_path / "good.txt").write_text(sentence(1), "utf-8")
    names = ("folder.txt", "pipe.txt", "device.txt", "vast.txt", "gone.txt", "good.txt")
    attempts = run([ArchiveFile((tmp_path / name).as_posix()) for name in names], LocalEngine(OPTIONS, NARROW, jobs=2))
    reasons = {name: attempt.outcome and attempt.outcome.reason for name, attempt in attempts.items()}
    missing = dict.fromkeys(("folder.txt", "pipe.txt", "device.txt", "gone.txt"), "missing")
    assert reasons == {**missing, "vast.txt": "memory", "good.txt": None}
    assert attempts["vast.txt"].sha256 is None
    assert "251 MiB" in str(attempts["vast.txt"].outcome)


def test_a_slow_taker_is_waited_for(tmp_path: Path) -> None:
    taken = []

    def entries() -> Iterator[ArchiveFile]:
        for entry in written(tmp_path, map(sentence, range(60))):
            taken.append(entry)
            yield entry

    with LocalEngine(OPTIONS, GENEROUS, jobs=2) as engine:
        attempts = engine.attempts(entries(), NOBODY)
        first = next(attempts)
        before = -1
        while len(taken) != before:  # until nobody takes more
            before = len(taken)
            time.sleep(0.7)
        assert len(taken) <= 12
        assert len({attempt.path for attempt in (first, *attempts)}) == 60


def test_a_taker_that_goes_away_leaves_nothing(tmp_path: Path) -> None:
    entries = written(tmp_path, ["hang", *map(sentence, range(20)), "step_for_ever"])
    attempts = LocalEngine(OPTIONS, GENEROUS, jobs=2, command=COMMAND).attempts(entries, NOBODY)
    with contextlib.closing(attempts) as taken:  # type: ignore[type-var]
        next(taken)


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_taker_that_fails_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    entries = written(tmp_path, [*map(sentence, range(5)), "hang", "hang_deaf"])

    def take() -> None:
        with LocalEngine(OPTIONS, GENEROUS, jobs=2, command=COMMAND) as engine:
            for number, _ in enumerate(engine.attempts(entries, NOBODY)):
                if number == 2:
                    raise error

    with pytest.raises(error):
        take()


def test_a_crew_that_is_closed_before_it_began_leaves_nothing(tmp_path: Path) -> None:
    with LocalEngine(OPTIONS, GENEROUS, jobs=2) as engine:
        engine.attempts(written(tmp_path, [sentence(1)]), NOBODY)


def test_what_entries_raise_is_raised(tmp_path: Path) -> None:
    def entries() -> Iterator[ArchiveFile]:
        yield from written(tmp_path, [sentence(1)])
        raise OSError("the drive is gone")

    with pytest.raises(OSError, match="the drive is gone"), LocalEngine(OPTIONS, GENEROUS, jobs=2) as engine:
        list(engine.attempts(entries(), NOBODY))


def test_workers_that_never_come_up_are_one_clear_error(tmp_path: Path) -> None:
    entries = written(tmp_path, map(sentence, range(50)))
    command = (sys.executable, "-c", "import no_such_module")
    with (
        pytest.raises(WorkerError, match="no_such_module"),
        LocalEngine(OPTIONS, GENEROUS, jobs=2, command=command) as engine,
    ):
        list(engine.attempts(entries, NOBODY))


PEAK = """
import resource, sys
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.outcome import Options

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10

with LocalEngine(Options(), jobs=4) as engine:
    entries, before = find_entries([sys.argv[1]]).entries, peak()
    print([attempt.outcome.reason for attempt in engine.attempts(entries, frozenset())])
    print(peak() - before)
"""


@POSIX
def test_the_run_itself_holds_few_of_the_files_at_a_time(tmp_path: Path) -> None:
    """Twelve of 100 MiB, for eight readers: 1200 MiB without a bound for all of them together."""
    for number in range(12):
        with (tmp_path / f"{number}.bin").open("wb") as file:
            file.truncate((100 << 20) + number)
    command = [sys.executable, "-c", PEAK, str(tmp_path)]
    reasons, peak = subprocess.check_output(command, env=environment(), text=True).splitlines()
    assert reasons == str(["unsupported"] * 12)
    assert int(peak) < (SHARED >> 20) + 100


PARENT = """
import sys
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.archive.files.byte_budget import SHARED
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.store.outcome import Options
from tests.archive.workers.faulty_worker import COMMAND

try:
    with LocalEngine(Options(), Limits(None, None, None), jobs=len(sys.argv) - 1, command=COMMAND) as engine:
        list(engine.attempts(map(ArchiveFile, sys.argv[1:]), frozenset()))
except KeyboardInterrupt:
    sys.exit(77)
"""


def environment() -> dict[str, str]:
    """One in which the package and the modules of the tests are found."""
    paths = [os.environ.get("PYTHONPATH"), str(ROOT), str(SOURCE)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


@contextlib.contextmanager
def parent(folder: Path, *faults: str) -> Iterator[tuple[psutil.Process, list[psutil.Process]]]:
    """Another process with a engine, in a group of its own, once each of its workers is at work; and these."""
    marks = [folder / f"{fault}.mark" for fault in faults]
    entries = written(folder, (f"{fault} {mark}" for fault, mark in zip(faults, marks, strict=True)))
    command = [sys.executable, "-c", PARENT, *(entry.path for entry in entries)]
    with subprocess.Popen(command, env=environment(), start_new_session=True) as process:
        try:
            while not all(mark.exists() for mark in marks):
                assert process.poll() is None
                time.sleep(0.05)
            itself = psutil.Process(process.pid)
            yield itself, itself.children()
        finally:
            process.kill()


@POSIX
def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    """Killed in a way that it cannot answer; a worker that hangs and lets no other thread run takes a little longer."""
    with parent(tmp_path, "hang", "hang_deaf", "step_for_ever") as (process, workers):
        assert len(workers) == 3
        process.kill()
        assert not psutil.wait_procs(workers, timeout=60)[1]


@POSIX
def test_an_interrupt_from_the_terminal_ends_all(tmp_path: Path) -> None:
    with parent(tmp_path, "hang", "hang_deaf") as (process, workers):
        assert len(workers) == 2
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) == 77
        assert not psutil.wait_procs(workers, timeout=60)[1]


STOPPED = """
import sys
from de06_extract.archive.workers import worker
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.store.outcome import Options
from tests.archive.workers.faulty_worker import COMMAND

worker._SLEPT = 1.0
with worker.Worker(Options(), Limits(4, None, None), command=COMMAND) as checker:
    print(checker.outcome(f"toil {sys.argv[1]}".encode(), ".txt").outcome.reason)
"""


@POSIX
def test_time_in_which_all_was_stopped_is_no_files_fault(tmp_path: Path) -> None:
    """Ctrl-Z and, later, «fg»: the worker ends itself then, because its parent should have done so long ago."""
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "mark")]
    with subprocess.Popen(command, env=environment(), start_new_session=True, stdout=subprocess.PIPE) as process:
        while not (tmp_path / "mark").exists():
            assert process.poll() is None
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGSTOP)
        time.sleep(5.5)
        os.killpg(process.pid, signal.SIGCONT)
        assert process.stdout is not None
        assert process.stdout.read() == b"None\n"
