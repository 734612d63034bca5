"""The rules that are wanted or not and the severities of others, in every command that shows findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app

TEXT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%. Có 10/12 xã (đạt 83,4%). Ngày 31/02/2024 có báo cáo.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "kho" / "báo cáo.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def found(file: Path, *options: str) -> list[tuple[str, str]]:
    """The rules and severities of the findings that the JSON holds."""
    result = run(file, "--no-limits", *options)
    assert result.exit_code == 0, result.output
    return [(finding["rule"], finding["severity"]) for finding in json.loads(result.stdout)["findings"]]


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "ratio-mismatch"], ["ratio-mismatch", "ratio-mismatch"]),
        (["--ignore", "ratio-*"], ["date-impossible"]),
        (["--select", "date-impossible, ratio-mismatch", "--ignore", "ratio-mismatch"], ["date-impossible"]),
        (["--select", "sum-*", "--select", "date-*"], ["date-impossible"]),
    ],
)
def test_rules_are_chosen(wrong: Path, options: list[str], rules: list[str]) -> None:
    assert [rule for rule, _ in found(wrong, *options)] == rules


def test_a_severity_is_another_one_and_decides_the_exit_code(wrong: Path) -> None:
    options = ["--severity", "ratio-mismatch=info,date-impossible=warning"]
    assert {severity for _, severity in found(wrong, *options)} == {"info", "warning"}
    assert run(wrong, "--no-limits", *options, "--fail-on", "error").exit_code == 0
    assert run(wrong, "--no-limits", *options, "--fail-on", "warning").exit_code == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--select", "ratio-mismach"], "--select: không có quy tắc “ratio-mismach” (gần nhất: ratio-mismatch)"),
        (["--ignore", "zzz*"], "--ignore: không có quy tắc “zzz*”; “de06-extract rules”"),
        (
            ["--severity", "unsure=fatal"],
            "--severity: “unsure=fatal” không đúng dạng QUY-TẮC=MỨC, trong đó MỨC là error",
        ),
        (["--severity", "unsure"], "--severity: “unsure” không đúng dạng"),
        (["--severity", "unsre=info"], "--severity: không có quy tắc “unsre” (gần nhất: unsure)"),
        (["--lang", "en", "--select", "unsre"], "--select: there is no rule «unsre» (the nearest is unsure)"),
    ],
)
def test_a_rule_that_there_is_not_is_named_with_the_nearest(wrong: Path, options: list[str], said: str) -> None:
    for command in ([wrong], ["check", wrong]):
        result = run(*command, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(said)
        assert result.stderr.count("\n") == 1


@pytest.mark.slow
def test_the_store_keeps_everything_and_each_report_says_what_it_wants(wrong: Path, tmp_path: Path) -> None:
    store, lines = tmp_path / "kq.sqlite", tmp_path / "kq.jsonl"
    checked = run(
        "check", wrong.parent, "--store", store, "-o", lines, "--select", "date-*", "--fail-on", "error", "-q"
    )
    assert checked.exit_code == 1
    assert rules_of(lines) == ["date-impossible"]
    options = ["--ignore", "date-*", "--severity", "ratio-*=info", "--fail-on", "warning", "-o", lines]
    later = run("report", store, *options)
    assert later.exit_code == 0, later.output
    assert rules_of(lines) == ["ratio-mismatch", "ratio-mismatch"]
    assert "2 ghi chú" in later.stdout
    baseline = tmp_path / "bỏ qua.toml"
    run("report", store, "--select", "date-*", "--write-baseline", baseline)
    assert 'rule = "date-impossible"' in baseline.read_text("utf-8")
    assert "ratio-mismatch" not in baseline.read_text("utf-8")


def rules_of(lines: Path) -> list[str]:
    parsed: list[dict[str, Any]] = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    return [finding["rule"] for line in parsed for finding in line["report"]["findings"]]
