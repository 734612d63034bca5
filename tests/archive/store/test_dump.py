"""Stores with the same content have the same dump."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

from de06_extract.archive.store.dump import DIARY, DUMPED, dump
from de06_extract.archive.store.outcome import Outcome, failed
from tests.archive.store.stores import attempt, lost, run, written


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
