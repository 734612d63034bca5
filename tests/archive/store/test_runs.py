"""The runs of a store: which is the last, which was interrupted, and what a killed one leaves."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from de06_extract.archive.store.outcome import Options, Outcome
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from tests.archive.store.stores import OPTIONS, attempt, beside, paths, posix, python, refusal, run, written


def test_a_checker_sees_its_own_results_and_a_reader_those_of_the_latest_run(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
        save(attempt("b", read))
    with open_store(path, Options(lang="en")) as store:
        assert store.known() == set()
        assert store.last_run() is None
        assert list(store.results()) == []
    assert paths(path) == ["a", "b"]
    with run(path, Options(lang="en")) as save:
        save(attempt("a", read))
    assert paths(path) == ["a"]
    with read_store(path) as store:
        assert store.options == {"lang": "en", "indicators": None, "keep_personal_data": False}
    connection = sqlite3.connect(path)
    for view in ("outcomes", "all_findings", "all_indicators"):
        assert connection.execute(f"SELECT DISTINCT path FROM {view}").fetchall() == [("/archive/a",)]
    connection.close()


def test_a_file_whose_like_was_being_checked_when_the_run_was_stopped_is_not_done(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("copy", None, "content"))
    with read_store(path) as store:
        assert [result.reason for result in store.results()] == ["unfinished"]
        assert [outline.reason for outline in store.files()] == ["unfinished"]
        assert store.known() == set()
    with run(path) as save:
        save(attempt("original", read, "content"))
    with read_store(path) as store:
        assert [result.reason for result in store.results()] == [None, None]


def test_a_run_that_did_not_end_was_interrupted(path: Path) -> None:
    with open_store(path, OPTIONS) as store:
        store.begin_run(["/b\udce1o cáo"])
    with read_store(path) as store:
        last = store.last_run()
        assert last is not None
        assert (last.state, last.ended) == ("running", None)
    with run(path):
        pass
    states = sqlite3.connect(path).execute("SELECT state, paths FROM runs ORDER BY run").fetchall()
    assert states == [("interrupted", '["/b\\\\udce1o cáo"]'), ("finished", '["/archive"]')]


def test_a_store_without_a_run_is_none_to_report_on(path: Path) -> None:
    assert refusal(path, paths) == "there is no such store; a check makes one: de06-extract check FOLDER"
    path.touch()
    assert refusal(path, paths) == "is empty"
    with open_store(path, OPTIONS):
        pass
    assert refusal(path, paths) == "there is no run in it yet"


SAVES = """
from de06_extract.archive.store.outcome import Options, Outcome
from de06_extract.archive.store.store import Attempt, open_store
row = {"finding_id": "1", "severity": "error", "rule": "sum-mismatch", "message": "m", "quote": "q" * 300}
with open_store(path, Options()) as store:
    run = store.begin_run([])
    for number in range(int(sys.argv[2]), 100_000):
        outcome = Outcome(report=b"x" * 30_000, findings=(row,) * (number % 7))
        store.save(run, Attempt(f"/archive/{number:05}", ".txt", str(number), 1, outcome))
        print(number, flush=True)
"""


@pytest.mark.slow
@posix
def test_a_store_holds_whole_files_whenever_its_run_was_killed(path: Path) -> None:
    saved = 0
    chance = random.Random(6)
    for _ in range(4):
        process = python(SAVES, path, saved)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.random() / 4)
        process.send_signal(signal.SIGKILL)
        told = 1 + len(process.stdout.read().split())
        process.wait()
        process.stdout.close()
        with read_store(path) as store:
            contents = sorted(int(sha256) for sha256, _ in store.known())
        assert len(contents) in (saved + told, saved + told + 1)  # killed between the saving and the telling
        assert contents == list(range(len(contents)))
        saved = len(contents)
        assert beside(path) == [f"{path.name}-lock"]
    connection = sqlite3.connect(path)
    counts = "SELECT path, errors, (SELECT count(*) FROM findings f WHERE f.result = o.result) FROM outcomes o"
    rows = connection.execute(f"{counts} ORDER BY path").fetchall()
    assert rows == [(f"/archive/{number:05}", number % 7, number % 7) for number in range(saved)]
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    written(path)
    assert beside(path) == []
