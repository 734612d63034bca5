"""The sheets of a workbook are tables of a document, with their values as a report would write them."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest

from de06_extract import EmptyFileError, EncryptedFileError, UnreadableError, extract
from de06_extract.document.document import Document
from de06_extract.errors import NotInstalledError, TooLargeError
from de06_extract.readers import read_document
from de06_extract.readers.spreadsheet.reader import read
from de06_extract.schema.report import Location
from tests.converting import converted
from tests.readers.docx.building import check_promises, members, rewritten


def workbook(fill: Callable[[Any], None]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    fill(book)
    book.save(stream)
    return stream.getvalue()


def appendix(book: Any) -> None:
    """A title, a head of two rows, merged; rates that are computed; a total that is wrong; a note below."""
    sheet = book.active
    sheet.title = "PL01"
    sheet["A1"], sheet["A2"] = "PHỤ LỤC 01", "(Kèm theo Báo cáo số 12/BC-UBND)"
    rows: list[list[Any]] = [
        ["TT", "Đơn vị", "Hồ sơ", None, "Tỷ lệ"],
        [None, None, "Tiếp nhận", "Đúng hạn", None],
        [1, "Xã An", 120, 90, "=D6/C6"],
        [2, "Xã Bình", 80, 75, "=D7/C7"],
        [None, "Cộng", 200, 175, "=D8/C8"],
    ]
    for at, row in enumerate(rows, 4):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column, value)
    for merged in ("A4:A5", "B4:B5", "C4:D4", "E4:E5"):
        sheet.merge_cells(merged)
    for at in (6, 7, 8):
        sheet.cell(at, 5, sheet.cell(at, 4).value / sheet.cell(at, 3).value).number_format = "0.00%"
    sheet["A10"] = "Ghi chú: số liệu tính đến ngày 30/6/2023."
    hidden = book.create_sheet("Nháp")
    hidden.append(["Xã", "Số hộ"])
    hidden.append(["An", 1234.5])
    hidden.sheet_state = "hidden"


TEXT = (
    "PL01\nPHỤ LỤC 01\n(Kèm theo Báo cáo số 12/BC-UBND)\n"
    "TT\tĐơn vị\tHồ sơ\t\tTỷ lệ\n\t\tTiếp nhận\tĐúng hạn\t\n1\tXã An\t120\t90\t75%\n2\tXã Bình\t80\t75\t93,75%\n"
    "\tCộng\t200\t175\t87,5%\nGhi chú: số liệu tính đến ngày 30/6/2023.\n"
    "Nháp\nXã\tSố hộ\nAn\t1234,5"
)


@cache
def files() -> dict[str, bytes]:
    """The same workbook as each program that writes one would keep it."""
    xlsx = workbook(appendix)
    return {"xlsx": xlsx, "xls": converted(xlsx, "xlsx", "xls"), "ods": converted(xlsx, "xlsx", "ods")}


def document(data: bytes, name: str = "a.xlsx") -> Document:
    found = read(data, name)
    check_promises(found)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_an_old_or_open_workbook_is_read_as_the_new_one(kind: str) -> None:
    found = document(files()[kind], f"a.{kind}")
    assert found.text == TEXT
    assert [remark.detail for remark in found.remarks] == ["Nháp"]
    assert read_document(files()[kind], "a.bin").text == TEXT


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    found = document(workbook(appendix))
    assert found.text == TEXT
    assert [(remark.about, remark.detail) for remark in found.remarks] == [("hidden-sheet", "Nháp")]
    first, second = found.grids
    assert (first.header_rows, second.header_rows) == (2, 1)
    assert first.title is not None
    assert found.text[slice(*first.title)] == "PHỤ LỤC 01"


def test_places_are_those_of_the_sheet() -> None:
    found = document(workbook(appendix))
    start = found.text.index("93,75%")
    assert found.locations(start, start + 6) == (Location(table=1, row=7, column=5),)


def test_what_a_workbook_claims_is_checked() -> None:
    report = extract(workbook(appendix), name="phu-luc.xlsx")
    assert [(finding.rule, finding.reported) for finding in report.findings] == [("sum-mismatch", "175")]
    assert {claim.verdict for claim in report.claims if claim.kind == "ratio"} == {"consistent"}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.9877, "0.00%", "98,77%"),
        (0.9877, "0%", "98,77%"),
        (2 / 3, "0.0%", "66,6666666667%"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567.0, "#,##0", "1234567"),
        (98.5, '0.0" %"', "98,5"),
        (1e15, "General", "1000000000000000"),
        (-0.05, "0.00%;[Red]-0.00%", "-5%"),
        (date(2023, 2, 5), "dd/mm/yyyy", "05/02/2023"),
        (date(2023, 12, 15), "dd/mm/yyyy", "15/12/2023"),
        ("12.345", "@", "12.345"),
        (True, "General", "TRUE"),
        ("hai\ndòng\u200b", "@", "hai dòng"),
    ],
)
def test_a_value_is_written_as_in_a_report(value: Any, form: str, text: str) -> None:
    def fill(book: Any) -> None:
        book.active.append(["a", value])
        book.active.append(["b", "c"])
        book.active["B1"].number_format = form

    assert document(workbook(fill)).text == f"a\t{text}\nb\tc"


@pytest.mark.parametrize(
    ("rows", "tables"),
    [
        ([["a", 1], ["b", 2], [], [], ["c", 3], ["d", 4]], 2),
        ([["a", 1], ["b", 2], [], ["Cộng", 3]], 1),
        ([["a", 1], ["b", 2], [], ["Bảng 2"], ["c", 3], ["d", 4]], 2),
        ([["a", 1], ["Nhóm"], ["b", 2]], 1),
        ([["Chỉ một dòng"]], 0),
    ],
)
def test_tables_of_a_sheet_are_told_apart(rows: list[list[Any]], tables: int) -> None:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    assert len(document(workbook(fill)).grids) == tables


def test_columns_before_a_table_keep_their_place() -> None:
    def fill(book: Any) -> None:
        book.active["C3"], book.active["D3"], book.active["C4"], book.active["D4"] = "a", 1, "b", 2

    assert document(workbook(fill)).places[-1].location == Location(table=1, row=4, column=4)


def test_a_wrong_ending_is_told() -> None:
    found = read_document(workbook(appendix), "a.pdf")
    assert found.text == TEXT
    assert ("read-as", "XLSX") in [(remark.about, remark.detail) for remark in found.remarks]


def test_without_the_library_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(
        NotInstalledError,
        match=r"^a\.xlsx: needs python_calamine, which is not installed: pip install 'de06-extract\[spreadsheet\]'",
    ):
        read(workbook(appendix), "a.xlsx")


def test_a_sheet_that_goes_to_the_end_of_the_grid_is_refused_before_it_is_read() -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["XFD1048576"] = 1, 2

    with pytest.raises(TooLargeError, match="1048576 rows and 16384 columns"):
        read(workbook(fill), "a.xlsx")


CORNER = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def with_rows(rows: str, *, part: str = "sheet1.xml", names: tuple[str, ...] = ("A", "B")) -> bytes:
    """A workbook of sheets with these names; the first has these rows, in a part that is named so."""

    def fill(book: Any) -> None:
        book.active.title = "A"
        for number in range(1, len(names)):
            book.create_sheet("ABC"[number])["A1"] = 1

    stream, held = io.BytesIO(), io.BytesIO(workbook(fill))
    with zipfile.ZipFile(held) as archive, zipfile.ZipFile(stream, "w") as copy:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub("<sheetData ?/>|<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", text)
            if name == "xl/workbook.xml":
                for number, wanted in enumerate(names):
                    text = text.replace(f'name="{"ABC"[number]}"', f'name="{wanted}"')
            copy.writestr(name.replace("sheet1.xml", part), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_rows(CORNER + FAR.replace("XFD", "xfd")),
        with_rows(CORNER + '<row r="1048576">' + "<c><v>1</v></c>" * 9000 + "</row>"),
        with_rows(CORNER + FAR, part="SHEET1.xml"),
        with_rows(CORNER + FAR, names=("A", "A")),
    ],
    ids=["a place in small letters", "a row with its number", "a part in other letters", "two sheets of one name"],
)
def test_how_far_a_sheet_goes_is_known_as_whoever_reads_its_values_takes_it(data: bytes) -> None:
    """It would ask for memory for all cells up to the last one, and end the process where there is none."""
    with pytest.raises(TooLargeError, match=r"1048576 rows and (16384|9000) columns"):
        read(data, "a.xlsx")


_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def open_workbook(*tables: str) -> bytes:
    """An .ods of these tables, each with its rows."""
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    body = "".join(f'<table:table table:name="A">{rows}</table:table>' for rows in tables)
    inside = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {spaces}>{inside}</office:document-content>")
    return stream.getvalue()


def repeated(rows: int, columns: int, kind: str) -> str:
    """A row that stands for many, of a cell that does."""
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="{kind}" office:value="1"/>'
    return f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'


@pytest.mark.parametrize(
    "data",
    [
        open_workbook(repeated(1_000_000, 16_000, "float"), repeated(1, 1, "float")),
        open_workbook(repeated(1_000_000, 1, "percentage") * 60),
        open_workbook(*[repeated(1_900_000, 1, "float")] * 4),
    ],
    ids=["a large sheet and a small one of its name", "shares without an end", "many large sheets"],
)
def test_an_open_workbook_of_too_many_cells_is_refused_before_they_are_counted_out(data: bytes) -> None:
    with pytest.raises(TooLargeError, match=r"a sheet of \d+ rows|sheets of more than 4000000 cells"):
        read(data, "a.ods")


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    bomb = rewritten(workbook(appendix), {})
    stream = io.BytesIO(bomb)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb", bytes(300 << 20))
    with pytest.raises(TooLargeError):
        read(stream.getvalue(), "a.xlsx")


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(EmptyFileError):
        read(workbook(lambda book: None), "a.xlsx")


@pytest.mark.parametrize("place", ["ZZZZ9", "ZZZZZZZ1", "AAAA1048576"])
def test_a_cell_in_a_column_that_no_program_has_counts_for_the_size_of_its_sheet(place: str) -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["B9"] = "Xã", 5

    book, sheet = workbook(fill), "xl/worksheets/sheet1.xml"
    parts = rewritten(book, {sheet: members(book)[sheet].replace(b'"B9"', f'"{place}"'.encode())})
    with pytest.raises(TooLargeError, match="has a sheet of"):
        read_document(parts, "a.xlsx")


def test_an_encrypted_workbook_is_called_so() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedFileError):
        read_document(compound, "a.xlsx")


def test_a_damaged_workbook_is_read_or_refused_in_one_line() -> None:
    whole = workbook(appendix)
    for at in range(0, len(whole), 211):
        said = outcome(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert said == TEXT or re.match(r"a\.xlsx: [^\n]+\Z", said) or "\t" in said


def test_a_workbook_that_says_it_unpacks_to_too_much_is_refused_by_name() -> None:
    whole = bytearray(workbook(appendix))
    entry = whole.index(b"PK\x01\x02")  # of the list at the end of a ZIP file, with the unpacked size behind 24 bytes
    whole[entry + 24 : entry + 28] = (1 << 30).to_bytes(4, "little")
    assert re.fullmatch(r"a\.xlsx: has \d+ MiB, and 256 MiB may be read", outcome(bytes(whole)))


def outcome(data: bytes) -> str:
    try:
        return read_document(data, "a.xlsx").text
    except UnreadableError as error:
        return str(error)
