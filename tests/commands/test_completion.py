"""The shell is told which words fit: commands, options, values; and hooks of pre-commit name what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from de06_extract.commands.cli import app
from de06_extract.readers import readers
from tests.conftest import ROOT

SCRIPT = "from de06_extract.commands.cli import main; main()"


def completed(line: str, *, folder: Path) -> list[str]:
    """The words that bash is offered for the last word of a line."""
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_DE06_EXTRACT_COMPLETE": "complete_bash"}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **words},
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert not result.stderr
    return result.stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("de06-extract ch", ["check"]),
        ("de06-extract ", ["extract", "explain", "rules", "check", "watch", "web", "report", "learn"]),
        ("de06-extract check --sev", ["--severity"]),
        ("de06-extract check kho --fail-on ", ["error", "warning", "info"]),
        ("de06-extract a.txt --with", ["--with-text"]),
    ],
)
def test_the_shell_is_offered_what_fits(line: str, expected: list[str], tmp_path: Path) -> None:
    assert completed(line, folder=tmp_path) == expected


def test_a_wrong_file_of_settings_does_not_stop_completion(tmp_path: Path) -> None:
    (tmp_path / "de06-extract.toml").write_text("fail-on = 5")
    assert completed("de06-extract check --sev", folder=tmp_path) == ["--severity"]


def test_hooks_name_a_command_and_endings_that_there_are() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (entry,) = re.findall(r"entry: de06-extract (.*)", hooks)
    (pattern,) = re.findall(r"files: (.*)", hooks)
    from typer.main import get_command

    command, *options = entry.split()
    check = get_command(app).get_command(None, command)  # type: ignore[attr-defined]
    known = {name for parameter in check.params for name in parameter.opts}
    assert {option for option in options if option.startswith("--")} <= known
    endings = {ending for ending in readers() if re.search(pattern, f"a{ending}")}
    assert {".docx", ".pdf", ".txt", ".xlsx", ".html"} <= endings
    assert not re.search(pattern, "a.py")
