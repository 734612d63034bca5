"""Settings of a file or of the environment hold where the command line says nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app
from de06_extract.commands.settings.file import find_configuration, variables
from de06_extract.commands.settings.model import Configuration

TEXT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%. Có 10/12 xã (đạt 83,4%). Ngày 31/02/2024 có báo cáo.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with one report, in which no other settings are found."""
    for name in variables():
        monkeypatch.delenv(name)
    below = tmp_path / "dự án" / "báo cáo"
    below.mkdir(parents=True)
    (below / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(below)
    return below


def rules(*options: object) -> list[str]:
    result = run("a.txt", "--no-limits", *options)
    assert result.exit_code == 0, result.output
    return [finding["rule"] for finding in json.loads(result.stdout)["findings"]]


RATIOS = ["ratio-mismatch", "ratio-mismatch"]


@pytest.mark.parametrize(
    ("place", "name", "text"),
    [
        (".", "de06-extract.toml", 'ignore = ["date-*"]'),
        ("..", "de06-extract.toml", 'ignore = ["date-*"]'),
        (".", "pyproject.toml", '[tool.de06-extract]\nselect = ["ratio-*"]'),
        ("../..", "pyproject.toml", '[tool.de06-extract]\nselect = ["ratio-*"]'),
    ],
)
def test_the_nearest_file_is_found(folder: Path, place: str, name: str, text: str) -> None:
    (folder / place / name).write_text(text, "utf-8")
    assert rules() == RATIOS


def test_the_own_file_comes_first_and_one_for_others_is_passed_over(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.ruff]\nline-length = 120\n", "utf-8")
    assert find_configuration(folder) is None
    (folder.parent / "de06-extract.toml").write_text('select = ["date-*"]', "utf-8")
    assert rules() == ["date-impossible"]
    (folder / "pyproject.toml").write_text('[tool.de06-extract]\nselect = ["ratio-*"]', "utf-8")
    assert rules() == RATIOS
    (folder / "de06-extract.toml").write_text('select = ["date-*"]', "utf-8")
    assert rules() == ["date-impossible"]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners as POSIX has them")
def test_what_another_user_put_above_is_not_listened_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.parent / "de06-extract.toml").write_text('select = ["date-*"]', "utf-8")
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    monkeypatch.setattr(Path, "stat", lambda self, **_: os.stat_result((0o40755, 0, 0, 1, 4712, 0, 0, 0, 0, 0)))
    assert find_configuration(folder) is None


def test_the_command_line_comes_first_then_the_environment_then_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "de06-extract.toml").write_text(
        'lang = "en"\nignore = ["ratio-*"]\nseverity = {date-impossible = "info"}'
    )
    assert run("a.txt", "--no-limits", "--format", "text").stdout.count("Note") == 1
    monkeypatch.setenv("DE06_LANG", "vi")
    assert "Ghi chú" in run("a.txt", "--no-limits", "--format", "text").stdout
    monkeypatch.setenv("DE06_IGNORE", "date-*, sum-*")
    assert rules() == RATIOS
    assert rules("--ignore", "ratio-*") == ["date-impossible"]
    monkeypatch.setenv("DE06_SEVERITY", "date-impossible=warning,ratio-*=info")
    monkeypatch.setenv("DE06_FAIL_ON", "warning")
    assert run("a.txt", "--no-limits").exit_code == 0
    assert run("a.txt", "--no-limits", "--fail-on", "info").exit_code == 1


def test_a_file_may_be_named_or_none_wanted(folder: Path, tmp_path: Path) -> None:
    (folder / "de06-extract.toml").write_text('ignore = ["date-*"]')
    other = tmp_path / "khác.toml"
    other.write_text('ignore = ["ratio-*"]')
    assert rules("--config", other) == ["date-impossible"]
    assert rules("--config", "none") == [*RATIOS, "date-impossible"]
    missing = run("a.txt", "--config", tmp_path / "no.toml")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr == f"{tmp_path / 'no.toml'}: không mở được (không có tệp hoặc thư mục này)\n"


def test_files_that_are_named_lie_as_seen_from_the_file_of_settings(folder: Path) -> None:
    more = folder.parent / "chỉ tiêu.toml"
    more.write_text("[[indicator]]\nid = 5\n", "utf-8")
    (folder.parent / "de06-extract.toml").write_text('indicators = "chỉ tiêu.toml"', "utf-8")
    assert run("a.txt", "--no-limits", "--quiet").stderr.startswith(f"{more}: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('failon = "error"', "failon: không có mục này (gần nhất: fail-on)"),
        ('fail-on = "fatal"', "fail-on: phải là một trong: error, warning, info"),
        ('lang = "en"\nfail-on = "fatal"', "fail-on: must be one of: error, warning, info"),
        ("select = 5", "select: phải là một danh sách chuỗi"),
        ("ignore = [5]", "ignore.0: phải là một chuỗi ký tự"),
        ('severity = {unsure = "bad"}', "severity.unsure: phải là một trong: error, warning, info"),
        ("min-confidence = 2", "min-confidence: không được lớn hơn 1"),
        ('jobs = "many"', "jobs: phải là một số nguyên"),
        ('keep-personal-data = "perhaps"', "keep-personal-data: phải là true hoặc false"),
        ('select = ["ratio-mismach"]', "select: không có quy tắc “ratio-mismach” (gần nhất: ratio-mismatch)"),
        ('[severity]\n"zzz*" = "info"', "severity: không có quy tắc “zzz*”"),
        ("a = ", "không phải TOML (Invalid value (at end of document))"),
    ],
)
def test_what_is_wrong_is_said_with_the_file_and_the_setting(folder: Path, text: str, said: str) -> None:
    file = folder / "de06-extract.toml"
    file.write_text(text, "utf-8")
    for command in (["a.txt"], ["check", "."], ["report", "no.sqlite"]):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"{file}: {said}")
        assert result.stderr.count("\n") == 1


def test_a_variable_that_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DE06_FAIL_ON", "fatal")
    assert run("a.txt").stderr == "DE06_FAIL_ON: phải là một trong: error, warning, info\n"
    monkeypatch.setenv("DE06_FAIL_ON", "")
    assert run("a.txt", "--no-limits").exit_code == 0, "an empty variable says nothing"
    monkeypatch.setenv("DE06_MAX_MEMORY", "much")
    assert run("a.txt").exit_code == 2


def test_a_wrong_table_of_a_shared_file_is_named(folder: Path) -> None:
    file = folder / "pyproject.toml"
    file.write_text("[tool]\nde06-extract = 5\n", "utf-8")
    assert run("a.txt").stderr == f"{file}: [tool.de06-extract] không phải một bảng\n"


def test_every_setting_is_an_option_of_the_check() -> None:
    from typer.main import get_command

    check = get_command(app).get_command(None, "check")  # type: ignore[attr-defined]
    assert set(Configuration.model_fields) <= {parameter.name for parameter in check.params}


@pytest.mark.slow
def test_a_check_leaves_out_what_is_excluded_and_says_so(folder: Path, tmp_path: Path) -> None:
    (folder / "nháp").mkdir()
    (folder / "nháp" / "b.txt").write_text(TEXT, "utf-8")
    settings = (
        'exclude = ["nháp/"]\nfail-on = "error"\nselect = ["ratio-*"]\ntimeout = 60\nmax-memory = "1G"\njobs = 1\n'
    )
    (folder / "de06-extract.toml").write_text(settings, "utf-8")
    result = run("check", ".", "--store", tmp_path / "kq.sqlite", "-o", tmp_path / "kq.jsonl")
    assert result.exit_code == 1, result.output
    assert "1 tệp không kiểm tra theo --include, --exclude." in result.stderr
    (line,) = map(json.loads, (tmp_path / "kq.jsonl").read_text("utf-8").splitlines())
    assert line["path"].endswith("báo cáo/a.txt"), "the file of settings is no report either"
    assert {finding["rule"] for finding in line["report"]["findings"]} == {"ratio-mismatch"}


def test_without_settings_their_model_is_not_loaded(folder: Path) -> None:
    script = "import sys; from de06_extract.commands.cli import main\n"
    script += "try: main()\nfinally: print('pydantic_settings' in sys.modules)"
    command = [sys.executable, "-c", script, "a.txt", "--no-limits", "--format", "text"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.endswith("False\n")


SETTINGS = 'fail-on = "error"\nignore = ["date-*"]\njobs = 2\nlang = "vi"'


def test_a_file_that_was_found_is_told_with_what_it_sets(folder: Path, tmp_path: Path) -> None:
    file = folder.parent / "de06-extract.toml"
    file.write_text(SETTINGS, "utf-8")
    line = f"Áp dụng {file}: fail-on, ignore, lang (--config none để bỏ qua)"
    result = run("a.txt", "--no-limits")
    assert result.stderr.splitlines() == [line]
    assert json.loads(result.stdout)["findings"]
    in_english = run("a.txt", "--no-limits", "--lang", "en").stderr
    assert in_english == f"Settings of {file} hold: fail-on, ignore, lang (--config none leaves them out)\n"
    assert (
        f"Áp dụng {file}: fail-on, ignore, jobs, lang (" in run("check", ".", "--store", tmp_path / "s.sqlite").stderr
    )


@pytest.mark.parametrize("options", [("--quiet",), ("--config", "none"), ("--config", "../de06-extract.toml")])
def test_nothing_is_told_where_that_is_asked_for_or_the_file_was_named(folder: Path, options: tuple[str, ...]) -> None:
    (folder.parent / "de06-extract.toml").write_text(SETTINGS, "utf-8")
    assert run("a.txt", "--no-limits", *options).stderr == ""


def test_a_file_that_sets_nothing_for_the_command_is_not_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "de06-extract.toml").write_text("jobs = 2", "utf-8")
    monkeypatch.setenv("DE06_IGNORE", "date-*")
    assert run("a.txt", "--no-limits").stderr == ""
