"""How a command says how it is used, and what is wrong with how it was used, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from de06_extract.commands import ending
from de06_extract.commands.cli import app
from de06_extract.commands.usage import help_of
from de06_extract.language.messages import Language, messages, speaking
from de06_extract.output.archive import archive_formats, printed_formats
from de06_extract.output.report import report_formats
from de06_extract.readers import readers

GROUP: Any = typer.main.get_command(app)
COMMANDS = tuple(GROUP.list_commands(None))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "một.txt").write_text("Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_words_in_both_languages(name: str, language: Language) -> None:
    command = GROUP.get_command(None, name)
    with speaking(language):
        for parameter in command.params:
            assert help_of(command, parameter), (name, parameter.name)
            assert parameter.help is None, (name, parameter.name)  # the words are data
    assert messages("help")[language]["about"][name]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_noun_of_a_value_has_a_word(language: Language) -> None:
    words = messages("help")[language]["metavar"]
    for name in COMMANDS:
        for parameter in GROUP.get_command(None, name).params:
            assert parameter.metavar is None or parameter.metavar.strip("[].") in words, (name, parameter.name)


def test_help_names_what_is_read_and_written() -> None:
    forms, found = report_formats(), messages("help")["found"]
    assert found == {
        "endings": sorted(readers()),
        "file_endings": [suffix for form in forms for suffix in form.suffixes],
        "archive_endings": [suffix for form in archive_formats() for suffix in form.suffixes],
        "forms": [form.name for form in forms],
        "printed": [form.name for form in printed_formats()],
        "with_tables": [form.name for form in forms if form.tables != "none"],
        "with_tables_apart": [form.name for form in forms if form.tables == "apart"],
        "with_delimiter": [form.name for form in forms if form.has_delimiter],
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_no_types_of_the_program(name: str) -> None:
    shown = run(name, "--help").stdout
    assert not [leak for leak in ("<list", "<int", "<float", "{PATH", "[Path]", "FILE", "TEXT") if leak in shown]
    english = run(name, "--help", "--lang", "en") if "--lang" in shown else run(name, "--help")
    assert english.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--formt", "text", "a.txt"], "Lỗi: không có tùy chọn --formt; có phải --format"),
        (["--lang", "fr", "a.txt"], "Lỗi: --lang nhận một trong: vi, en"),
        (["a.txt", "--output"], "Lỗi: --output cần có giá trị đi kèm"),
        (["check"], "Lỗi: thiếu ĐƯỜNG_DẪN..."),
        (["check", "a", "--jobs", "0"], "Lỗi: --jobs nhận số từ 1 đến 1024"),
        (["check", "a", "--max-memory", "to"], "Lỗi: --max-memory: “to” không phải dung lượng, như 500M hoặc 2G"),
        (["report", "a", "b"], "Lỗi: thừa tham số: b"),
        (["--format", "xml", "a.txt"], "Lỗi: --format: không có dạng “xml”; có csv, "),
        (["--formt", "text", "a.txt", "--lang", "en"], "Error: there is no option --formt; did you mean --format"),
        (["check", "--lang=en"], "Error: missing: PATH..."),
    ],
)
def test_wrong_usage_is_said_in_the_language_that_is_asked_for(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending.run_to_end(app, arguments) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(said)
    assert second.endswith("--help")


def test_the_environment_names_the_language(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("DE06_LANG", "en")
    assert "Usage: " in run("check", "--help").stdout
    assert "Cách dùng: " in run("check", "--help", "--lang", "vi").stdout
    report = json.loads(run(folder / "một.txt").stdout)
    assert "the report says" in report["findings"][0]["message"]
