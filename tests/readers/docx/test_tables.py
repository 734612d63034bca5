"""Tables of a Word document: which are grids, their cells, heading rows and titles."""

from __future__ import annotations

import docx
import pytest

from de06_extract.readers.docx.reader import read
from de06_extract.schema.report import Location
from tests.readers.docx.building import (
    LONG,
    RULED,
    add_table,
    check_promises,
    corpus_document,
    element,
    read_body,
    rows_of_grid,
    saved,
    with_table,
)


def test_the_appendix_of_002_is_a_grid_with_its_title() -> None:
    document = corpus_document("002")
    (grid,) = document.grids
    rows = rows_of_grid(document)
    assert grid.header_rows == 2
    assert rows[0][3:6] == ["Tổng số hồ sơ (bao gồm cả trực tiếp và trực tuyến)", "", ""]
    assert rows[1][:6] == ["", "", "", "Tổng hồ sơ", "Trực tuyến", "Tỷ lệ"]
    assert rows[2][3:] == ["6", "6", "100%", "06", "0", ""]
    assert rows[27] == ["", "Tổng", "", "18.381", "11.894", "65%", "11.803", "91", ""]
    assert len(rows) == 28
    assert {len(row) for row in rows} == {9}
    assert grid.title is not None
    assert document.span(*grid.title).text.startswith("PHỤ LỤC 02\nTÌNH HÌNH TRIỂN KHAI")


def test_the_head_of_a_report_is_paragraphs_not_a_grid() -> None:
    document = corpus_document("003")
    assert document.text.startswith("UBND HUYỆN TRÀ CÚ\nTỔ CÔNG TÁC QĐ 1323\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    assert document.locations(0, 4) == (Location(table=1, row=1, column=1),)
    assert document.blocks[0].kind == "paragraph"
    assert [grid.header_rows for grid in document.grids] == [2]


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3, style="Table Grid")
    for row, texts in enumerate((("TT", "Hồ sơ", ""), ("", "Quý I", "Quý II"), ("1", "19", "78"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    got = read(saved(document), "a.docx")
    assert got.text == "TT\tHồ sơ\t\n\tQuý I\tQuý II\n1\t19\t78"
    assert rows_of_grid(got) == [["TT", "Hồ sơ", ""], ["", "Quý I", "Quý II"], ["1", "19", "78"]]
    assert got.grids[0].header_rows == 2
    assert [(block.kind, block.ranges) for block in got.blocks] == [("table", ((0, len(got.text)),))]
    start = got.text.index("78")
    assert got.locations(start, start + 2) == (Location(table=1, row=3, column=3),)
    check_promises(got)


def test_the_paragraphs_of_a_cell_and_its_nested_table_are_one_line() -> None:
    document = docx.Document()
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text = "Cơ quan"
    table.cell(0, 0).add_paragraph("chủ trì")
    table.cell(1, 1).text = "gồm"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "5", "xã"
    assert read(saved(document), "a.docx").text == "Cơ quan chủ trì\t\n\tgồm 5 xã"


@pytest.mark.parametrize(
    ("rows", "header_rows"),
    [
        ("TT|Nội dung|Số;1|a|5", 1),
        ("TT|Nội dung|2022|2023;1|a|5|6", 1),
        ("TT|Nội dung|Số;(1)|(2)|(3);1|a|5", 2),
        ("TT|Nội dung|Kế hoạch|Đạt|Tỷ lệ;A|B|1|2|(3)=(2)/(1);1|a|5|4|80%", 2),
        ("Đơn vị|Số|Tỷ lệ;Xã A|12|80%", 1),
        ("TT|Nội dung|Số;I|Cấp huyện|;1|a|5", 1),
        ("1|a|5;2|b|6", 0),
        ("a|b|c;d|e|f", 1),
    ],
)
def test_heading_rows_end_where_the_numbers_begin(rows: str, header_rows: int) -> None:
    (grid,) = read(saved(with_table(rows, "Table Grid")), "a.docx").grids
    assert grid.header_rows == header_rows


def test_rows_that_repeat_on_each_page_are_the_heading() -> None:
    document = with_table("TT|Nội dung|Số;a|b|c;d|e|f;1|2|7", "Table Grid")
    for row in document.tables[0].rows[:2]:
        row._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    assert read(saved(document), "a.docx").grids[0].header_rows == 2


@pytest.mark.parametrize(
    ("rows", "style", "borders", "grids"),
    [
        ("a|b;c|d", "Table Grid", "", 1),
        ("a|b;c|d", None, "", 0),
        ("a|b;c|d", "Light Shading", "", 1),
        ("a|b;c|d", "Table Grid", "<w:top/><w:left/><w:bottom/><w:right/><w:insideH/><w:insideV/>", 0),
        ("a|b;c|d", None, "<w:insideV w:val='single'/>", 1),
        ("a|b;c|d", None, "<w:bottom w:val='single'/>", 0),
        ("TT|a|5;1|b|6;2|c|7", None, "", 1),
        (f"{LONG}|{LONG}|{LONG};b|{LONG}|{LONG};{LONG}|c|{LONG}", None, "", 0),
        ("a||;|b|;||c", None, "", 0),
        ("chỉ một cột;hai", "Table Grid", "", 0),
    ],
)
def test_which_tables_are_grids(rows: str, style: str | None, borders: str, grids: int) -> None:
    document = with_table(rows, style)
    if borders:
        table = document.tables[0]._tbl.tblPr
        borders = borders.replace("/>", " w:x='0'/>")
        table.append(element(f"<w:tblBorders>{borders}</w:tblBorders>"))
    got = read(saved(document), "a.docx")
    assert len(got.grids) == grids
    check_promises(got)


def test_cells_may_draw_or_hide_their_own_lines() -> None:
    cell = "<w:tc><w:tcPr><w:tcBorders>{}</w:tcBorders></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>"
    names = ("top", "left", "bottom", "right")
    drawn = cell.format("".join(f"<w:{name} w:val='single'/>" for name in names))
    hidden = cell.format("".join(f"<w:{name} w:val='nil'/>" for name in names))
    assert read_body(f"<w:tbl><w:tr>{drawn * 2}</w:tr><w:tr>{drawn * 2}</w:tr></w:tbl>").grids
    assert not read_body(f"<w:tbl>{RULED}<w:tr>{hidden * 2}</w:tr><w:tr>{hidden * 2}</w:tr></w:tbl>").grids


def test_cells_before_the_first_and_in_content_controls() -> None:
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    rows = (
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell.format(wide, 'Quý')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell.format('', '1')}<w:sdt><w:sdtContent>{cell.format('', '19')}</w:sdtContent>"
        f"</w:sdt>{cell.format('', '78')}</w:tr></w:sdtContent></w:sdt>"
    )
    assert rows_of_grid(read_body(f"<w:tbl>{RULED}{rows}</w:tbl>")) == [["", "Quý", ""], ["1", "19", "78"]]


def test_absurd_spans_are_bounded() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format(10**9)}{cell.format('x')}{cell.format(-3)}</w:tr>"
    assert len(rows_of_grid(read_body(f"<w:tbl>{RULED}{row}</w:tbl>"))[0]) == 65


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["Bảng 1. Kết quả", ""], "Bảng 1. Kết quả"),
        (["Biểu số 02"], "Biểu số 02"),
        (["PHỤ LỤC 01", "KẾT QUẢ", "(kèm theo Báo cáo số 5)"], "PHỤ LỤC 01\nKẾT QUẢ"),
        (["Bảng 1", "Số liệu đến ngày 12/7"], None),
        (["Kết quả như sau:"], None),
        ([], None),
    ],
)
def test_the_title_of_a_table(above: list[str], title: str | None) -> None:
    document = docx.Document()
    for text in above:
        document.add_paragraph(text)
    add_table(document, "TT|Số;1|5", "Table Grid")
    got = read(saved(document), "a.docx")
    (grid,) = got.grids
    assert (got.span(*grid.title).text if grid.title else None) == title


def test_empty_tables_leave_no_trace_but_are_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Thân")
    document.add_table(2, 2, style="Table Grid")
    document.add_paragraph("giữa")
    add_table(document, "TT|Số;1|5", "Table Grid")
    got = read(saved(document), "a.docx")
    assert got.text == "Thân\ngiữa\nTT\tSố\n1\t5"
    assert got.places[2].location == Location(table=2, row=1, column=1)


@pytest.mark.slow
def test_long_tables_and_documents_are_read_whole() -> None:
    paragraph = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{paragraph}</w:tc><w:tc>{paragraph}</w:tc></w:tr>"
    document = read_body(paragraph * 20_000 + f"<w:tbl>{RULED}{row * 5_000}</w:tbl>")
    assert len(document.blocks) == 20_001
    assert len(document.grids[0].cells) == 10_000


def tabbed(*lines: str) -> str:
    """Paragraphs with a tab for each «>»."""
    runs = ("<w:r><w:tab/></w:r>".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in line.split(">")) for line in lines)
    return "".join(f"<w:p>{run}</w:p>" for run in runs)


def test_paragraphs_with_tabs_are_a_table() -> None:
    document = read_body(
        tabbed(
            "Kết quả:", "STT>Đơn vị>Giao>Đạt", "1>Hòa An>12>10", "2>Bình Minh>9>", "3>Lộc An>7>7", ">Cộng>28>17", "Hết."
        )
    )
    (grid,) = document.grids
    cells = {(cell.row, cell.column): document.text[cell.start : cell.end] for cell in grid.cells}
    assert [cells.get((row, 1)) for row in range(5)] == ["Đơn vị", "Hòa An", "Bình Minh", "Lộc An", "Cộng"]
    assert [cells.get((row, 3)) for row in range(5)] == ["Đạt", "10", None, "7", "17"]
    assert (grid.reading, grid.header_rows) == ("aligned", 1)
    assert "\t" not in document.text
    assert [block.kind for block in document.blocks] == ["paragraph", "table", "paragraph"]


def test_tabs_of_letterheads_and_lists_make_no_table() -> None:
    document = read_body(
        tabbed(
            "UBND XÃ HÒA AN>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND>Hòa An, ngày 5 tháng 4 năm 2024",
            "1.>Tiếp nhận 120 hồ sơ", "2.>Giải quyết 110 hồ sơ", "3.>Còn 10 hồ sơ", "Nơi nhận:>CHỦ TỊCH",
        )
    )  # fmt: skip
    assert document.grids == ()
    assert {block.kind for block in document.blocks} == {"paragraph"}
