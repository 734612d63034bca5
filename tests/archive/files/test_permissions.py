"""What is made of confidential files is as confidential as they are: the store, the reports, the dismissals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.permissions import mode_of, narrowest_mode
from de06_extract.commands.cli import app
from tests.archive.files.folders import put, zipped

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"


@pytest.fixture(autouse=True)
def mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def private(path: Path, mode: int = 0o600) -> Path:
    path.write_text(WRONG, "utf-8")
    path.chmod(mode)
    return path


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir() if path.is_file()}


def run(*arguments: object) -> None:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output


def test_the_narrowest_of_the_files_decides(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b/c.txt", "b/d.txt")
    assert narrowest_mode(find_entries([tmp_path]).entries) == 0o644
    (tmp_path / "b/c.txt").chmod(0o640)
    assert narrowest_mode(find_entries([tmp_path]).entries) == 0o640
    (tmp_path / "e.zip").write_bytes(zipped("f.txt", "g.txt"))
    (tmp_path / "e.zip").chmod(0o400)
    assert narrowest_mode(find_entries([tmp_path]).entries) == 0o600


def test_a_pipe_and_a_url_have_no_say(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert mode_of(tmp_path / "pipe") == 0o666
    assert narrowest_mode(find_entries([tmp_path]).entries) == 0o666
    reading, writing = os.pipe()
    assert mode_of(reading) == 0o666
    os.close(reading)
    os.close(writing)


def test_a_report_on_a_private_file_is_private(tmp_path: Path) -> None:
    run(private(tmp_path / "a.txt"), "-o", tmp_path / "a.xlsx")
    run(private(tmp_path / "b.txt", 0o644), "-o", tmp_path / "b.csv")
    tables = {f"b.{name}.csv": 0o644 for name in ("claims", "findings", "indicators")}
    assert modes(tmp_path) == {"a.txt": 0o600, "a.xlsx": 0o600, "b.txt": 0o644, **tables}


@pytest.mark.slow
def test_the_store_and_what_is_written_from_it_are_private(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    private(tmp_path / "in/open.txt", 0o644)
    out = tmp_path / "out"
    out.mkdir()
    run("check", tmp_path / "in", "--store", out / "s.sqlite", "-o", out / "a.html", "-q")
    assert modes(out) == {"s.sqlite": 0o644, "a.html": 0o644}
    private(tmp_path / "in/private.txt")  # one private file, and what was there is narrowed
    run("check", tmp_path / "in", "--store", out / "s.sqlite", "-o", out / "a.html", "-q")
    run("report", out / "s.sqlite", "-o", out / "b.csv", "-q", "--write-baseline", out / "b.toml", "--reason", "x")
    assert set(modes(out).values()) == {0o600}
    assert len(modes(out)) == 7
