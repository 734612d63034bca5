"""CSV files: what a reader of CSV finds in them."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import polars
import pytest

from de06_extract.output.tables.csv_tables import Delimiter, write_csv
from tests.output.tables.made_up import HOSTILE, csv_rows, made_up, run


def test_csv_prints_the_findings(wrong: Path) -> None:
    result = run(wrong, "--format", "csv")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(result.stdout_bytes)
    assert [(row["Mức"], row["Báo cáo ghi"]) for row in rows] == [("Lỗi", "98,57%"), ("Cảnh báo", "83,4%")]
    assert rows[0]["Nội dung cần rà soát"] == "3.225/3.265 là 98,77%, báo cáo ghi 98,57%"


def test_a_table_can_be_chosen(wrong: Path, tmp_path: Path) -> None:
    printed = run(wrong, "--format", "csv", "--table", "claims").stdout_bytes
    assert [row["Tử số"] for row in csv_rows(printed)] == ["3225", "10", "3"]
    run(wrong, "--format", "csv", "--table", "claims", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == printed
    assert {path.name for path in tmp_path.iterdir()} == {"out.csv", wrong.name}


def test_csv_has_a_file_a_table(wrong: Path, tmp_path: Path) -> None:
    assert run(wrong, "--format", "csv", "-o", tmp_path / "out.csv").output == ""
    names = {"out.findings.csv", "out.indicators.csv", "out.claims.csv"}
    assert {path.name for path in tmp_path.iterdir()} == {*names, wrong.name}
    assert len(csv_rows((tmp_path / "out.claims.csv").read_bytes())) == 3


@pytest.mark.parametrize(
    ("name", "mark", "percent"), [("comma", ",", "98.57"), ("semicolon", ";", "98,57"), ("tab", "\t", "98.57")]
)
def test_a_semicolon_goes_with_decimal_commas(wrong: Path, name: str, mark: str, percent: str) -> None:
    result = run(wrong, "--format", "csv", "--table", "claims", "--delimiter", name)
    assert csv_rows(result.stdout_bytes, mark)[0]["Tỷ lệ (%)"] == percent


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    file = BytesIO()
    write_csv(
        [{"claims": [made_up("claims", label=text, total=Decimal("-12.50"), computed=-3)]}], {"claims": file}, "vi"
    )
    (row,) = csv_rows(file.getvalue())
    assert row["Nội dung thống kê"].lstrip().startswith(("'", "| "))  # a tab is shown as a bar
    assert (row["Tổng"], row["Kết quả tính lại"]) == ("-12.50", "-3")


def test_csv_keeps_marks_lines_and_all_digits() -> None:
    file = BytesIO()
    row = made_up("claims", label='a,"b";c', findings="một\nhai", total=Decimal("12345678901234567890.10"))
    write_csv([{"claims": [row]}], {"claims": file}, "vi")
    (found,) = csv_rows(file.getvalue())
    assert (found["Nội dung thống kê"], found["Cần rà soát"]) == ('a,"b";c', "một\nhai")
    assert found["Tổng"] == "12345678901234567890.10"


MARKS = {"comma": ",", "semicolon": ";", "tab": "\t"}
SPLIT_AT = (";", ",", "\t", "|")  # what Excel may take between cells, by its settings or by what a person chooses
EVIL = (
    "x{0}=1+1{0}y.txt",
    "x{0} =1+1",
    'x{0}"=1+1',
    'x{0}""  =HYPERLINK("http://x","y")',
    "x{0}+cmd|' /C calc'!A0",
    "x{0}-2+3+cmd|' /C calc'!A0{0}",
    "x{0}-5,2+cmd|' /C calc'!A0",
    "x{0}- cmd|' /C calc'!A0",
    "x{0}@SUM(A1)",
    "x{0}＝1+1",
    "một\n=1+1{0}",
    "{0}=1+1",
    "{0}{0}=1",
)


@pytest.mark.parametrize("split_at", SPLIT_AT)
@pytest.mark.parametrize("written", list(MARKS))
@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula_wherever_a_program_splits(text: str, written: Delimiter, split_at: str) -> None:
    file = BytesIO()
    row = made_up("claims", label=text.format(split_at), quote=text.format(split_at), findings=text.format(split_at))
    write_csv([{"claims": [row, row]}], {"claims": file}, "vi", written)
    for line in file.getvalue().decode("utf-8-sig").splitlines():
        for cell in line.split(split_at):  # as a program does that heeds no quotation marks
            bare = cell.lstrip(' "')
            assert not bare.startswith(("=", "+", "@", "＝")), cell
            assert not bare.startswith("-") or re.fullmatch(r"-[\d.]+", bare), cell


@pytest.mark.parametrize("name", ["x;=1+1;y.txt", "a,@b.txt", "a|+1.txt", "=1.txt"])
def test_a_file_name_is_no_formula(name: str, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / name).write_text("Đạt 1/2 hồ sơ ;=1+1 (60%).\n", "utf-8")
    run("check", tmp_path / "archive", "--store", tmp_path / "s.sqlite", "--report", tmp_path / "out.csv", "-q")
    for path in tmp_path.glob("out.*.csv"):
        for line in path.read_text("utf-8-sig").splitlines():
            for split_at in SPLIT_AT:
                assert not [cell for cell in line.split(split_at) if cell.lstrip(' "').startswith(("=", "+", "@"))]


@pytest.mark.parametrize("text", ["-12,5%", "-5", "-1.234,5", "giảm 5, -3, -2, 1", "5; -3; 2", "3 - 2 = 1"])
def test_numbers_below_nought_stay_what_they_are(text: str) -> None:
    file = BytesIO()
    write_csv([{"claims": [made_up("claims", label=text)]}], {"claims": file}, "vi")
    (row,) = csv_rows(file.getvalue())
    assert row["Nội dung thống kê"] == text


def test_with_ids_the_table_is_that_of_parquet(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "--format", "csv", "-o", tmp_path / "out.csv", "--headers", "ids")
    run(wrong, "--format", "parquet", "-o", tmp_path / "out.parquet")
    for name in ("findings", "indicators", "claims"):
        tables = polars.read_parquet(tmp_path / f"out.{name}.parquet")
        read = polars.read_csv(tmp_path / f"out.{name}.csv", infer_schema_length=1, try_parse_dates=True)
        assert read.columns == tables.columns
        for column in tables.columns:
            if tables[column].dtype == polars.Float64 and tables[column][0] is not None:
                assert read[column].dtype == polars.Float64
                assert read[column].to_list() == tables[column].to_list()
    findings = csv_rows((tmp_path / "out.findings.csv").read_bytes())
    assert [row["severity"] for row in findings] == ["error", "warning"]


def test_a_column_that_may_hold_fractions_has_them_from_its_first_row_on() -> None:
    file = BytesIO()
    totals = [78, *[79] * 200, 78.5]
    write_csv([{"claims": [made_up("claims", total=total) for total in totals]}], {"claims": file}, "vi", headers="ids")
    assert polars.read_csv(file.getvalue())["total"].to_list() == totals


def test_heads_in_words_stay_what_they_were_and_other_forms_have_none(wrong: Path) -> None:
    plain = run(wrong, "--format", "csv").stdout_bytes
    assert run(wrong, "--format", "csv", "--headers", "words").stdout_bytes == plain
    refused = run(wrong, "--format", "text", "--headers", "ids")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == "--headers: chỉ dùng cùng --format csv\n"
