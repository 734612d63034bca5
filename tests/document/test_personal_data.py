"""Numbers of citizens stand in no output; counts, amounts, codes and numbers of offices stay."""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path
from zipfile import ZipFile

import pytest

from de06_extract import Limits, check_text, extract
from de06_extract.document.document import Document
from de06_extract.document.personal_data import without_personal_data
from tests.output.tables.made_up import run

MASKED = {
    "CCCD số 012345678901": ["012345678901"],
    "thẻ căn cước công dân: 912345678901.": ["912345678901"],
    "CCCD của ông Nguyễn Văn A: 001 099 012 345": ["001 099 012 345"],
    "CMND/CCCD số 123456789 và 012345678901": ["123456789", "012345678901"],
    "CMND: 123456789, 123456780; 123456781": ["123456789", "123456780", "123456781"],
    "CMND số 123 456 789 cấp năm 2010": ["123 456 789"],
    "chứng minh nhân dân số 123456789": ["123456789"],
    "số định danh cá nhân là 034567890123": ["034567890123"],
    "định danh của bà Trần Thị B (034.567.890.123)": ["034.567.890.123"],
    "Ông A (001099012345) đã nộp": ["001099012345"],
    "SĐT 0912345678": ["0912345678"],
    "điện thoại: 0912.345.678": ["0912.345.678"],
    "liên hệ 0912 345 678 hoặc +84 912 345 678": ["0912 345 678", "+84 912 345 678"],
    "Zalo 091-234-5678, (+84)912345678": ["091-234-5678", "(+84)912345678"],
    "ĐT: 01234567890": ["01234567890"],
    "Nguyễn Văn A, 0387 654 321, xã B": ["0387 654 321"],
}
KEPT = [
    "Đã cấp 123456789 CCCD",
    "Tổng kinh phí 350000000000 đồng, 123456789012 đồng",
    "CCCD: 123456789 thẻ; cấp số định danh: 104.526.318.",
    "Số định danh cá nhân: 104.526.318 hồ sơ, 123.456.789.012 đồng",
    "hotline 0912345678, đường dây nóng: 0912.345.678",
    "Tổng đài 1900 1234, 18001091; ĐT cơ quan: 0220.3747.123, (024) 3911 2233",
    "mã số thuế 0312345678, MST: 0901234567, STK 0912345678901",
    "Số 0912345678/BC-UBND, mã hồ sơ 000.00.12.H23-230912-0001",
    "Năm 2023: 1.234.567 hồ sơ; 98,77%; 0,5 điểm; từ 05/3 đến 07/8/2023",
    "tăng 012345678,5 lần; 3.0912345678; 2.012345678901",
    "có 0 hồ sơ, 07 xã, 09 12 34 lượt",
    "CMND cho 350000 công dân, căn cước 1.250.000",
]


@pytest.mark.parametrize(("text", "numbers"), MASKED.items(), ids=list(MASKED))
def test_a_number_of_a_citizen_is_masked_digit_by_digit(text: str, numbers: list[str]) -> None:
    wanted = text
    for number in sorted(numbers, key=len, reverse=True):
        wanted = wanted.replace(number, "".join("*" if c.isdecimal() else c for c in number))
    assert without_personal_data(Document("a.txt", text)).text == wanted


@pytest.mark.parametrize("text", KEPT)
def test_counts_amounts_codes_and_offices_stay(text: str) -> None:
    assert without_personal_data(Document("a.txt", text)).text == text


def test_a_column_is_masked_by_its_heading() -> None:
    text = "STT\tHọ tên\tSố CMND\tSố thẻ CCCD đã cấp\tĐiện thoại\n1\tA\t123456789\t123456789\t01234567890\n"
    (table,) = check_text(text).tables
    assert table.rows[0] == ("1", "A", "*********", "123456789", "***********")


def test_many_numbers_take_time_in_proportion() -> None:
    text = "CCCD 012345678901, SĐT 0912345678; " * 20_000
    masked = without_personal_data(Document("a.txt", text)).text
    assert len(masked) == len(text)
    assert not any(character.isdecimal() for character in masked)


SECRETS = ("012345678901", "187654321", "0912345678", "034567890123")
TEXT = (
    "BÁO CÁO\nKết quả, CCCD 034567890123\n\n"
    "1. Hồ sơ của ông A, CCCD 012345678901\n\n"
    "Tiếp nhận hồ sơ của ông A (CCCD số 012345678901, CMND 187654321, SĐT 0912345678) 3.225/3.265 đạt tỷ lệ 98,57%.\n\n"
    "STT\tHọ tên\tSố CMND\tGiao\tĐạt\tTỷ lệ\n1\tÔng A 012345678901\t187654321\t20\t15\t70%\n"
    "2\tB\t187654321\t8\t4\t50%\n\n"
    "Có 18 công văn gửi ông A (SĐT 0912345678). Có 19 công văn gửi ông A (SĐT 0912345678).\n"
)


def test_offsets_and_figures_are_those_of_the_text_as_it_is() -> None:
    masked, kept = check_text(TEXT), check_text(TEXT, keep_personal_data=True)
    assert [(f.rule, f.span.start, f.span.end) for f in masked.findings] == [
        (f.rule, f.span.start, f.span.end) for f in kept.findings
    ]
    assert len(masked.findings) >= 2
    for finding in masked.findings:
        assert len(finding.span.text) == finding.span.end - finding.span.start
    assert not any(secret in masked.model_dump_json() for secret in SECRETS)
    assert len([secret for secret in SECRETS if secret in kept.model_dump_json()]) == 3
    assert extract(TEXT.encode(), name="a.txt").findings == masked.findings


@pytest.mark.parametrize("form", ["json", "text", "jsonl", "csv", "xlsx", "parquet", "sarif"])
def test_no_form_of_a_report_has_a_number_of_a_citizen(form: str, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    for keep in (False, True):
        folder = tmp_path / str(keep)
        folder.mkdir()
        option = ["--keep-personal-data"] if keep else []
        result = run(source, "--format", form, "-o", folder / f"out.{'txt' if form == 'text' else form}", *option)
        assert result.exit_code == 0, result.output
        _judge(folder, keep)


@pytest.mark.parametrize("form", ["html", "jsonl", "csv", "xlsx", "parquet", "sarif"])
def test_no_form_of_an_archive_has_a_number_of_a_citizen(form: str, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.txt").write_text(TEXT, "utf-8")
    for keep in (False, True):
        folder = tmp_path / str(keep)
        folder.mkdir()
        option = ["--keep-personal-data"] if keep else []
        arguments = ("--store", folder / "s.sqlite", "--report", folder / f"out.{form}", "-q", *option)
        assert run("check", archive, *arguments).exit_code == 0
        assert run("check", archive, *arguments, "--write-baseline", folder / "b.toml").exit_code == 0
        _judge(folder, keep)
        connection = sqlite3.connect(folder / "s.sqlite")
        (packed,) = connection.execute("SELECT report FROM results").fetchone()
        connection.close()
        assert any(secret in zlib.decompress(packed).decode() for secret in SECRETS) is keep


def _judge(folder: Path, keep: bool) -> None:
    """Nothing that was written has one of the numbers, in whatever it is packed, unless they were to be kept."""
    said = ""
    for path in folder.iterdir():
        said += path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".xlsx":
            with ZipFile(path) as book:
                said += "".join(book.read(name).decode() for name in book.namelist())
        if path.suffix == ".parquet":
            import pyarrow.parquet

            said += json.dumps(pyarrow.parquet.read_table(path).to_pylist(), default=str)
    assert any(secret in said for secret in SECRETS) is keep


def test_an_explanation_has_no_number_of_a_citizen(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, "utf-8")
    for form in ("text", "json"):
        result = run("explain", source, "98,57%", "--format", form)
        assert result.exit_code == 0, result.output
        assert not [secret for secret in SECRETS if secret in result.output]


def test_a_process_of_its_own_masks_as_well() -> None:
    for keep in (False, True):
        report = extract(TEXT.encode(), name="a.txt", limits=Limits(), keep_personal_data=keep)
        assert (SECRETS[0] in report.model_dump_json()) is keep
