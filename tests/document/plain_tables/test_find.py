"""The tables of plain text: which lines they take, which cells they have, and how sure that is."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.document.document import Document, Grid
from de06_extract.readers.text.reader import read


def document(text: str) -> Document:
    return read(text.encode(), "a.txt")


def grid_of(text: str) -> tuple[list[list[str]], Grid]:
    """The rows of the only table of a text, the pieces of a cell joined by blanks, and the table."""
    got = document(text)
    (grid,) = got.grids
    height, width = (1 + max(getattr(cell, at) for cell in grid.cells) for at in ("row", "column"))
    rows = [[""] * width for _ in range(height)]
    for cell in grid.cells:
        held = rows[cell.row][cell.column]
        rows[cell.row][cell.column] = f"{held} {got.text[cell.start : cell.end]}".strip()
    return rows, grid


BLANKS = """
Bảng 2. Kết quả

                        Số hồ sơ              Tỷ lệ
Đơn vị           Tiếp nhận   Giải quyết     giải quyết
---------------------------------------------------------
Xã Hòa An            1.240        1.180           95,2
Xã Bình Minh           860            -              -
  và các thôn
Xã Phú Lộc             420          400           95,2

Nguồn: Sở Nội vụ.
"""


def test_columns_aligned_by_blanks() -> None:
    rows, grid = grid_of(BLANKS)
    assert rows == [
        ["Đơn vị", "Số hồ sơ", "", "Tỷ lệ giải quyết"],
        ["", "Tiếp nhận", "Giải quyết", ""],
        ["Xã Hòa An", "1.240", "1.180", "95,2"],
        ["Xã Bình Minh", "860", "-", "-"],
        ["và các thôn", "", "", ""],
        ["Xã Phú Lộc", "420", "400", "95,2"],
    ]
    assert (grid.header_rows, grid.reading) == (2, "aligned")
    assert grid.title is not None


def test_a_heading_over_several_columns_has_a_row_of_its_own() -> None:
    rows, grid = grid_of(
        "             Số hồ sơ tiếp nhận          Ghi\n"
        "Đơn vị       Trực tuyến   Trực tiếp      chú\n"
        "Xã Hòa An           120         130      250\n"
        "Xã Bình Minh         86          99      185\n"
        "Xã Phú Lộc           42          40       82\n"
    )
    assert rows[:2] == [["Đơn vị", "Số hồ sơ tiếp nhận", "", "Ghi chú"], ["", "Trực tuyến", "Trực tiếp", ""]]
    assert grid.header_rows == 2


ROWS = {
    "years as headings": (
        "Chỉ tiêu 2022 2023\nSố vụ 12 15\nSố xe 1.200 1.300\nSố người 20 31",
        [["Chỉ tiêu", "2022", "2023"], ["Số vụ", "12", "15"], ["Số xe", "1.200", "1.300"], ["Số người", "20", "31"]],
    ),
    "a minus that stands apart": (
        "Chỉ tiêu Năm 2022 Năm 2023 Tăng giảm\nLúa 913,5 818,7 - 94,8\nNgô 50,2 51,0 0,8\nLạc 12,0 13,5 1,5",
        [
            ["Chỉ tiêu", "Năm 2022", "Năm 2023", "Tăng giảm"],
            ["Lúa", "913,5", "818,7", "- 94,8"],
            ["Ngô", "50,2", "51,0", "0,8"],
            ["Lạc", "12,0", "13,5", "1,5"],
        ],
    ),
    "numbers that belong to names": (
        "Bảng 1: Số lượt\nTháng 1 1.163 21\nTháng 2 953 13\nTháng 3 1.187 30",
        [["Tháng 1", "1.163", "21"], ["Tháng 2", "953", "13"], ["Tháng 3", "1.187", "30"]],
    ),
    "headings of two lines": (
        "Năm Tổng số hộ Số thuế\n(tỷ đồng)\n2020 2.081 13.989\n2021 2.020 12.482\n2022 1.988 11.992",
        [
            ["Năm", "Tổng số hộ", "Số thuế (tỷ đồng)"],
            ["2020", "2.081", "13.989"],
            ["2021", "2.020", "12.482"],
            ["2022", "1.988", "11.992"],
        ],
    ),
    "ordinals, and a total without one": (
        "1 Hòa An 12 15 27\n2 Bình Minh 22 25 47\n3 Phú Lộc 9 13 22\nTổng cộng 43 53 96",
        [
            ["1", "Hòa An", "12", "15", "27"],
            ["2", "Bình Minh", "22", "25", "47"],
            ["3", "Phú Lộc", "9", "13", "22"],
            ["", "Tổng cộng", "43", "53", "96"],
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=list(ROWS))
def test_a_row_on_each_line(text: str, expected: list[list[str]]) -> None:
    rows, grid = grid_of(f"Kết quả như sau:\n{text}\nHết.")
    assert rows == expected
    assert grid.reading == "aligned"


CELLS = {
    "an empty cell that left no line": (
        "STT\nĐơn vị\nGiao\nĐạt\n1\nHòa An\n12\n15\n2\nBình Minh\n22\n3\nPhú Lộc\n9\n13\n4\nTân An\n7\n8",
        [
            ["STT", "Đơn vị", "Giao", "Đạt"],
            ["1", "Hòa An", "12", "15"],
            ["2", "Bình Minh", "22", ""],
            ["3", "Phú Lộc", "9", "13"],
            ["4", "Tân An", "7", "8"],
        ],
    ),
    "names of groups": (
        "Đơn vị\nGiao\nĐạt\nHòa An\n12\n15\nBình Minh\n22\n25\nKhối huyện\nPhú Lộc\n9\n13\nTân An\n7\n8\nLộc An\n3\n4",
        [
            ["Đơn vị", "Giao", "Đạt"],
            ["Hòa An", "12", "15"],
            ["Bình Minh", "22", "25"],
            ["Khối huyện", "", ""],
            ["Phú Lộc", "9", "13"],
            ["Tân An", "7", "8"],
            ["Lộc An", "3", "4"],
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CELLS.values(), ids=list(CELLS))
def test_a_cell_on_each_line(text: str, expected: list[list[str]]) -> None:
    text = f"Kết quả như sau:\n{text}\nGhi chú: số liệu sơ bộ\nĐề nghị các xã thực hiện."
    rows, grid = grid_of(text)
    assert rows == expected
    assert grid.reading == "aligned"
    last = document(text).blocks[-1]
    assert (last.kind, text[last.start : last.end]) == ("paragraph", "Đề nghị các xã thực hiện.")


def test_headings_of_bars_that_stood_over_several_columns_are_left_out() -> None:
    rows, _ = grid_of(
        "| STT | Nội dung | Hạng | ||\n| 1 | Lý thuyết | 41 | 41 | 43 |\n| 2 | Thực hành | 24 | 40 | 48 |\n"
    )
    assert rows[1:] == [["1", "Lý thuyết", "41", "41", "43"], ["2", "Thực hành", "24", "40", "48"]]
    assert not any(rows[0])


def test_a_table_of_bars_with_a_broken_row_beside_it_is_held_to_proof() -> None:
    whole = "| Đơn vị | Giao | Đạt |\n| Hòa An | 300 | 270 |\n| Bình Minh | 180 | 171 |\n| Cộng | 489 | 449 |\n"
    assert [grid.reading for grid in document(whole).grids] == ["marked"]
    assert [finding.rule for finding in check_text(whole).findings] == ["sum-mismatch"] * 2
    broken = f"{whole}Phú Lộc\n(cũ) |\n| 9 | 8 |\n"
    assert [grid.reading for grid in document(f"Phú Lộc |\n{whole}").grids] == ["aligned"]
    assert [grid.reading for grid in document(broken).grids] == ["aligned"]
    assert check_text(broken).findings == ()


def test_bars_between_words_and_figures_mixed_are_sentences() -> None:
    text = "| Dân số | |\n| Tổng cộng | 800 người |\n| Thành thị | 200 người (24%) |\n| Nông thôn | 600 người (76%) |\n"
    assert document(text).grids == ()


def test_bars_and_cells_on_lines_of_their_own() -> None:
    rows = [["A", "B", "1", "2"], ["I", "Thu", "250", "275"], ["1", "Thuế", "120", ""], ["2", "Phí", "130", "135"]]
    text = "Biểu số 1\n" + "\n".join("\n".join(["|", *(f"{cell}\n|" if cell else "|" for cell in row)]) for row in rows)
    got, grid = grid_of(f"{text}\nNơi nhận:\n- Như trên;\n")
    assert got == rows
    assert grid.reading == "aligned"


UNSURE = """Bảng 1. Số hợp đồng
Chỉ tiêu Năm 2022 Năm 2023 Năm 2024
Hợp đồng lao động 163 217 380
Hợp đồng thuê 953 131
Hợp đồng mua bán 187 301 488
Hợp đồng dịch vụ 22
Hợp đồng vay 12 14
Hợp đồng khác 10 20 30 40
"""


def test_what_cannot_be_read_with_certainty_is_said_and_claims_nothing() -> None:
    _, grid = grid_of(UNSURE)
    assert grid.reading == "unsure"
    report = check_text(UNSURE)
    assert report.claims == ()
    (unchecked,) = report.coverage.unchecked
    assert (unchecked.reason, unchecked.numbers) == ("table-alignment", report.coverage.numbers)


LOST = """Bảng 1. Kết quả
Đơn vị        Giao    Đạt
Hòa An         300    270
Bình Minh      180    171
Phú Lộc        220    209
Tổng cộng      800    759
"""


def test_a_total_that_no_column_bears_out_accuses_nobody_where_a_row_may_be_lost() -> None:
    report = check_text(LOST)
    assert [table.rows[-1] for table in report.tables] == [("Tổng cộng", "800", "759")]
    assert report.claims == ()
    assert report.findings == ()


def test_the_claims_of_a_table_are_not_read_as_sentences_as_well() -> None:
    report = check_text(BLANKS)
    assert {claim.table for claim in report.claims} == {"t1"}
