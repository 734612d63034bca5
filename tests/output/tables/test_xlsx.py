"""Tables in files: what Excel, a CSV reader and a data frame find in them, and what cannot be written."""

from __future__ import annotations

import csv
import os
import pty
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import polars
import pytest
from typer.testing import CliRunner, Result

from de06_extract import Report, check_text, extract
from de06_extract.commands.cli import app
from de06_extract.output.tables.columns import KINDS, Table, columns, sheet_name
from de06_extract.output.tables.csv_tables import write_csv
from de06_extract.output.tables.write import write_tables
from de06_extract.output.tables.xlsx import LONGEST_TEXT, write_sheets
from de06_extract.schema.report import Header, Indicator, Location, Period, Span
from de06_extract.schema.rows import Kind, Row

CORPUS = Path(__file__).parent.parent / "corpus"
COMMAND = str(Path(sys.executable).with_name("de06-extract"))
WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\nCó 3/4 xã đạt 75%.\n"
HOSTILE = (
    "=1+1",
    "+1",
    "-1 xã",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠1",
    " =1+1",
    '=HYPERLINK("http://x")',
)


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo.txt"
    path.write_text(WRONG, "utf-8")
    return path


def made_up(kind: Kind = "findings", /, **values: Any) -> Row:
    """A row in which only some columns hold something."""
    keys = {column.key for column in columns(kind, "vi")} | {"document_date_text"}
    assert set(values) <= keys
    return {**dict.fromkeys(keys), **values}


def workbook(rows: Iterable[Row], kind: Kind = "findings", **options: Any) -> Any:
    """A workbook of one table, read back."""
    file = BytesIO()
    write_sheets(({kind: [row]} for row in rows), file, [kind], "vi", **options)
    return openpyxl.load_workbook(file)


def cell(sheet: Any, key: str, row: int = 2, kind: Kind = "findings") -> Any:
    at = [column.key for column in columns(kind, "vi")].index(key)
    return sheet.cell(row, at + 1)


def csv_rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


# ---------------------------------------------------------------- the workbook


@pytest.fixture
def book(wrong: Path, tmp_path: Path) -> Any:
    assert run(wrong, "--format", "xlsx", "-o", tmp_path / "out.xlsx").output == ""
    return openpyxl.load_workbook(tmp_path / "out.xlsx")


def test_a_workbook_has_a_sheet_a_table(book: Any) -> None:
    assert book.sheetnames == ["Cần rà soát", "Chỉ tiêu", "Số liệu"]
    assert [cell.value for cell in book["Cần rà soát"][1]][:4] == ["Mức", "Vị trí", "Mục", "Nội dung cần rà soát"]


def test_english_heads_and_words(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "--format", "xlsx", "--lang", "en", "-o", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Findings", "Indicators", "Claims"]
    assert [cell.value for cell in book["Findings"][2]][:2] == ["Error", "line 1"]


def test_the_head_stays_in_sight_and_filters(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        first, _, last = sheet.auto_filter.ref.partition(":")
        assert first == "A1"
        assert sheet[last].row == sheet.max_row or sheet.max_row == 1


def test_figures_are_numbers_in_the_notation_of_the_report(book: Any) -> None:
    claims = book["Số liệu"]
    numerator, percent = cell(claims, "numerator", 2, "claims"), cell(claims, "percent", 2, "claims")
    assert (numerator.value, numerator.number_format) == (3225, "#,##0")
    assert (percent.value, percent.number_format) == (98.57, "#,##0.00")
    assert cell(claims, "computed", 2, "claims").value == pytest.approx(98.7749, abs=1e-9)
    assert cell(claims, "verdict", 2, "claims").value == "Không khớp"


def test_rows_in_doubt_are_red_or_amber(book: Any) -> None:
    red, amber = "FFF8CBAD", "FFFFE699"
    fills = [row[0].fill.start_color.rgb for row in book["Cần rà soát"].iter_rows(min_row=2)]
    assert fills == [red, amber]
    fills = [row[-1].fill.start_color.rgb for row in book["Số liệu"].iter_rows(min_row=2)]
    assert fills[:2] == [red, amber]
    assert fills[2] not in (red, amber)


def test_columns_for_looking_up_are_folded_away(book: Any) -> None:
    sheet = book["Cần rà soát"]
    folded = {key: dimension.hidden for key, dimension in sheet.column_dimensions.items()}
    assert folded["A"] is False
    assert folded[cell(sheet, "document_type").column_letter] is True
    assert cell(sheet, "rule").value == "ratio-mismatch"


def test_texts_wrap_and_rows_are_as_high_as_they_need() -> None:
    sheet = workbook([made_up(quote="một hai ba " * 25), made_up(quote="một"), made_up(quote="một " * 9000)]).active
    assert cell(sheet, "quote").alignment.wrap_text
    heights = [sheet.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[1] in (None, 15)  # what is usual is not written
    assert 75 <= heights[0] < 105
    assert heights[2] == pytest.approx(150, abs=1)


def test_a_pdf_is_linked_by_page(tmp_path: Path) -> None:
    run(CORPUS / "pdf" / "002.pdf", "--format", "xlsx", "-o", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cần rà soát"]
    for key in ("location", "source_file"):
        link = cell(sheet, key).hyperlink
        assert link.location == "page=2"
        assert (tmp_path / link.target.replace("\\", "/")).resolve() == (CORPUS / "pdf" / "002.pdf").resolve()
    assert (cell(sheet, "location").value, cell(sheet, "source_file").value) == ("trang 2", "002.pdf")


def test_a_link_names_the_file_whatever_it_is_called(tmp_path: Path) -> None:
    row = made_up(location="trang 2", source_file="a", page=2, source_path=str(tmp_path / "100%41 #1 báo cáo.pdf"))
    sheet = workbook([row], folder=tmp_path).active
    assert cell(sheet, "location").hyperlink.target == "100%2541%20%231%20báo%20cáo.pdf"


@pytest.mark.parametrize("path", [None, "x" * 3000])
def test_what_cannot_be_linked_is_text(path: str | None) -> None:
    sheet = workbook([made_up(location="trang 2", source_path=path)]).active
    assert cell(sheet, "location").hyperlink is None
    assert cell(sheet, "location").value == "trang 2"


def test_a_report_from_standard_input_has_no_link(tmp_path: Path) -> None:
    run("-", "--format", "xlsx", "-o", tmp_path / "out.xlsx", stdin=WRONG.encode())
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cần rà soát"]
    assert cell(sheet, "source_file").value == "stdin.txt"
    assert cell(sheet, "source_file").hyperlink is None


def test_whole_dates_are_dates_and_others_text() -> None:
    rows = [
        made_up(document_date=date(2023, 10, 12), document_date_text="2023-10-12"),
        made_up(document_date_text="2024-04"),
        made_up(document_date=date(1890, 5, 19), document_date_text="1890-05-19"),
    ]
    sheet = workbook(rows).active
    found = cell(sheet, "document_date")
    assert (found.value, found.number_format) == (datetime(2023, 10, 12), "dd/mm/yyyy")
    assert [cell(sheet, "document_date", row).value for row in (3, 4)] == ["2024-04", "1890-05-19"]


@pytest.mark.parametrize("text", [*HOSTILE, "<r>a</r>", "<r><t>a</t></r>", "http://example.org", "123"])
def test_a_text_of_the_document_is_nothing_but_text(text: str) -> None:
    found = cell(workbook([made_up(quote=text)]).active, "quote")
    assert found.data_type in ("s", "inlineStr")
    assert str(found.value).strip() == text.strip("\t\r ").replace("\t", " | ") or "|" in str(found.value)
    assert found.hyperlink is None


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_no_formula(text: str) -> None:
    file = BytesIO()
    values: dict[str, Any] = {
        column.key: text for column in columns("findings", "vi") if column.type in ("text", "word", "link")
    }
    write_sheets([{"findings": [made_up(**values)]}], file, ["findings"], "vi")
    with zipfile.ZipFile(file) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_looks_like_an_escape_of_the_format_is_escaped() -> None:
    file = BytesIO()
    write_sheets([{"findings": [made_up(quote="_x0041_")]}], file, ["findings"], "vi")
    with zipfile.ZipFile(file) as archive:
        assert b">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml")


def test_rows_beyond_what_memory_allows_are_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("de06_extract.output.tables.xlsx._DRESSED_ROWS", 1)
    sheet = workbook([made_up(location="trang 2", source_path="a.pdf")] * 2).active
    assert cell(sheet, "location", 2).hyperlink is not None
    assert cell(sheet, "location", 3).hyperlink is None
    assert cell(sheet, "location", 3).value == "trang 2"


def test_characters_that_xml_forbids_are_left_out() -> None:
    sheet = workbook([made_up(quote="a\x00b\x0b\x1bc\ufffe\uffff\ud800d\u202ee")]).active
    assert cell(sheet, "quote").value == "ab cde"


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    rows = [made_up(quote="a" * 40_000), made_up(quote="𝟏" * 20_000), made_up(quote="a" * LONGEST_TEXT)]
    sheet = workbook([*rows, made_up(quote="<r>" + "a" * (LONGEST_TEXT - 7) + "</r>")]).active
    texts = [cell(sheet, "quote", row).value for row in (2, 3, 4, 5)]
    assert texts[0] == "a" * (LONGEST_TEXT - 1) + "…"
    assert texts[1] == "𝟏" * ((LONGEST_TEXT - 1) // 2) + "…"
    assert texts[2] == "a" * LONGEST_TEXT
    assert texts[3].endswith("…")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("999999999999999", 999999999999999),
        ("1234567890123456", "1234567890123456"),
        ("0.12345678901234567", "0.12345678901234567"),
        ("33200000000000000000", 33200000000000000000),
        ("-12.50", -12.5),
        ("1E+400", "1" + "0" * 400),
    ],
)
def test_numbers_with_more_digits_than_excel_keeps_are_text(value: str, shown: Any) -> None:
    sheet = workbook([made_up("claims", total=Decimal(value))], "claims").active
    assert cell(sheet, "total", kind="claims").value == shown


def test_a_table_longer_than_a_sheet_goes_on_in_another() -> None:
    book = workbook([made_up(message=str(number)) for number in range(7)], rows_a_sheet=4)
    assert book.sheetnames == ["Cần rà soát", "Cần rà soát 2", "Cần rà soát 3"]
    assert [[cell(sheet, "message", row).value for row in range(2, sheet.max_row + 1)] for sheet in book] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    assert all(sheet.freeze_panes == "A2" for sheet in book)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_excel_takes_the_names_of_the_sheets(language: Any) -> None:
    for kind in KINDS:
        name = sheet_name(kind, language)
        assert 0 < len(name) < 29  # with the number of a further sheet
        assert not set(name) & set("[]:*?/\\'")


# ---------------------------------------------------------------- CSV


def test_csv_prints_the_findings(wrong: Path) -> None:
    result = run(wrong, "--format", "csv")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(result.stdout_bytes)
    assert [(row["Mức"], row["Báo cáo ghi"]) for row in rows] == [("Lỗi", "98,57%"), ("Cảnh báo", "83,4%")]
    assert rows[0]["Nội dung cần rà soát"] == "3.225/3.265 là 98,77%, báo cáo ghi 98,57%; số liệu cần rà soát lại"


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
    assert (row["Tổng"], row["Tính lại được"]) == ("-12.50", "-3")


def test_csv_keeps_marks_lines_and_all_digits() -> None:
    file = BytesIO()
    row = made_up("claims", label='a,"b";c', findings="một\nhai", total=Decimal("12345678901234567890.10"))
    write_csv([{"claims": [row]}], {"claims": file}, "vi")
    (found,) = csv_rows(file.getvalue())
    assert (found["Nội dung thống kê"], found["Cần rà soát"]) == ('a,"b";c', "một\nhai")
    assert found["Tổng"] == "12345678901234567890.10"


# ---------------------------------------------------------------- Parquet


def test_parquet_has_the_keys_codes_and_types_of_the_rows(wrong: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    assert run(wrong, "--format", "parquet", "-o", tmp_path / "out.parquet").output == ""
    claims = polars.read_parquet(tmp_path / "out.claims.parquet")
    assert claims["percent"].to_list() == [98.57, 83.4, 75.0]
    assert claims["severity"].to_list() == ["error", "warning", None]
    assert claims["line"].dtype == polars.Int64
    assert claims["document_date"].dtype == polars.Date
    indicators = extract(wrong).to_rows("indicators")
    assert polars.read_parquet(tmp_path / "out.indicators.parquet")["value"].to_list() == [
        i["value"] for i in indicators
    ]
    assert polars.read_parquet(tmp_path / "out.findings.parquet")["rule"].to_list() == ["ratio-mismatch"] * 2


def test_parquet_holds_what_the_data_frame_of_the_rows_holds(report: Report) -> None:
    pytest.importorskip("pyarrow")
    file = BytesIO()
    write_tables("parquet", [(report, "a.txt")], {"indicators": file})
    frame = polars.read_parquet(file.getvalue())
    assert frame.to_dicts() == [
        {key: row[key] for key in frame.columns} for row in report.to_rows("indicators", path="a.txt")
    ]
    assert set(frame.columns) == set(report.to_rows("indicators")[0])


# ---------------------------------------------------------------- many reports


@pytest.fixture
def report() -> Report:
    quoted = Span(start=0, end=4, text=WRONG[:4])
    indicator = Indicator(
        id="rate",
        name="Tỷ lệ",
        value=Decimal("98.57"),
        period=Period(start="2023-01-01", end="2023-12-14"),
        claim="c1",
        score=0.5,
        quote="Số h",
        span=quoted,
        locations=(Location(line=1),),
    )
    return check_text(WRONG).model_copy(update={"indicators": (indicator,), "header": Header(date="2024-04")})


def test_reports_follow_each_other(report: Report) -> None:
    file = BytesIO()
    write_tables("csv", ((report, f"{number}.txt") for number in range(3)), {"indicators": file})
    rows = csv_rows(file.getvalue())
    assert [row["Đường dẫn"] for row in rows] == ["0.txt", "1.txt", "2.txt"]
    assert {(row["Giá trị"], row["Từ ngày"], row["Ngày ban hành"]) for row in rows} == {
        ("98.57", "2023-01-01", "2024-04")
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_archive(form: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("de06_extract.output.tables.xlsx._DRESSED_ROWS", 50)

    def peak(count: int) -> int:
        row = made_up("claims", quote="một hai " * 20, location="trang 2", source_path="a.pdf", total=Decimal(3265))
        tables: Iterator[Mapping[Table, Iterable[Row]]] = ({"claims": [row]} for _ in range(count))
        with (tmp_path / "out").open("wb") as file:
            tracemalloc.start()
            if form == "csv":
                write_csv(tables, {"claims": file}, "vi")
            else:
                write_sheets(tables, file, ["claims"], "vi")
            highest = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return highest

    peak(10)
    assert peak(1500) < 1.5 * peak(500)  # by then the buffers are full


# ---------------------------------------------------------------- what cannot be written


def failed(*arguments: object) -> str:
    """What standard error says of a command that must fail before it prints anything."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_place_that_cannot_be_written_is_named(wrong: Path, tmp_path: Path, form: str) -> None:
    assert "cannot be written" in failed(wrong, "--format", form, "-o", tmp_path / "none" / f"out.{form}")


def test_all_files_are_written_or_none(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "out.claims.csv").mkdir()
    (tmp_path / "out.findings.csv").write_text("what was there", "utf-8")
    assert "cannot be written" in failed(wrong, "--format", "csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.findings.csv").read_text("utf-8") == "what was there"
    assert {path.name for path in tmp_path.iterdir()} == {"out.claims.csv", "out.findings.csv", wrong.name}


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    wrong: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error = failed(wrong, "--format", "parquet", "-o", tmp_path / "out.parquet")
    assert error == "parquet: needs pyarrow, which is not installed: pip install 'de06-extract[parquet]'\n"


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_terminal_is_not_sent_a_binary_file(wrong: Path, form: str) -> None:
    master, terminal = pty.openpty()
    try:
        command = [COMMAND, str(wrong), "--format", form]
        result = subprocess.run(command, stdout=terminal, stderr=subprocess.PIPE, timeout=60, check=False)
    finally:
        os.close(terminal)
        os.close(master)
    assert result.returncode == 2
    assert result.stderr.decode() == f"{form}: is not for a terminal; write it to a file: --output FILE.{form}\n"


def test_a_workbook_goes_down_a_pipe(wrong: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(run(wrong, "--format", "xlsx").stdout_bytes))
    assert len(book.sheetnames) == 3


def test_an_unknown_format_or_table_is_wrong_usage(wrong: Path) -> None:
    assert run(wrong, "--format", "xls").exit_code == 2
    assert run(wrong, "--format", "csv", "--table", "numbers").exit_code == 2


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_the_file_to_read_is_not_overwritten(wrong: Path, form: str) -> None:
    assert "it is not overwritten" in failed(wrong, "--format", form, "-o", wrong)
    assert wrong.read_text("utf-8") == WRONG


def test_a_table_named_like_the_file_to_read_does_not_overwrite_it(tmp_path: Path) -> None:
    source = tmp_path / "out.claims.csv"
    source.write_bytes(("\ufeff" + WRONG).encode("utf-16"))
    assert "it is not overwritten" in failed(source, "--format", "csv", "-o", tmp_path / "out.csv")


@pytest.mark.parametrize(
    "options",
    [("--table", "claims"), ("--format", "text", "--table", "claims"), ("--format", "xlsx", "--delimiter", "tab")],
)
def test_an_option_that_the_format_does_not_have_is_wrong_usage(wrong: Path, options: tuple[str, ...]) -> None:
    assert "goes with --format" in failed(wrong, *options)


def test_a_device_gets_one_table(wrong: Path) -> None:
    assert run(wrong, "--format", "csv", "-o", os.devnull).exit_code == 0
    assert not Path("/dev/null.findings.csv").exists()


def test_fail_on_counts_with_tables_too(wrong: Path, tmp_path: Path) -> None:
    assert run(wrong, "--format", "xlsx", "-o", tmp_path / "out.xlsx", "--fail-on", "error").exit_code == 1
    assert (tmp_path / "out.xlsx").exists()
