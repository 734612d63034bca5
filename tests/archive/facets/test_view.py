"""A view counts each content once, and refuses rows that are not what was written."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from de06_extract.archive.facets.filter import Filter
from de06_extract.archive.facets.view import ArchiveView
from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import read_store
from de06_extract.archive.store.store import Attempt, open_store
from tests.archive.facets.archives import finding, report, seen


def test_totals_are_those_of_the_archive_whatever_the_filter(archive: Path) -> None:
    with seen(archive, Filter(words="nothing")) as view:
        totals = view.totals()
    assert totals.model_dump() == {"files": 8, "reports": 5, "copies": 1, "reasons": {"damaged": 1, "scan": 1}}
    assert totals.unread == 2


def test_results_of_another_checker_are_not_looked_at(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    shutil.copy(archive, path)
    with open_store(path, Options(lang="en")) as store:
        run = store.begin_run(["/kho"])
        store.save(run, Attempt("/kho/a.txt", ".txt", "a", 9, report("Xã An", "2025-01-02", finding(7))))
        store.end_run(run, "finished")
    with seen(path) as view:
        assert [item.finding_id for item in view.findings().findings] == ["f7"]
        assert view.facets().month[0].value == "2025-01"
        assert view.totals().files == 1


def test_rules_are_called_as_the_language_does(archive: Path) -> None:
    with read_store(archive) as store:
        assert (
            ArchiveView(store, Filter(), "en").facets().rule[0].name
            == "A percentage does not follow from its numerator and denominator"
        )
        assert ArchiveView(store, Filter()).title("no-such-rule") == "no-such-rule"


@pytest.mark.parametrize(
    ("statement", "ask"),
    [
        ("UPDATE findings SET severity = 'fatal'", "facets"),
        ("UPDATE findings SET quote = 'khác'", "findings"),
        ("UPDATE across SET message = 'khác'", "findings"),
        ("UPDATE decisions SET state = 'unheard'", "findings"),
    ],
)
def test_a_row_that_was_changed_is_refused_in_a_line(archive: Path, tmp_path: Path, statement: str, ask: str) -> None:
    path = tmp_path / "store.sqlite"
    shutil.copy(archive, path)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with seen(path, Filter(severity=("error", "warning"))) as view, pytest.raises(StoreError) as caught:
        getattr(view, ask)()
    assert str(caught.value).startswith(f"{path}: ")
    assert str(caught.value).isprintable()
