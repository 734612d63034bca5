"""Workbooks: what Excel finds in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from de06_extract.output.tables import xlsx
from de06_extract.output.tables.columns import KINDS, columns, sheet_name
from de06_extract.output.tables.xlsx import LONGEST_TEXT, write_sheets
from de06_extract.schema.rows import Kind, Row
from tests.conftest import CORPUS
from tests.output.tables.made_up import HOSTILE, WRONG, made_up, run


def workbook(rows: Iterable[Row], kind: Kind = "findings", **options: Any) -> Any:
    """A workbook of one table, read back."""
    file = BytesIO()
    write_sheets(({kind: [row]} for row in rows), file, [kind], "vi", **options)
    return openpyxl.load_workbook(file)


def cell(sheet: Any, key: str, row: int = 2, kind: Kind = "findings") -> Any:
    at = [column.key for column in columns(kind, "vi")].index(key)
    return sheet.cell(row, at + 1)


@pytest.fixture
def book(wrong: Path, tmp_path: Path) -> Any:
    assert run(wrong, "--format", "xlsx", "-o", tmp_path / "out.xlsx").output == ""
    return openpyxl.load_workbook(tmp_path / "out.xlsx")


def test_a_workbook_has_a_sheet_a_table(book: Any) -> None:
    assert book.sheetnames == ["Cần rà soát", "Chỉ tiêu", "Số liệu", "Chú giải"]
    heads = [cell.value for cell in book["Cần rà soát"][1]]
    assert heads[:5] == ["STT", "Số hiệu", "Mức", "Vị trí", "Nội dung cần rà soát"]


def test_english_heads_and_words(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "--format", "xlsx", "--lang", "en", "-o", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Findings", "Indicators", "Claims", "Legend"]
    assert [cell.value for cell in book["Findings"][2]][:4] == [1, "P-01", "Error", "line 1"]


def test_the_head_stays_in_sight_and_filters(book: Any) -> None:
    assert [sheet.freeze_panes for sheet in book] == ["D2", "B2", "B2", "A2"]
    for sheet in book.worksheets[:3]:
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


def test_the_level_of_rows_in_doubt_is_red_or_amber(book: Any) -> None:
    red, amber = "FFF8CBAD", "FFFFE699"
    findings, claims = book["Cần rà soát"], book["Số liệu"]
    assert [cell(findings, "severity", row).fill.start_color.rgb for row in (2, 3)] == [red, amber]
    assert {cell(findings, "quote", row).fill.start_color.rgb for row in (2, 3)} == {"00000000"}
    fills = [cell(claims, "verdict", row, "claims").fill.start_color.rgb for row in (2, 3, 4)]
    assert fills[:2] == [red, amber]
    assert fills[2] not in (red, amber)


def test_the_wrong_figure_is_marked_in_the_quotation(wrong: Path, tmp_path: Path) -> None:
    run(wrong, "--format", "xlsx", "-o", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx", rich_text=True)["Cần rà soát"]
    pieces = [(str(piece), getattr(piece, "font", None)) for piece in cell(sheet, "quote").value]
    assert "".join(text for text, _ in pieces) == "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%"
    assert [text for text, font in pieces if font and font.b] == ["3.225", "3.265", "98,57%"]
    assert [text for text, font in pieces if font and font.u] == ["98,57%"]
    assert {font.rFont for _, font in pieces if font} == {"Times New Roman"}


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
    assert heights[1] in (None, 15.75)  # what is usual is not written
    assert 75 <= heights[0] < 105
    assert heights[2] == pytest.approx(150, abs=1)


def test_a_pdf_is_linked_by_page(tmp_path: Path) -> None:
    run(CORPUS / "pdf" / "002.pdf", "--format", "xlsx", "-o", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cần rà soát"]
    link = cell(sheet, "source_file").hyperlink
    assert link.location == "page=2"
    assert (tmp_path / link.target.replace("\\", "/")).resolve() == (CORPUS / "pdf" / "002.pdf").resolve()
    place = cell(sheet, "location")  # a link would not wrap in LibreOffice, and the place be cut
    assert (place.hyperlink, place.alignment.wrap_text) == (None, True)
    assert (cell(sheet, "location").value, cell(sheet, "source_file").value) == ("mục I.1.2, trang 2", "002.pdf")


def test_a_link_names_the_file_whatever_it_is_called(tmp_path: Path) -> None:
    row = made_up(location="trang 2", source_file="a", page=2, source_path=str(tmp_path / "100%41 #1 báo cáo.pdf"))
    sheet = workbook([row], folder=tmp_path).active
    assert cell(sheet, "source_file").hyperlink.target == ".\\100%2541%20%231%20báo%20cáo.pdf"


@pytest.mark.parametrize("path", [None, "x" * 3000])
def test_what_cannot_be_linked_is_text(path: str | None) -> None:
    sheet = workbook([made_up(source_file="a.pdf", source_path=path)]).active
    assert cell(sheet, "source_file").hyperlink is None
    assert cell(sheet, "source_file").value == "a.pdf"


def test_a_report_from_standard_input_has_no_link(tmp_path: Path) -> None:
    run("-", "--format", "xlsx", "-o", tmp_path / "out.xlsx", stdin=WRONG.encode())
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cần rà soát"]
    assert cell(sheet, "source_file").value == "stdin.txt"
    assert cell(sheet, "source_file").hyperlink is None


def test_dates_are_dates_however_much_of_them_is_known() -> None:
    rows = [
        made_up(document_date=date(2023, 10, 12), document_date_text="2023-10-12"),
        made_up(document_date_text="2024-04"),
        made_up(document_date=date(1890, 5, 19), document_date_text="1890-05-19"),
        made_up(document_date_text="2024"),
        made_up(document_date_text="quý I"),
    ]
    sheet = workbook(rows).active
    found = cell(sheet, "document_date")
    assert (found.value, found.number_format) == (datetime(2023, 10, 12), "dd/mm/yyyy")
    month, early, year, words = (cell(sheet, "document_date", row) for row in (3, 4, 5, 6))
    assert (month.value, month.number_format) == (datetime(2024, 4, 1), "mm/yyyy")
    assert (year.value, year.number_format) == (datetime(2024, 1, 1), "yyyy")
    assert (early.value, words.value) == ("1890-05-19", "quý I")  # Excel has no days before 1900


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
    monkeypatch.setattr(xlsx, "_DRESSED_ROWS", 1)
    sheet = workbook([made_up(source_file="a.pdf", source_path="a.pdf")] * 2).active
    assert cell(sheet, "source_file", 2).hyperlink is not None
    assert cell(sheet, "source_file", 3).hyperlink is None
    assert cell(sheet, "source_file", 3).value == "a.pdf"


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
    assert book.sheetnames == ["Cần rà soát", "Cần rà soát 2", "Cần rà soát 3", "Chú giải"]
    assert [
        [cell(sheet, "message", row).value for row in range(2, sheet.max_row + 1)] for sheet in book.worksheets[:3]
    ] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    assert [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book.worksheets[:3]] == [
        [1, 2, 3],
        [4, 5, 6],
        [7],
    ]
    assert all(sheet.freeze_panes == "D2" for sheet in book.worksheets[:3])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_excel_takes_the_names_of_the_sheets(language: Any) -> None:
    for kind in KINDS:
        name = sheet_name(kind, language)
        assert 0 < len(name) < 29  # with the number of a further sheet
        assert not set(name) & set("[]:*?/\\'")
