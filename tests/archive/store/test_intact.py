"""A store that was damaged, or made by somebody else: a line says so, and no other rows are read than were written."""

from __future__ import annotations

import json
import random
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.intact import can_sum, set_checksums
from de06_extract.archive.store.outcome import MOST_JSON, Outcome, failed
from de06_extract.archive.store.results import read_store
from tests.archive.store.stores import attempt, refusal, run
from tests.output.tables.made_up import run as command


def held(path: Path) -> list[object]:
    """All that the program reads of a store."""
    with read_store(path) as store:
        store.verify()
        return [
            store.options,
            *store.results(),
            *store.files(),
            *store.finding_keys(),
            *store.indicator_rows(),
            *store.certain_rows("reporter"),
            store.known(),
        ]


def change(path: Path, statement: str, *cells: Any, sums: bool = True) -> None:
    """Changes a store as whoever knows how it is made."""
    connection = sqlite3.connect(path)
    can_sum(connection)
    with connection:
        connection.execute(statement, cells)
        for table in ("files", "results", "findings", "indicators", "across") if sums else ():
            set_checksums(connection, table)
    connection.close()


@pytest.fixture
def store(path: Path, read: Outcome) -> Path:
    with run(path) as save:
        save(attempt("a", read))
        save(attempt("b", failed("scan", "no text layer")))
        save(attempt("c", None, "a"))
    return path


def test_a_byte_that_changed_is_told_or_changes_nothing(store: Path) -> None:
    before, content = held(store), store.read_bytes()
    chance, told = random.Random(2026), list[str]()
    for _ in range(250):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 1, 4, 30))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        store.write_bytes(damaged)
        try:
            assert held(store) == before
        except StoreError as error:
            told.append(str(error))
    assert len(told) > 50
    assert all(line.startswith(f"{store}: ") and line.isprintable() for line in told)


REPORT = "UPDATE results SET report = ? WHERE report IS NOT NULL"


def packed(text: str | bytes) -> bytes:
    return zlib.compress(text.encode() if isinstance(text, str) else text)


def deep() -> str:
    return '{"generator": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (packed("{}"), "the report on /archive/a is no report"),
        (packed("[]"), "the report on /archive/a is no report"),
        (packed('{"source": 5}'), "the report on /archive/a is no report"),
        (packed("not JSON"), "the report on /archive/a is no report"),
        (packed(b"\xff\xfe"), "is damaged"),
        (packed(deep()), "the report on /archive/a is no report"),
        (packed(bytes(MOST_JSON + 1)), "has more than 64 MiB"),
        (packed("{}")[:-3], "is cut"),
        (b"nothing packed", "is damaged"),
    ],
)
def test_what_is_no_report_is_told(store: Path, report: bytes, said: str) -> None:
    change(store, REPORT, report)
    assert said in refusal(store, held)


def _with(parsed: dict[str, Any], **values: Any) -> dict[str, Any]:
    finding = {**parsed["findings"][0], **values}
    return {**parsed, "findings": [finding, *parsed["findings"][1:]]}


def test_a_report_of_another_hand_is_checked_and_printable(store: Path, read: Outcome) -> None:
    assert read.report is not None
    parsed = json.loads(zlib.decompress(read.report))
    change(store, REPORT, packed(json.dumps(_with(parsed, message="a\x1b[31m\x00b\x9b"))))
    with read_store(store) as results:
        first = next(iter(results.results()))
    assert first.report is not None
    assert first.report["findings"][0]["message"] == "a\ufffd[31m\ufffdb\ufffd"
    change(store, REPORT, packed(json.dumps(_with(parsed, severity="deadly"))))
    assert "is no report" in refusal(store, held)
    figure = json.dumps(parsed).replace('"value": ', '"value": 1e999999999, "was": ', 1)
    change(store, REPORT, packed(figure))
    assert "is damaged" in refusal(store, held)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE findings SET severity = 'deadly'", "is damaged (a row of findings has changed)"),
        ("UPDATE findings SET message = x'ff00'", "is damaged (a row has changed)"),
        ("UPDATE findings SET \"start\" = 'x'", "is damaged (a row of findings has changed)"),
        ("UPDATE indicators SET value = 'many'", "is damaged (a row of indicators has changed)"),
        ("UPDATE files SET bytes = 'x'", "is damaged (a row of files has changed)"),
        ("UPDATE files SET path = CAST(x'ff' AS TEXT) WHERE path LIKE '%b'", "is damaged"),
        ("UPDATE checkers SET options = '{}'", "is damaged (the options of its run cannot be read)"),
        ("UPDATE checkers SET options = '[]'", "is damaged (the options of its run cannot be read)"),
        ('UPDATE checkers SET options = \'{"lang": "xx"}\'', "is damaged (the options of its run cannot be read)"),
        ("PRAGMA user_version = 0", "is damaged (its version is not written in it)"),
    ],
)
def test_values_that_no_run_writes_are_told(store: Path, statement: str, said: str) -> None:
    try:
        change(store, statement)
    except sqlite3.OperationalError:  # the sums cannot be made of what is no text
        change(store, statement, sums=False)
    assert refusal(store, held).startswith(said)


@pytest.mark.parametrize("table", ["files", "results", "findings", "indicators"])
def test_a_row_that_changed_without_its_checksum_is_told(store: Path, table: str) -> None:
    column = {"files": "bytes", "results": "errors", "findings": '"start"', "indicators": "score"}[table]
    change(store, f"UPDATE {table} SET {column} = {column} + 1", sums=False)
    assert refusal(store, held) == f"is damaged (a row of {table} has changed)"


@pytest.mark.parametrize("value", ["ab\x1b[31mc", "a\nb", "x\x9b31m"])
def test_no_control_character_of_a_store_reaches_the_terminal(store: Path, value: str, tmp_path: Path) -> None:
    change(store, "UPDATE results SET reason = ?, message = ? WHERE reason IS NOT NULL", value, value)
    for form in ("html", "csv", "xlsx", "sarif", "jsonl"):
        result = command("report", store, "--report", tmp_path / f"out.{form}")
        assert result.exit_code == 0, result.output
        assert not set(result.output) & {"\x1b", "\x9b"}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: change(path, "UPDATE checkers SET options = '{}'"),
        lambda path: change(path, REPORT, packed("{}")),
        lambda path: change(path, "UPDATE findings SET message = 'x'", sums=False),
    ],
)
def test_the_command_says_it_in_a_line(store: Path, spoil: Callable[[Path], None], tmp_path: Path) -> None:
    spoil(store)
    result = command("report", store, "--report", tmp_path / "out.html")
    assert result.exit_code == 2
    assert "bị hỏng" in " ".join(result.output.split())
    assert "Traceback" not in result.output
