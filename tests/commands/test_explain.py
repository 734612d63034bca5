"""The command `explain`: what it prints, and how it stops."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app

TEXT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)], input=stdin)


@pytest.mark.parametrize("asked", ["98,57%", "c1", "ratio-mismatch", f"@{TEXT.index('98')}"])
def test_it_explains_what_a_user_has_in_hand(file: Path, asked: str) -> None:
    result = run(file, asked)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("báo cáo.txt · dòng 1")
    assert "Kết luận: “3.225/3.265 = 98,57%” được coi là số liệu" in result.stdout


def test_it_reads_standard_input_and_speaks_english() -> None:
    result = run("-", "98,57%", "--lang", "en", stdin=TEXT.encode())
    assert result.exit_code == 0
    assert result.stdout.startswith("stdin.txt · line 1")


def test_json_for_programs(file: Path) -> None:
    parsed = json.loads(run(file, "98,57%", "--format", "json").stdout)
    assert (parsed["source"], parsed["asked"], parsed["figure"]["text"]) == ("báo cáo.txt", "98,57%", "98,57%")
    assert {"feature", "weight", "span"} == set(parsed["anchors"][0]["readings"][0]["evidence"][0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{file}", "c7"], "báo cáo.txt: không có số liệu c7; mã số liệu là c1 … c1"),
        (["{file}", "c7", "--lang", "en"], "báo cáo.txt: there is no claim c7"),
        (["{file}", "98,75%"], "gần giống: @"),
        (["missing.txt", "c1"], "missing.txt: không có tệp này"),
        (["{file}", "c1", "--model", "{file}"], "báo cáo.txt: không phải tệp trọng số"),
    ],
)
def test_what_cannot_be_explained_is_one_line_and_exit_2(file: Path, arguments: list[str], said: str) -> None:
    result = run(*(argument.format(file=file) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_other_weights_are_named(file: Path, tmp_path: Path) -> None:
    from tests.conftest import SOURCE

    own = tmp_path / "own.json"
    own.write_bytes((SOURCE / "de06_extract" / "data" / "model" / "relations.json").read_bytes())
    assert json.loads(run(file, "c1", "--format", "json", "--model", own).stdout)["model"]
    assert json.loads(run(file, "c1", "--format", "json").stdout)["model"] is None
