"""A Dask cluster gives the rows that one machine gives, whatever happens to its workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from de06_extract.contents import read_content
from de06_extract.dask_engine import DaskEngine
from de06_extract.entries import Entry
from de06_extract.outcomes import Options, outcome_of
from de06_extract.store import Attempt, open_store

CORPUS = Path(__file__).parent.parent / "corpus"
OPTIONS = Options()


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    start: Any = LocalCluster
    with start(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=60) as cluster:
        yield cluster


@pytest.fixture
def engine(cluster: LocalCluster) -> DaskEngine:
    return DaskEngine(cluster.scheduler_address, OPTIONS)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Reports, the same content at two paths, the same bytes with two suffixes, and files that cannot be read."""
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("000.txt", "001.txt", "docx/003.docx", "pdf/004.pdf", "scan/000.pdf"):
        (folder / Path(name).name).write_bytes((CORPUS / name).read_bytes())
    (folder / "again.txt").write_bytes((CORPUS / "001.txt").read_bytes())
    (folder / "again.md").write_bytes((CORPUS / "001.txt").read_bytes())
    (folder / "half.docx").write_bytes((CORPUS / "docx/003.docx").read_bytes()[:9000])
    (folder / "half.pdf").write_bytes((CORPUS / "pdf/004.pdf").read_bytes()[:9000])
    (folder / "empty.pdf").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 9)
    return folder


def entries(folder: Path) -> list[Entry]:
    return [Entry(path.as_posix()) for path in sorted(folder.iterdir())] + [Entry((folder / "gone.txt").as_posix())]


def alone(files: Iterable[Entry]) -> Iterator[Attempt]:
    """What one process makes of the files, one after the other."""
    for entry in files:
        content, data = read_content(entry)
        yield content.attempt(None if data is None else outcome_of(data, entry.suffix, OPTIONS))


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


def test_a_content_is_checked_once_and_a_known_one_not_at_all(engine: DaskEngine, archive: Path) -> None:
    files = entries(archive)
    first = list(engine.attempts(files, set()))
    assert sorted(attempt.path for attempt in first) == sorted(entry.path for entry in files)
    checked = [(attempt.sha256, attempt.suffix) for attempt in first if attempt.outcome and attempt.sha256]
    assert len(checked) == len(set(checked)) == 10
    known = {(attempt.sha256 or "", attempt.suffix) for attempt in first}
    again = list(engine.attempts(files, known))
    assert [attempt.path for attempt in again if attempt.outcome] == [(archive / "gone.txt").as_posix()]
    assert len(again) == len(files)
