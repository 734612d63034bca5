"""A Dask cluster gives the rows that one machine gives, whatever happens to its workers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dask
import psutil
import pytest
from distributed import Client, LocalCluster

from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.outcome import Options, failed, outcome_of
from de06_extract.archive.store.store import Attempt, open_store
from de06_extract.archive.workers import dask_cluster, dask_tasks
from de06_extract.archive.workers.dask_cluster import ClusterError
from de06_extract.archive.workers.dask_engine import DaskEngine
from de06_extract.archive.workers.limits import Limits
from de06_extract.language.messages import Language, speaking
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.pipeline.program import NAME
from tests.archive.workers.deadly_entries import ChangingEntry, DeadlyEntry, SlowEntry
from tests.archive.workers.faulty_worker import COMMAND
from tests.conftest import CORPUS, corpus
from tests.readers.pdf.drawing import SCAN, with_image

pytestmark = pytest.mark.slow

OPTIONS = Options()


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    start: Any = LocalCluster
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),  # a task whose worker died is not tried thrice
        start(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=60) as cluster,
    ):
        yield cluster


@pytest.fixture
def engine(cluster: LocalCluster) -> DaskEngine:
    return DaskEngine(cluster.scheduler_address, OPTIONS)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Reports, the same content at two paths, the same bytes with two suffixes, and files that cannot be read."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("000.txt", "001.txt", "docx/003.docx", "pdf/004.pdf"):
        (folder / Path(name).name).write_bytes((CORPUS / name).read_bytes())
    (folder / "again.txt").write_bytes(corpus("001").read_bytes())
    (folder / "again.md").write_bytes(corpus("001").read_bytes())
    (folder / "half.docx").write_bytes((CORPUS / "docx/003.docx").read_bytes()[:9000])
    (folder / "half.pdf").write_bytes((CORPUS / "pdf/004.pdf").read_bytes()[:9000])
    (folder / "empty.pdf").touch()
    (folder / "scan.pdf").write_bytes(with_image(SCAN))
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 9)
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """An archive that is checked in no time."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in {
        "a": "10/12 xã (đạt 83,4%)",
        "b": "3.225/3.265 đạt 98,57%",
        "c": "",
        "d": "Đạt 5/6 (83,3%).",
    }.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    for name in "efgh":
        (folder / f"{name}.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "i.md").write_bytes((folder / "a.txt").read_bytes())
    (folder / "j.pdf").write_bytes(b"%PDF-1.7 and no more")
    return folder


def entries(folder: Path) -> list[ArchiveFile]:
    return [ArchiveFile(path.as_posix()) for path in sorted(folder.iterdir())] + [
        ArchiveFile((folder / "gone.txt").as_posix())
    ]


def alone(files: Iterable[ArchiveFile]) -> Iterator[Attempt]:
    """What one process makes of the files, one after the other."""
    for entry in files:
        with speaking(OPTIONS.lang):
            content, data = read_content(entry)
            attempt = content.attempt(None if data is None else outcome_of(data, entry.suffix, OPTIONS))
        yield attempt


def rows(store: Path, attempts: Iterable[Attempt]) -> list[Any]:
    """All that a store gives back after these attempts, but for the numbers that follow their order."""
    with open_store(store, OPTIONS) as opened:
        run = opened.begin_run([])
        for attempt in attempts:
            opened.save(run, attempt)
        indicators = [(path, {**row, "result": None}) for path, row in opened.indicator_rows()]
        return [*opened.results(), *indicators]


def test_the_rows_are_those_of_one_process(engine: DaskEngine, archive: Path, tmp_path: Path) -> None:
    files = entries(archive)
    expected = rows(tmp_path / "alone.sqlite", alone(files))
    assert rows(tmp_path / "dask.sqlite", engine.attempts(files, set())) == expected
    assert sum(result.report is not None for result in expected if hasattr(result, "report")) == 6


def test_a_content_is_checked_once_and_a_known_one_not_at_all(engine: DaskEngine, texts: Path) -> None:
    files = entries(texts)
    first = list(engine.attempts(files, set()))
    assert sorted(attempt.path for attempt in first) == sorted(entry.path for entry in files)
    checked = [(attempt.sha256, attempt.suffix) for attempt in first if attempt.outcome and attempt.sha256]
    assert len(checked) == len(set(checked)) == 6
    known = {(attempt.sha256 or "", attempt.suffix) for attempt in first}
    again = list(engine.attempts(files, known))
    assert [attempt.path for attempt in again if attempt.outcome] == [(texts / "gone.txt").as_posix()]
    assert len(again) == len(files)


def test_a_file_that_kills_its_process_fails_alone(cluster: LocalCluster, tmp_path: Path) -> None:
    for name, text in {"a": "kill", "b": "hang", "c": "10/12 xã (đạt 83,4%)"}.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    engine = DaskEngine(cluster.scheduler_address, OPTIONS, Limits(stall=3), command=COMMAND)
    attempts = engine.attempts([ArchiveFile(f"{tmp_path.as_posix()}/{name}.txt") for name in "abc"], set())
    outcomes = {Path(attempt.path).stem: attempt.outcome for attempt in attempts}
    assert outcomes["a"] == failed("crashed", "tiến trình đọc tệp bị dừng bởi SIGKILL")
    assert outcomes["b"] == failed("stalled", "không tiến thêm được trong 3 giây")
    assert outcomes["c"] == outcome_of((tmp_path / "c.txt").read_bytes(), ".txt", OPTIONS)


@pytest.mark.parametrize("harmless", [0, 1], ids=["when its content is read", "when it is checked"])
def test_a_file_that_kills_the_worker_itself_fails_alone(
    engine: DaskEngine, texts: Path, tmp_path: Path, harmless: int
) -> None:
    files = entries(texts)
    deadly = files[3].path
    files[3] = DeadlyEntry(deadly, harmless=harmless, traces=f"{tmp_path}/traces")
    attempts = {attempt.path: attempt for attempt in engine.attempts(files, set())}
    assert (tmp_path / "traces").stat().st_size == harmless + 2  # killed at work, then alone
    killed = attempts.pop(deadly)
    assert killed.outcome == failed("crashed", "tiến trình của cụm bị dừng, và lại bị dừng khi chỉ làm việc này")
    assert (killed.sha256 is None) == (harmless == 0)
    expected = {attempt.path: attempt for attempt in alone(entry for entry in files if entry.path != deadly)}
    assert {path: attempt.sha256 for path, attempt in attempts.items()} == {
        path: attempt.sha256 for path, attempt in expected.items()
    }
    assert all(
        attempt.outcome is None or attempt.outcome == expected[path].outcome for path, attempt in attempts.items()
    )


@pytest.mark.parametrize("later", [b"7/9 (77,8%)", None], ids=["changed", "gone"])
def test_a_file_that_changes_between_its_readings_leaves_no_other_unchecked(
    engine: DaskEngine, texts: Path, tmp_path: Path, later: bytes | None
) -> None:
    path, same = (f"{texts.as_posix()}/{name}.txt" for name in "ae")
    changing = ChangingEntry(path, traces=f"{tmp_path}/traces", later=later)
    attempts = {attempt.path: attempt for attempt in engine.attempts([changing, ArchiveFile(same)], set())}
    before = Path(path).read_bytes()
    assert attempts[same].outcome == outcome_of(before, ".txt", OPTIONS)
    assert attempts[same].sha256 == sha256(before).hexdigest()
    assert attempts[path].outcome == (
        failed("missing", "is gone") if later is None else outcome_of(later, ".txt", OPTIONS)
    )
    assert attempts[path].sha256 == (None if later is None else sha256(later).hexdigest())


def test_a_drive_that_hangs_is_not_waited_for(cluster: LocalCluster, texts: Path) -> None:
    engine = DaskEngine(cluster.scheduler_address, OPTIONS, Limits(timeout=1))
    files = [SlowEntry(f"{texts.as_posix()}/a.txt"), ArchiveFile(f"{texts.as_posix()}/gone.txt")]
    slow, gone = (attempt.outcome for attempt in engine.attempts(files, set()))
    assert slow == failed("timeout", "đọc lâu hơn 1 giây")
    assert gone == failed("missing", "không mở được (không có tệp hoặc thư mục này)")


def test_urls_are_read_by_the_workers(engine: DaskEngine, texts: Path, tmp_path: Path) -> None:
    """The same archive by its path and by a URL; each worker has a memory of its own, empty."""
    here, there = find_entries([texts]).entries, find_entries([texts.as_uri()]).entries
    store = rows(tmp_path / "here.sqlite", alone(here))
    assert rows(tmp_path / "there.sqlite", engine.attempts(there, set())) == store
    (lost,) = engine.attempts([ArchiveFile("memory://archive/a.txt")], set())
    assert lost.outcome == failed("missing", "không mở được (không có tệp hoặc thư mục này)")


def test_nothing_is_left_in_the_cluster(cluster: LocalCluster, engine: DaskEngine, archive: Path) -> None:
    connect: Any = Client
    with connect(cluster.scheduler_address, set_as_default=False) as client:
        workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
        with engine:
            attempts = engine.attempts(entries(archive), set())
            next(attempt for attempt in attempts if attempt.outcome and attempt.outcome.report)
            assert any(worker.children() for worker in workers)
        assert not any(worker.children() for worker in workers)
        state = client.run_on_scheduler(lambda dask_scheduler: [*dask_scheduler.tasks, *dask_scheduler.worker_plugins])
        assert not [name for name in state if NAME in name]


def test_a_window_of_files_is_in_the_cluster(engine: DaskEngine, tmp_path: Path) -> None:
    taken = 0

    def many() -> Iterator[ArchiveFile]:
        nonlocal taken
        for taken in range(1, 100_000):
            yield ArchiveFile(f"{tmp_path.as_posix()}/{taken}.txt")

    attempts: Any = engine.attempts(many(), set())
    for _ in range(100):
        next(attempts)
    assert taken < 300
    attempts.close()


def test_a_cluster_that_cannot_be_used_is_named(
    cluster: LocalCluster, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def problem(address: str, *, patience: float = 1.0, lang: Language = "en") -> str:
        said: list[str] = []
        engine = DaskEngine(address, Options(lang=lang), say=said.append, patience=patience)
        with speaking(lang), pytest.raises(ClusterError) as caught:
            list(engine.attempts(entries(texts), set()))
        assert "\n" not in str(caught.value)
        return "; ".join((*said, str(caught.value)))

    monkeypatch.setattr(dask_cluster, "_REACH", 0.5)
    assert problem("tcp://127.0.0.1:9").startswith("tcp://127.0.0.1:9: the scheduler cannot be reached (")
    assert problem("nonsense").startswith("tcp://nonsense: is no address of a scheduler, as tcp://HOST:8786 is (")
    monkeypatch.undo()

    start: Any = LocalCluster
    with start(n_workers=0, dashboard_address=":0", silence_logs=60) as empty:
        address = empty.scheduler_address
        assert problem(address) == (
            f"{address}: has no workers at present, waiting for them; {address}: has had no workers for 1 seconds"
        )
        assert problem(address, lang="vi") == (
            f"{address}: hiện không có máy nào làm việc, đang chờ; {address}: không có máy nào làm việc trong 1 giây"
        )
    address = cluster.scheduler_address
    with monkeypatch.context() as patch:
        patch.setattr(dask_cluster, "checker_version", lambda: "9.9")
        assert problem(address).endswith("de06-extract has version 0.1.0: pip install 'de06-extract[dask]==9.9'")
        assert "de06-extract có phiên bản 0.1.0: pip install " in problem(address, lang="vi")
    with monkeypatch.context() as patch:
        patch.setattr(dask_tasks, "_installed", lambda: {"lxml": "1.0"})
        assert problem(address).endswith(f"has lxml {version('lxml')}, not 1.0: results would differ")
        assert problem(address, lang="vi").endswith(f"có lxml {version('lxml')}, không phải 1.0: kết quả sẽ khác")


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'de06-extract\[dask\]'"):
        list(DaskEngine("tcp://127.0.0.1:8786", OPTIONS).attempts([], set()))


def test_an_outcome_is_the_same_in_every_process() -> None:
    """Sets have another order in each; in the order of «1» and «2» weights of words once added up to two sums."""
    program = (
        "import pathlib, sys; from de06_extract.archive.store.outcome import *;"
        "print(outcome_of(pathlib.Path(sys.argv[1]).read_bytes(), '.txt', Options()))"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program, str(corpus("002"))],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "12"
    )
    assert first == second
