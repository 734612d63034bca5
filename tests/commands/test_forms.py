"""Which form the commands write, and how they say that options do not fit each other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app
from de06_extract.output.archive import archive_formats
from de06_extract.output.report import report_formats
from de06_extract.readers import readers
from tests.conftest import corpus

COPIES = {"fixed", "notes", "patch"}  # which are of some formats alone, and have several endings
WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\n"


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.md"
    path.write_text(WRONG, "utf-8")
    return path


def refusal(*arguments: object) -> str:
    """The one line on standard error of a command that is refused."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize(
    "form", [form.name for form in report_formats() if form.tables != "apart" and form.name not in COPIES]
)
def test_the_ending_of_the_output_is_as_good_as_its_format(form: str, wrong: Path, tmp_path: Path) -> None:
    (suffix,) = next(known.suffixes for known in report_formats() if known.name == form)
    by_ending, by_name = tmp_path / f"a{suffix}", tmp_path / "a.out"
    assert run(wrong, "-o", by_ending).output == ""
    assert run(wrong, "-o", by_name, "--format", form).output == ""
    assert by_ending.read_bytes() == by_name.read_bytes()


def test_a_workbook_and_tables_come_by_their_endings(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "-o", tmp_path / "a.XLSX")
    assert openpyxl.load_workbook(tmp_path / "a.XLSX").sheetnames == ["Cần rà soát", "Chỉ tiêu", "Số liệu", "Chú giải"]
    run(wrong, "-o", tmp_path / "b.csv", "--delimiter", "semicolon")
    assert {path.name for path in tmp_path.glob("b.*")} == {"b.findings.csv", "b.indicators.csv", "b.claims.csv"}
    run(wrong, "-o", tmp_path / "c.csv", "--table", "claims")
    assert [path.name for path in tmp_path.glob("c.*")] == ["c.csv"]


def test_an_ending_and_a_format_that_contradict_each_other_are_refused(wrong: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.xlsx"
    assert refusal(wrong, "--format", "csv", "-o", output) == (
        f"{output}: đuôi tệp là dạng xlsx, còn --format là csv; hãy bỏ --format hoặc đổi đuôi thành .csv\n"
    )
    assert not output.exists()


def test_a_page_is_written_of_one_report_as_of_an_archive(wrong: Path, tmp_path: Path) -> None:
    assert run(wrong, "-o", tmp_path / "a.html", "--output", tmp_path / "a.xlsx").output == ""
    assert "98,77%" in (tmp_path / "a.html").read_text("utf-8")
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["a.doc", "a.out", "a.htlm"])
def test_an_ending_that_no_form_has_is_refused_with_those_there_are(wrong: Path, tmp_path: Path, name: str) -> None:
    said = refusal(wrong, "-o", tmp_path / name)
    assert "đuôi tệp không cho biết dạng kết quả; hãy dùng .csv, .docx, .sua.docx, .sua.txt, " in said
    assert not (tmp_path / name).exists()
    assert run(wrong, "-o", tmp_path / name, "--format", "json").output == ""


def test_a_form_for_a_report_is_refused_to_an_archive(wrong: Path, tmp_path: Path) -> None:
    said = refusal("check", wrong, "--report", tmp_path / "a.json")
    assert said.endswith("(.json là dạng kết quả của một tệp riêng)\n")
    assert not list(tmp_path.glob("*.sqlite"))


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    result = run("--format", "xml", "a.txt")
    assert result.exit_code == 2
    assert "không có dạng “xml”; có csv, docx, fixed, github, gitlab, html, json, " in result.stderr


def test_sarif_and_lines_come_from_standard_input(tmp_path: Path) -> None:
    printed = json.loads(run("-", "--format", "sarif", stdin=WRONG.encode()).stdout)
    assert [result["ruleId"] for result in printed["runs"][0]["results"]] == ["ratio-mismatch"]
    assert json.loads(run("-", "--format", "jsonl", stdin=WRONG.encode()).stdout)["path"] == "stdin.txt"


def test_the_lines_of_a_report_name_its_file_as_an_archive_does(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "-o", tmp_path / "a.jsonl")
    run("check", wrong, "--report", tmp_path / "b.jsonl", "-q")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_help_lists_what_is_read_and_written() -> None:
    printed = " ".join(run("--help").stdout.split())
    assert all(suffix in printed for suffix in readers())
    assert all(form.name in printed for form in report_formats())
    for command in ("check", "report"):
        shown = " ".join(run(command, "--help").stdout.split())
        assert all(suffix in shown for form in archive_formats() for suffix in form.suffixes)
    for command in ("extract", "rules", "check", "report"):
        assert not re.search(r"\{[a-z_]+\}", run(command, "--help").stdout)


def test_the_package_runs_as_a_module(wrong: Path) -> None:
    words = [sys.executable, "-m", "de06_extract", str(wrong), "--format", "text"]
    result = subprocess.run(words, capture_output=True, env=dict(os.environ), timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode("utf-8") == run(wrong, "--format", "text").stdout


def test_copies_with_notes_and_changes_lie_beside_the_file_and_leave_it_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.docx"
    shutil.copy(corpus("004", "docx"), file)
    before = file.read_bytes()
    noted = tmp_path / "báo cáo.ghi-chu.docx"
    page = tmp_path / "a.html"
    done = run(str(file), "-o", str(noted), "-o", str(page), "--fix")
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.html",
        "báo cáo.docx",
        "báo cáo.ghi-chu.docx",
        "báo cáo.sua.docx",
    ]
    assert file.read_bytes() == before
    assert run(str(file), "-o", str(file)).exit_code == 2
    assert file.read_bytes() == before


def test_a_patch_is_printed_and_a_copy_that_cannot_be_made_is_told_in_a_line(tmp_path: Path) -> None:
    text, scan = tmp_path / "a.txt", tmp_path / "a.pdf"
    text.write_text("Có 10/12 xã (đạt 83,4%).\n", "utf-8")
    shutil.copy(corpus("004", "pdf"), scan)
    done = run(str(text), "--diff")
    assert done.stdout == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-Có 10/12 xã (đạt 83,4%).\n+Có 10/12 xã (đạt 83,3%).\n"
    )
    refused = run(str(scan), "--fix")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "a.txt"]
