"""One supervised worker: a file that goes wrong has an outcome that says how, and the next one is undisturbed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace

import psutil
import pytest

from de06_extract.archive.store.outcome import Options, outcome_of
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import Watch, Worker, WorkerError
from tests.archive.workers.faulty_worker import COMMAND

pytestmark = pytest.mark.slow

OPTIONS = Options()
SENTENCE = "Tiếp nhận 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%.".encode()
GENEROUS = Limits(timeout=60, stall=60, max_memory=2**30)
NARROW = Limits(timeout=60, stall=3, max_memory=250 * 2**20)
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory that Linux alone does not give beyond a limit")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One worker for all faults, one after the other."""
    with Worker(OPTIONS, NARROW, command=COMMAND) as worker:
        yield worker


def test_an_outcome_is_that_of_the_function() -> None:
    with Worker(OPTIONS, GENEROUS) as worker:
        done = worker.outcome(SENTENCE, ".txt")
        assert done.outcome == outcome_of(SENTENCE, ".txt", OPTIONS)
        assert done.outcome.findings
        assert done.memory is not None
        assert done.memory > 2**20
        assert worker.outcome(b"", ".pdf").outcome.reason == "empty"


def test_options_reach_the_worker() -> None:
    with Worker(replace(OPTIONS, lang="en"), GENEROUS) as worker:
        assert worker.outcome(SENTENCE, ".txt").outcome == outcome_of(SENTENCE, ".txt", Options(lang="en"))


@pytest.mark.parametrize(
    ("fault", "reason", "message"),
    [
        ("hang", "stalled", "không tiến thêm được trong 3 giây"),
        ("hang_deaf", "stalled", "không tiến thêm được trong 3 giây"),
        ("eat", "memory", "cần hơn 250 MiB bộ nhớ"),
        ("gulp", "memory", "cần hơn 250 MiB bộ nhớ"),
        pytest.param("reserve", "memory", "cần hơn 250 MiB bộ nhớ", marks=LINUX),
        ("leave", "crashed", "tiến trình đọc tệp kết thúc với mã 3"),
        ("leave_politely", "crashed", "tiến trình đọc tệp kết thúc với mã 4"),
        ("babble", "crashed", "tiến trình đọc tệp bị ngắt"),
        ("close_all", "crashed", "tiến trình đọc tệp "),
        pytest.param("segfault", "crashed", "tiến trình đọc tệp bị dừng bởi SIGSEGV", marks=POSIX),
        pytest.param("abort", "crashed", "tiến trình đọc tệp bị dừng bởi SIGABRT", marks=POSIX),
        pytest.param("kill", "crashed", "tiến trình đọc tệp bị dừng bởi SIGKILL", marks=POSIX),
    ],
)
def test_a_fault_is_the_outcome_of_its_file_alone(worker: Worker, fault: str, reason: str, message: str) -> None:
    done = worker.outcome(fault.encode(), ".txt")
    assert done.outcome.reason == reason
    assert str(done.outcome.message).startswith(message)
    assert worker.outcome(SENTENCE, ".txt").outcome == outcome_of(SENTENCE, ".txt", OPTIONS)


def test_a_file_that_gets_on_for_ever_takes_too_long() -> None:
    with Worker(OPTIONS, Limits(timeout=2, stall=1, max_memory=None), command=COMMAND) as worker:
        done = worker.outcome(b"step_for_ever", ".txt")
        assert (done.outcome.reason, done.outcome.message) == ("timeout", "lâu hơn 2 giây")


def test_a_long_file_that_gets_on_is_finished(worker: Worker) -> None:
    done = worker.outcome(b"step_for_long", ".txt")
    assert done.outcome.reason is None
    assert done.seconds > NARROW.stall  # type: ignore[operator]


def test_what_a_library_prints_disturbs_nothing(worker: Worker) -> None:
    text = b"shout " + SENTENCE
    assert worker.outcome(text, ".txt").outcome == outcome_of(text, ".txt", OPTIONS)
    first = worker.process
    assert worker.outcome(SENTENCE, ".txt").outcome == outcome_of(SENTENCE, ".txt", OPTIONS)
    assert worker.process == first


def test_a_worker_that_holds_too_much_afterwards_is_replaced(worker: Worker) -> None:
    assert worker.outcome(b"swell", ".txt").outcome.reason is None
    first = worker.process
    assert worker.outcome(b"swell", ".txt").outcome.reason is None
    assert worker.process != first


def test_a_file_bigger_than_its_memory_is_not_tried() -> None:
    with Worker(OPTIONS, NARROW) as worker:
        done = worker.outcome(bytes(251 * 2**20), ".txt")
    assert done.outcome.reason == "memory"
    assert done.outcome.message == "có 251 MiB, trong khi chỉ được đọc 250 MiB"
    assert worker.process is None


def test_a_worker_that_died_idle_is_replaced_without_a_word(worker: Worker) -> None:
    worker.outcome(SENTENCE, ".txt")
    first = int(worker.process or 0)
    psutil.Process(first).kill()
    assert worker.outcome(SENTENCE, ".txt").outcome == outcome_of(SENTENCE, ".txt", OPTIONS)
    assert int(worker.process or 0) != first


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ((sys.executable, "-c", "import no_such_module"), "No module named 'no_such_module'"),
        ((sys.executable, "-c", "raise SystemExit(7)"), "mã 7"),
        (("/no/such/python",), "/no/such/python"),
    ],
)
def test_a_worker_that_never_comes_up_is_one_clear_error(command: tuple[str, ...], why: str) -> None:
    with Worker(OPTIONS, GENEROUS, command=command) as worker, pytest.raises(WorkerError, match=why):
        worker.outcome(SENTENCE, ".txt")


def test_limits_that_leave_no_room_are_one_clear_error() -> None:
    with (
        Worker(OPTIONS, Limits(max_memory=2**20)) as worker,
        pytest.raises(WorkerError, match="trước khi đọc"),
    ):
        worker.outcome(SENTENCE, ".txt")


def test_a_closed_hand_has_no_process() -> None:
    with Worker(OPTIONS, GENEROUS, command=COMMAND) as worker:
        worker.outcome(SENTENCE, ".txt")
        process = psutil.Process(int(worker.process or 0))
        assert process.is_running()
    assert not process.is_running()
    with pytest.raises(WorkerError):
        worker.outcome(SENTENCE, ".txt")


@POSIX
def test_workers_ignore_the_interrupt_of_the_terminal(worker: Worker) -> None:
    worker.outcome(SENTENCE, ".txt")
    first = worker.process
    os.kill(int(first or 0), signal.SIGINT)
    worker.outcome(b"step_for_long", ".txt")
    assert worker.process == first


def test_a_watch_that_never_looked_is_closed_as_often_as_one_likes() -> None:
    watch = Watch()
    watch.close()
    watch.close()
