"""What somebody meets who types the command for the first time: with a folder, with a slip, at a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app
from de06_extract.commands.routing import is_many, misspelt, paths_of

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "báo cáo").mkdir()
    for name in ("một.txt", "hai.txt"):
        (tmp_path / "báo cáo" / name).write_text(WRONG, "utf-8")
    return tmp_path / "báo cáo"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["báo cáo"], ["báo cáo/một.txt", "báo cáo/hai.txt"], ["báo cáo/*.txt"]])
def test_what_stands_for_several_files_is_a_check(folder: Path, arguments: list[str]) -> None:
    result = run(*arguments, "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "Đã kiểm tra 2 tệp" in result.stdout
    assert run("--fail-on", "error", "-q", *arguments).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "paths"),
    [
        (["a.txt", "--format", "text", "-o", "b.csv"], ["a.txt"]),
        (["--format=text", "-ob.csv", "-q", "a.txt", "b.txt"], ["a.txt", "b.txt"]),
        (["--lang", "en", "--", "--format", "-x"], ["--format", "-x"]),
        (["-", "--no-limits"], ["-"]),
        (["a.txt", "--jobs", "2"], None),
    ],
)
def test_paths_are_told_from_options_and_their_values(arguments: list[str], paths: list[str] | None) -> None:
    import typer

    extract = typer.main.get_command(app).get_command(None, "extract")  # type: ignore[attr-defined]
    assert paths_of(arguments, [extract]) == paths


def test_what_is_there_is_taken_as_it_is(folder: Path) -> None:
    Path("[1].txt").write_text(WRONG, "utf-8")
    assert not is_many(["[1].txt"])
    assert is_many(["[2].txt"])
    assert is_many(["báo cáo"])
    Path("chekc").write_text(WRONG, "utf-8")
    assert misspelt(["chekc", "a"], ["check"]) is None


@pytest.mark.parametrize("words", [["chekc", "báo cáo"], ["explian", "a.pdf", "98,57%"], ["ruless"]])
def test_a_command_misspelt_is_answered_with_the_one_that_works(folder: Path, words: list[str]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    meant = {"chekc": "check", "explian": "explain", "ruless": "rules"}[words[0]]
    assert f"có phải lệnh: de06-extract {' '.join([meant, *words[1:]])}" in line


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")
@pytest.mark.parametrize("quiet", [False, True])
def test_at_a_terminal_the_findings_come_last_in_words(folder: Path, quiet: bool) -> None:
    printed = at_terminal("báo cáo/một.txt", *["--quiet"] * quiet)
    assert '"schema_version"' in printed
    lines = printed.strip().splitlines()
    assert (lines[-1].strip() == "}") == quiet
    if not quiet:
        assert "3.225/3.265 là 98,77%" in printed[printed.rindex("\n}") :]
        assert lines[-1].startswith("Xem trên trang: de06-extract 'báo cáo/một.txt' -o 'một.html' · ")
    written = at_terminal("báo cáo/một.txt", "-o", "kết quả.xlsx", *["--quiet"] * quiet)
    assert ("Đã ghi kết quả.xlsx" in written) != quiet


def at_terminal(*arguments: str) -> str:
    """What the command writes to a terminal that is all of its standard streams."""
    import pty

    ours, its = pty.openpty()
    words = [sys.executable, "-m", "de06_extract", *arguments]
    with subprocess.Popen(words, stdin=its, stdout=its, stderr=its, env={**os.environ, "TERM": "dumb"}) as process:
        os.close(its)
        printed = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # as Linux says that nobody writes any more
                break
            if not piece:
                break
            printed += piece
        assert process.wait(timeout=120) == 0
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")
