"""What is saved in a store is read again, also while more is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from de06_extract.archive.store.file import files_of
from de06_extract.archive.store.outcome import Outcome, failed
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_store
from de06_extract.schema.rows import Row
from tests.archive.store.stores import OPTIONS, attempt, beside, lost, paths, posix, run, written


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


@posix
def test_an_empty_file_becomes_a_store_with_the_same_permissions(path: Path) -> None:
    path.touch(0o600)
    written(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert paths(path) == ["new"]
