"""What is known of a store is used as long as nobody writes it, and not a moment longer."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from de06_extract.archive.facets.view import Heads
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import open_latest
from de06_extract.web.archive import known_heads
from de06_extract.web.archive.known_heads import KnownHeads
from tests.archive.facets.archives import decision, write_archive


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    write_archive(path)
    written_before(path, 60)
    return path


def written_before(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def heads(known: KnownHeads, path: Path) -> Heads:
    with read_store(path) as opened:
        return known.of(opened)


def test_a_store_that_nobody_writes_is_asked_once(store: Path) -> None:
    known = KnownHeads()
    first = heads(known, store)
    assert heads(known, store) is first
    assert len(first.reports) == 5


def test_a_store_that_was_written_is_asked_anew(store: Path) -> None:
    known = KnownHeads()
    first = heads(known, store)
    with open_latest(store) as opened:
        opened.save_decisions([decision("/kho/e.txt", "f1", "dismissed")])
    after = heads(known, store)
    states = [one.state for found in after.findings.values() for one in found]
    assert after is not first
    assert states.count("dismissed") == 2


def test_a_store_that_was_written_just_now_is_not_remembered(store: Path) -> None:
    known = KnownHeads()
    written_before(store, 0)
    assert heads(known, store) is not heads(known, store)


def test_changes_that_are_not_in_the_file_yet_are_seen(store: Path) -> None:
    known = KnownHeads()
    with open_latest(store) as opened:
        first = heads(known, store)
        opened.save_decisions([decision("/kho/e.txt", "f1", "dismissed")])
        written_before(store, 60)
        after = heads(known, store)
        assert [one.state for found in after.findings.values() for one in found].count("dismissed") == 2
        assert after is not first


def test_a_large_store_is_not_remembered(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_heads, "_MOST", 3)
    known = KnownHeads()
    assert heads(known, store) is not heads(known, store)
