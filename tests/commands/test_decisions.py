"""Decisions that come back: written into a workbook, read into the store, shown in the next one, never overwritten."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app
from tests.archive.folders import RIGHT, WRONG, small_archive
from tests.output.tables.test_reviews import filled, findings_sheet

pytestmark = pytest.mark.slow


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of an archive, with a decision in it that nobody has read."""
    small_archive(tmp_path)
    (tmp_path / "kho" / "2024" / "bản sao.txt").unlink()
    assert run("check", tmp_path / "kho", "-o", tmp_path / "kq.xlsx", "-q").exit_code == 0
    return filled(tmp_path / "kq.xlsx", review_state="Số liệu đúng – bỏ qua", review_note="đã giải trình")


@pytest.fixture
def store(book: Path) -> Path:
    return book.with_suffix(".sqlite")


def test_decisions_are_read_counted_and_shown_in_the_next_workbook(book: Path, store: Path) -> None:
    result = run("report", store, "--decisions", book, "--reviewer", "An", "-o", book, "--fail-on", "info")
    assert result.exit_code == 0, result.output  # dismissed: nothing fails
    assert f"Đã đọc 1 ý kiến rà soát từ {book}: 1 ý kiến mới" in result.stdout
    assert "Ý kiến rà soát đã ghi: 1 số liệu đúng, bỏ qua." in result.stdout
    sheet, head, places = findings_sheet(openpyxl.load_workbook(book))
    keys = ("review_state", "review_note", "review_who", "dismissed_reason")
    row = [sheet.cell(head + 1, places[key]).value for key in keys]
    assert row == ["Số liệu đúng – bỏ qua", "đã giải trình", "An", "đã giải trình"]
    again = run("report", store, "--decisions", book)
    assert f"{book}: không có ý kiến rà soát nào mới." in again.stdout


def test_what_a_reviewer_wrote_is_not_overwritten(book: Path, store: Path) -> None:
    before = book.read_bytes()
    for command in (
        ("check", book.parent / "kho", "-o", book),
        ("report", store, "-o", book),
        (book.parent / "kho" / "sai.txt", "-o", book),
    ):
        result = run(*command)
        assert result.exit_code == 2
        assert "có 1 ý kiến rà soát chưa được đọc nên tệp không bị ghi đè" in result.stderr
        assert book.read_bytes() == before
    told = run("report", store, "-o", book).stderr
    assert f"de06-extract report {store} --decisions {book} -o {book}" in told  # and that command works
    assert run("report", store, "--decisions", book, "-o", book).exit_code == 0


def test_check_reads_decisions_before_it_writes(book: Path) -> None:
    result = run("check", book.parent / "kho", "--decisions", book, "-o", book)
    assert result.exit_code == 0, result.output
    assert "1 phát hiện đã được đánh dấu bỏ qua." in result.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "1 chưa có bản sửa"),
        (RIGHT, "1 không còn"),
        (WRONG.replace("98,57", "98,58"), "1 đã đổi số nhưng vẫn chưa khớp"),
        (WRONG + "Hết.\n", "1 vẫn còn trong bản mới"),
    ],
)
def test_what_was_corrected_is_verified_against_the_new_file(
    book: Path, store: Path, text: str | None, said: str
) -> None:
    filled(book, review_state="Số liệu sai – đã sửa")
    assert run("report", store, "--decisions", book).exit_code == 0
    if text is not None:
        (book.parent / "kho" / "sai.txt").write_text(text, "utf-8")
    result = run("check", book.parent / "kho", "--store", store)
    assert f"Nội dung báo đã sửa, kiểm tra lại: {said}." in result.stdout


def test_a_decision_whose_finding_is_gone_is_not_lost(book: Path, store: Path) -> None:
    filled(book, review_state="Số liệu sai – đã sửa")
    (book.parent / "kho" / "sai.txt").write_text(RIGHT, "utf-8")
    result = run("check", book.parent / "kho", "--decisions", book, "-o", book)
    assert result.exit_code == 0, result.output
    sheet = openpyxl.load_workbook(book)["Đã rà soát, không còn"]
    assert [row[1:4] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("sai.txt", "Tỷ lệ không khớp với tử số và mẫu số", WRONG.strip().removesuffix("."))
    ]
    assert run("check", book.parent / "kho" / "2024", "--store", store, "-o", book).exit_code == 0
    assert "Đã rà soát, không còn" not in openpyxl.load_workbook(book).sheetnames  # not of this run's files
    assert run("report", store, "-o", book).exit_code == 0
    assert "Đã rà soát, không còn" in openpyxl.load_workbook(book).sheetnames


def test_a_file_of_dismissals_is_another_door(book: Path, store: Path, tmp_path: Path) -> None:
    toml = tmp_path / "b.toml"
    assert run("report", store, "-q", "--write-baseline", toml, "--reason", "đã xem").exit_code == 0
    result = run("report", store, "--decisions", toml, "--fail-on", "info")
    assert result.exit_code == 0, result.output
    assert "1 ý kiến mới" in result.stdout
    toml.unlink()
    assert run("report", store, "--fail-on", "info").exit_code == 0  # the store knows it


def test_a_workbook_of_another_store_is_refused(book: Path, tmp_path: Path) -> None:
    (tmp_path / "khác").mkdir()
    (tmp_path / "khác" / "b.txt").write_text(WRONG, "utf-8")
    other = tmp_path / "b.sqlite"
    assert run("check", tmp_path / "khác", "--store", other, "-q").exit_code == 0
    result = run("report", other, "--decisions", book)
    assert result.exit_code == 2
    assert "tệp này được ghi từ kho khác" in result.stderr


def test_a_row_that_nobody_understands_is_told_and_keeps_its_workbook(book: Path, store: Path) -> None:
    filled(book, review_state="để xem")
    result = run("report", store, "--decisions", book, "-o", book)
    assert result.exit_code == 2
    assert "“để xem” không có trong danh sách ý kiến" in result.stderr
    assert "chưa được đọc" in result.stderr


def test_decisions_that_are_not_there_are_told_before_any_work(store: Path, tmp_path: Path) -> None:
    result = run("report", store, "--decisions", tmp_path / "no.xlsx")
    assert (result.exit_code, result.stderr) == (
        2,
        f"{tmp_path / 'no.xlsx'}: không mở được (không có tệp này)\n",
    )
