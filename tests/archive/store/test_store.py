"""The store keeps whole files whatever happens, is written by one run at a time, and can always be read."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import de06_extract.archive.store.file as store_file
from de06_extract.archive.store.dump import DIARY, DUMPED, dump
from de06_extract.archive.store.file import files_of
from de06_extract.archive.store.lock import InUseError, exclusive
from de06_extract.archive.store.outcome import Options, Outcome, failed, outcome_of
from de06_extract.archive.store.store import Attempt, StoreError, open_store, read_store
from de06_extract.language.vocabulary import load
from de06_extract.schema.rows import Row

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(os.name == "nt", reason="signals and permissions as POSIX has them")
OPTIONS = Options()


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a store to become free."""
    monkeypatch.setattr("de06_extract.archive.store.lock._GRACE", 0.05)


@pytest.fixture(scope="module")
def read() -> Outcome:
    """The outcome of a report with findings and indicators."""
    outcome = outcome_of((ROOT / "corpus" / "004.txt").read_bytes(), ".txt", OPTIONS)
    assert outcome.findings
    assert outcome.indicators
    return outcome


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def attempt(name: str, outcome: Outcome | None, content: str | None = None) -> Attempt:
    return Attempt(f"/archive/{name}", ".txt", content or name, 9, outcome, worker="1", memory=1)


def lost(name: str) -> Attempt:
    return Attempt(f"/archive/{name}", ".txt", None, None, failed("missing", "cannot be opened"))


@contextmanager
def run(path: Path, options: Options = OPTIONS) -> Iterator[Callable[[Attempt], None]]:
    """A finished run, to which files are given."""
    with open_store(path, options) as store:
        number = store.begin_run(["/archive"])
        yield lambda attempt: store.save(number, attempt)
        store.end_run(number, "finished")


def paths(path: Path) -> list[str]:
    with read_store(path) as store:
        return [result.path.removeprefix("/archive/") for result in store.results()]


def refusal(path: Path, use: Callable[[Path], object]) -> str:
    with pytest.raises(StoreError) as caught:
        use(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert message.isprintable()
    return message.removeprefix(f"{path}: ")


def written(path: Path) -> None:
    with run(path) as save:
        save(attempt("new", failed("scan", "no text")))


def beside(path: Path) -> list[str]:
    return sorted(name for name in os.listdir(path.parent) if name != path.name)


# What is saved and read


def test_what_came_out_of_a_file_is_kept(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("b.txt", read))
        save(attempt("a.txt", None, "b.txt"))
        save(attempt("c.txt", failed("scan", "no text layer")))
        save(lost("d.txt"))
    with read_store(path) as store:
        a, b, c, d = store.results()
        rows = list(store.indicator_rows())
    assert [result.path for result in (a, b, c, d)] == [f"/archive/{name}.txt" for name in "abcd"]
    assert a.report is not None
    assert b.report is not None
    assert (a.report["source"]["name"], b.report["source"]["name"]) == ("a.txt", "b.txt")
    assert {**a.report, "source": None} == {**b.report, "source": None}
    assert len(a.report["findings"]) == len(read.findings)
    assert any(isinstance(claim["computed"], Decimal) for claim in a.report["claims"])
    assert (c.report, c.reason, c.message) == (None, "scan", "no text layer")
    assert (d.sha256, d.size, d.reason, d.message) == (None, None, "missing", "cannot be opened")
    own = [{key: value for key, value in row.items() if not key.startswith("source_")} for row in read.indicators]
    dated = [{key: str(value) if isinstance(value, date) else value for key, value in row.items()} for row in own]
    assert [{key: row[key] for key in dated[0]} for _, row in rows] == dated * 2


def test_the_rows_of_a_changed_file_are_those_of_its_new_content(path: Path, read: Outcome) -> None:
    for content, outcome in (("1", failed("empty", "is empty")), ("2", read)):
        with run(path) as save:
            save(attempt("a.txt", outcome, content))
    with read_store(path) as store:
        (result,) = store.results()
        assert (result.sha256, result.reason, len(list(store.finding_keys()))) == ("2", None, len(read.findings))
        assert store.known() == {("1", ".txt"), ("2", ".txt")}


def test_what_failed_for_a_limit_can_be_tried_again(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
        save(attempt("b", failed("timeout", "took 60 s")))
        save(attempt("c", failed("damaged", "no PDF")))
    with open_store(path, OPTIONS) as store:
        assert store.known() == {(name, ".txt") for name in "abc"}
        assert store.known(but={"timeout", "memory"}) == {("a", ".txt"), ("c", ".txt")}
        store.save(store.begin_run([]), attempt("b", read))
    with read_store(path) as store:
        assert [result.reason for result in store.results()] == [None, None, "damaged"]
        counts = dict.fromkeys("ab", len(read.findings))
        assert {name: [head.path for head in store.finding_keys()].count(f"/archive/{name}") for name in "ab"} == counts


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
        assert store.options == {"lang": "en", "indicators": None}
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


def test_what_is_gone_is_taken_off_the_list_and_its_content_stays_known(path: Path, read: Outcome) -> None:
    row: Row = {"finding_id": "1", "severity": "warning", "rule": "falling-count", "message": "m", "quote": "q"}
    with open_store(path, OPTIONS) as store:
        number = store.begin_run([])
        for name in "abc":
            store.save(number, attempt(name, read))
        store.save_across([("/archive/a", row), ("/archive/b", row), ("/archive/b", row)])
        assert store.forget(lambda path: path == "/archive/b") == 1
        assert [(result.path[-1], len(result.across)) for result in store.results()] == [("a", 1), ("c", 0)]
        assert len(store.known()) == 3


def test_what_is_known_and_unchanged_is_not_written_again(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
        save(lost("b"))
    with open_store(path, OPTIONS) as store:
        number = store.begin_run([])
        changes = Path(f"{path}-wal")
        before = changes.stat().st_size
        store.save(number, attempt("a", None))
        assert changes.stat().st_size == before
        store.save(number, attempt("a", None, "other"))
        assert changes.stat().st_size > before
    with read_store(path) as store:
        assert [(result.reason, result.sha256) for result in store.results()] == [
            ("unfinished", "other"),
            ("missing", None),
        ]


def test_half_a_character_does_not_end_a_run(path: Path, read: Outcome) -> None:
    broken = replace(read, findings=tuple({**row, "quote": "b\ud83d"} for row in read.findings))
    with run(path) as save:
        save(attempt("a", broken))
    with read_store(path) as store:
        assert {head.quote for head in store.finding_keys()} == {"b\\ud83d"}


# One run at a time


def test_two_runs_on_one_store_are_refused_and_told_who_has_it(path: Path) -> None:
    written(path)
    with open_store(path, OPTIONS):
        message = refusal(path, written)
        link = path.with_name("link.sqlite")
        link.symlink_to(path)
        assert refusal(link, written) == message
    assert message.startswith(f"is in use by process {os.getpid()} on {socket.gethostname()}, since 2")
    link.unlink()
    assert beside(path) == []
    written(path)


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process; it says «ready» when it has come to that."""
    source = str(Path(store_file.__file__).parent.parent)
    prelude = "import os, sys, time; from pathlib import Path; path = Path(sys.argv[1])\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": source},
    )


HOLDS = """
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.store import open_store
with open_store(path, Options()) as store:
    store.begin_run([])
    print("ready", flush=True)
    time.sleep(60)
"""


@posix
def test_a_killed_run_leaves_the_store_free(path: Path) -> None:
    holder = python(HOLDS, path)
    assert holder.stdout
    try:
        assert holder.stdout.readline() == "ready\n"
        assert refusal(path, written).startswith(f"is in use by process {holder.pid} on ")
        with read_store(path) as store:
            last = store.last_run()
            assert last is not None
            assert last.state == "running"
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    written(path)
    assert paths(path) == ["new"]
    assert beside(path) == []


@posix
def test_nobody_gets_a_lock_on_a_file_that_was_taken_away(tmp_path: Path) -> None:
    """Many want the use of one file, and each takes the lock file away: never do two have it at once."""
    code = """
from de06_extract.archive.store.lock import InUseError, exclusive
mark = path.with_name("mark")
for _ in range(20):
    try:
        with exclusive(path):
            mark.touch(exist_ok=False)
            time.sleep(0.001)
            mark.unlink()
    except InUseError:
        pass
"""
    many = [python(code, tmp_path / "file") for _ in range(3)]
    try:
        assert [process.wait(60) for process in many] == [0] * 3
    finally:
        for process in many:
            process.kill()
            process.communicate()
    assert os.listdir(tmp_path) == []


def test_the_exclusive_use_of_a_file_ends_with_an_error_too(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), exclusive(tmp_path / "file"):
        with pytest.raises(InUseError), exclusive(tmp_path / "file"):
            pass
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


# Reading


def test_a_store_is_read_while_it_is_written(path: Path, read: Outcome) -> None:
    written(path)
    with open_store(path, OPTIONS) as store:
        number = store.begin_run([])
        with read_store(path) as reader:
            results = reader.results()
            assert next(results).path == "/archive/new"
            for name in "ab":
                store.save(number, attempt(name, read))
            assert list(results) == []  # as it was when the reading began
            assert [result.path for result in reader.results()] == ["/archive/a", "/archive/b", "/archive/new"]
        with read_store(path) as reader:
            assert len(list(reader.results())) == 3
    assert beside(path) == []


def test_no_file_is_left_beside_the_store(path: Path, read: Outcome) -> None:
    with run(path) as save:
        save(attempt("a", read))
        save(attempt("b", read))
        assert set(beside(path)) == {f"{path.name}{end}" for end in ("-wal", "-shm", "-lock")}
        assert set(beside(path)) <= {file.name for file in files_of(path)}
    assert beside(path) == []
    with read_store(path) as store:
        unfinished = (store.results(), store.indicator_rows(), store.finding_keys())
        assert all(map(next, unfinished))
    assert beside(path) == []
    with open_store(path, OPTIONS) as store:
        unfinished = (store.results(), store.indicator_rows(), store.finding_keys())
        assert all(map(next, unfinished))
    assert beside(path) == []


def test_a_store_without_a_run_is_none_to_report_on(path: Path) -> None:
    assert refusal(path, paths) == "there is no such store"
    path.touch()
    assert refusal(path, paths) == "is empty"
    with open_store(path, OPTIONS):
        pass
    assert refusal(path, paths) == "there is no run in it yet"


@posix
def test_an_empty_file_becomes_a_store_with_the_same_permissions(path: Path) -> None:
    path.touch(0o600)
    written(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert paths(path) == ["new"]


# Files that are no store, or cannot be used


def other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.commit()
    connection.close()


def newer(path: Path) -> None:
    written(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("Báo cáo " * 100), "is not a store of results"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "is not a store of results"),
        (Path.mkdir, "is not a file"),
        (other_program, "is another program's database"),
        (newer, "was written by a newer version of the program (store 99, known 1)"),
    ],
)
def test_what_is_no_store_is_refused_and_left_alone(path: Path, make: Callable[[Path], object], message: str) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    assert refusal(path, written) == message
    assert refusal(path, paths) == message
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert beside(path) == []


@posix
def test_a_pipe_is_no_store(path: Path) -> None:
    os.mkfifo(path)
    assert refusal(path, written) == "is not a file"


def test_a_store_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "none" / "store.sqlite", written) == "there is no such folder"
    assert refusal(tmp_path / "none" / "store.sqlite", paths) == "there is no such folder"
    assert refusal(tmp_path / "file" / "store.sqlite", written)


@contextmanager
def ordinary_user(folder: Path) -> Iterator[Path]:
    """A place where permissions hold: root has them all, so the tests then go on as somebody else."""
    place = Path(tempfile.mkdtemp(prefix="store-", dir=None if os.geteuid() == 0 else folder))
    try:
        if os.geteuid() == 0:
            place.chmod(0o755)
            os.chown(place, 65534, 65534)
            os.seteuid(65534)
            try:
                yield place
            finally:
                os.seteuid(0)
        else:
            yield place
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


@posix
def test_a_store_in_a_folder_that_may_not_be_written_can_be_read(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        with run(path) as save:
            save(attempt("a", read))
        folder.chmod(0o555)
        assert paths(path) == ["a"]
        assert refusal(path, written) == f"cannot be used (Permission denied: {path}-lock)"
        assert (
            refusal(folder / "new.sqlite", written) == f"cannot be used (Permission denied: {folder}/new.sqlite-lock)"
        )
        folder.chmod(0o755)
        path.chmod(0o444)
        assert paths(path) == ["a"]
        assert refusal(path, written) == "cannot be used (Permission denied)"
        assert beside(path) == []
        path.chmod(0)
        assert refusal(path, paths) == refusal(path, written) == "cannot be used (Permission denied)"


@posix
def test_a_reader_who_cannot_be_kept_apart_from_a_run_is_told(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        written(path)
        folder.chmod(0o555)

        def read_and_write(path: Path) -> None:
            with read_store(path) as store:
                assert len(list(store.results())) == 1
                folder.chmod(0o755)
                with run(path) as save:
                    save(attempt("a", read))

        assert refusal(path, read_and_write) == "was written while it was read; read it again"


@posix
def test_a_killed_store_in_a_folder_that_may_not_be_written_is_not_read_by_half(tmp_path: Path, read: Outcome) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        copy = folder / "copy.sqlite"
        written(path)
        with run(path) as save:
            save(attempt("a", read))
            for end in ("", "-wal"):
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        folder.chmod(0o555)
        assert refusal(copy, paths).startswith("cannot be used")
        folder.chmod(0o755)
        assert paths(copy) == ["a", "new"]


def test_a_damaged_store_is_one_line_and_the_rest_of_it_can_be_read(path: Path, read: Outcome) -> None:
    with run(path) as save:
        for number in range(30):
            save(attempt(f"{number:02}", read))
    content = bytearray(path.read_bytes())
    kinds = set()
    for place in range(10, 90, 8):
        damaged = content.copy()
        at = len(content) * place // 100
        damaged[at : at + 6000] = random.Random(place).randbytes(6000)
        path.write_bytes(damaged)
        seen = 0
        try:
            with read_store(path) as store:
                for result in store.results():
                    assert result.report is not None
                    seen += 1
                list(store.indicator_rows())
        except StoreError as error:
            kinds.add((seen > 0, str(error).removeprefix(f"{path}: ").split(" (")[0]))
    assert {message for _, message in kinds} == {"is damaged"}
    assert (True, "is damaged") in kinds


def test_a_full_disk_ends_the_run_and_what_was_saved_stays(path: Path, read: Outcome) -> None:
    saved = []

    def fill(path: Path) -> None:
        with open_store(path, OPTIONS) as store:
            number = store.begin_run([])
            store._connection.execute("PRAGMA max_page_count = 100")
            for name in range(100):
                store.save(number, attempt(f"{name:02}", read))
                saved.append(f"{name:02}")

    assert refusal(path, fill) == "cannot be written, the disk is full (database or disk is full)"
    assert 0 < len(saved) < 100
    assert paths(path) == saved
    assert beside(path) == []
    with run(path) as save:
        save(attempt("zz", read))
    assert paths(path) == [*saved, "zz"]


@posix
def test_a_file_that_may_not_grow_ends_the_run_and_what_was_saved_stays(path: Path) -> None:
    code = """
import resource
from de06_extract.archive.store.outcome import Options, Outcome
from de06_extract.archive.store.store import Attempt, StoreError, open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with open_store(path, Options()) as store:
        run = store.begin_run([])
        for number in range(1000):
            outcome = Outcome(report=os.urandom(20_000))
            store.save(run, Attempt(f"/archive/{number:04}", ".txt", str(number), 1, outcome))
            print(f"{number:04}", flush=True)
except StoreError as error:
    print(error)
"""
    process = python(code, path)
    output = process.communicate(timeout=60)[0].split("\n")
    *saved, message, last = output
    assert (process.returncode, last) == (0, "")
    assert message.startswith(f"{path}: cannot be ")
    assert saved
    connection = sqlite3.connect(path)
    assert [name for (name,) in connection.execute("SELECT path FROM outcomes WHERE reason IS NULL")] == [
        f"/archive/{name}" for name in saved
    ]
    connection.close()


# Versions


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    known = store_file.scripts()
    monkeypatch.setattr(store_file, "scripts", lambda: (*known, *steps))


NEXT = """
-- A made-up step.
CREATE TABLE notes (note TEXT);
INSERT INTO notes SELECT 'files: ' || count(*) FROM files;
ALTER TABLE runs ADD COLUMN user TEXT"""


def test_an_older_store_is_brought_up_to_date(path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    older = path.with_name("older.sqlite")
    with run(path) as save:
        save(attempt("a", read))
    shutil.copy(path, older)
    with_steps(monkeypatch, NEXT)
    assert paths(older) == ["a"]  # a reader does it too
    with run(path) as save:
        save(attempt("b", None, "a"))
    assert paths(path) == ["a", "b"]
    for store in (path, older):
        connection = sqlite3.connect(store)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(store_file.scripts()),)
        assert connection.execute("SELECT note FROM notes").fetchall() == [("files: 1",)]
        connection.close()
    monkeypatch.undo()
    assert "newer version of the program" in refusal(path, paths)


def test_a_step_that_fails_changes_nothing(path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    with run(path) as save:
        save(attempt("a", read))
    before = list(dump(path))
    with_steps(monkeypatch, NEXT, f"CREATE TABLE more (x); {NEXT}")
    assert "notes already exists" in refusal(path, paths)
    monkeypatch.undo()
    with_steps(monkeypatch, NEXT)
    assert paths(path) == ["a"]  # the first step was done, the second not at all
    assert list(dump(path)) == before


@posix
def test_an_older_store_that_may_not_be_written_is_refused(
    tmp_path: Path, read: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ordinary_user(tmp_path) as folder:
        path = folder / "store.sqlite"
        written(path)
        with_steps(monkeypatch, NEXT)
        folder.chmod(0o555)
        assert "Permission denied" in refusal(path, paths)


def test_the_scripts_are_found_by_number() -> None:
    assert len(store_file.scripts()) == len(list((ROOT / "src/de06_extract/data/store").glob("*.sql")))
    assert "CREATE TABLE checkers" in store_file.scripts()[0]


# The same content


def test_stores_with_the_same_content_are_equal_whatever_the_order_of_the_work(tmp_path: Path, read: Outcome) -> None:
    attempts = [attempt("a", read), attempt("b", failed("scan", "no text")), lost("c"), attempt("d", None, "a")]
    dumps = []
    for number, order in enumerate((attempts, attempts[::-1], [*attempts, attempts[1]])):
        path = tmp_path / f"{number}.sqlite"
        with run(path) as save:
            for one in order:
                save(replace(one, seconds=float(number), worker=str(number)))
        dumps.append(list(dump(path)))
    assert dumps[0] == dumps[1] == dumps[2]
    tables = [json.loads(line)["table"] for line in dumps[0]]
    assert tables == ["checker", "file", "file", "file", "file", "result", "result"]
    first = json.loads(dumps[0][5])
    assert (len(first["findings"]), len(first["indicators"])) == (len(read.findings), len(read.indicators))
    with run(path) as save:
        save(attempt("b", failed("scan", "another message")))
    assert list(dump(path)) != dumps[0]


def test_every_table_is_of_the_diary_or_dumped(path: Path) -> None:
    written(path)
    tables = {name for (name,) in sqlite3.connect(path).execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*DUMPED, *DIARY}


# Kill -9


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


# What the documentation says


DOCUMENTATION = (ROOT / "docs" / "store.md").read_text("utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the reports of the corpus, a copy of one of them, and a file that could not be read."""
    path = tmp_path_factory.mktemp("archive") / "store.sqlite"
    with run(path) as save:
        for file in sorted((ROOT / "corpus").glob("*.txt")):
            save(attempt(file.name, outcome_of(file.read_bytes(), ".txt", OPTIONS)))
        save(attempt("copy.txt", None, "000.txt"))
        save(attempt("scan.pdf", failed("scan", "no text layer")))
    return path


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", DOCUMENTATION, re.DOTALL))
def test_the_documented_questions_have_answers(archive: Path, query: str) -> None:
    connection = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
    assert connection.execute(query).fetchall()
    connection.close()


def test_the_documented_program_runs(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(archive.parent)
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENTATION, re.DOTALL)
    exec(program, {})
    assert "/archive/004.txt {'error': " in capsys.readouterr().out


def test_every_table_and_reason_is_documented(path: Path) -> None:
    written(path)
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    columns = {row[1] for name in names for row in connection.execute(f"PRAGMA table_info({name})")}
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    connection.close()
    assert f"`PRAGMA application_id` is {mark}" in DOCUMENTATION.replace("(", "")
    assert [name for name in (*names, *load("archive")["vi"]["reasons"]) if f"`{name}`" not in DOCUMENTATION] == []
    section = DOCUMENTATION.partition("Columns that do not")[2].partition("\n## ")[0]
    first_cells = "".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", first_cells)) <= columns
