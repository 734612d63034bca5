"""Tables of a PDF: one over several pages, its cells, and drawings that are none."""

from __future__ import annotations

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import document, pdf, text_at


@pytest.mark.parametrize("folder", ["pdf", "fallback"])
def test_a_table_over_three_pages_is_one(folder: str) -> None:
    found = document(f"{folder}/002.pdf")
    (grid,) = found.grids
    rows = [row.split("\t") for row in found.text[grid.start : grid.end].split("\n")]
    assert (len(rows), {len(row) for row in rows}, grid.header_rows) == (28, {9}, 2)
    assert rows[0][2:6] == [
        "Kết nối với Cổng DVC quốc gia (đã kết nối, chưa kết nối)",
        "Tổng số hồ sơ (bao gồm cả trực tiếp và trực tuyến)",
        "",
        "",
    ]
    assert rows[14][:2] == ["13", "Thủ tục làm con dấu mới và cấp Giấy chứng nhận đã đăng ký mẫu dấu"]
    assert rows[14][2:] == [""] * 6 + ["Cấp tỉnh"]
    assert rows[20][0::3] == ["19", "5149", "2673"]
    assert rows[26][1].endswith("vụ cung cấp điện)")
    assert rows[26][2:] == ["Đã kết nối", "118", "118", "100%", "118", "0", ""]
    assert rows[27] == ["", "Tổng", "", "18.381", "11.894", "65%", "11.803", "91", ""]
    assert grid.title
    assert found.text[slice(*grid.title)] == "PHỤ LỤC 02"


def test_cells_say_where_they_are() -> None:
    found = document("pdf/003.pdf")
    (grid,) = found.grids
    by_place = {(cell.row, cell.column): found.text[cell.start : cell.end] for cell in grid.cells}
    assert by_place[0, 1] == "Cơ quan/Đơn vị (trong thực hiện mô hình)"
    assert (by_place[1, 3], by_place[1, 4], by_place[5, 2]) == ("Quý I", "Quý II", "747")
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (5, 2))
    (place,) = found.locations(cell.start, cell.end)
    assert (place.page, place.table, place.row, place.column) == (4, 1, 6, 3)
    assert found.text.count("Lưu Nghiệp Anh\t747") == 1


def test_cells_that_are_no_rectangles_are_left_to_pdfplumber() -> None:
    """The rule under the first cell ends half way: the cells around it make an L."""
    levels = [f"80 {y} m 380 {y} l S" for y in (600, 560)] + ["180 580 m 380 580 l S"]
    uprights = [f"{x} 560 m {x} 600 l S" for x in (80, 280, 380)] + ["180 580 m 180 600 l S"]
    words = [text_at(84, 585, "one", 10), text_at(184, 585, "two", 10), text_at(284, 585, "three", 10)]
    words += [text_at(184, 565, "four", 10), text_at(284, 565, "five", 10)]
    found = read(pdf(" ".join([*levels, *uprights, *words])), "odd.pdf")
    assert sorted(found.text.split()) == ["five", "four", "one", "three", "two"]
    assert len(found.grids) == 1


def test_a_table_of_boxes_is_read() -> None:
    cells = [f"{80 + 100 * column} {600 - 20 * row} 100 20 re S" for row in range(3) for column in range(3)]
    words = [
        text_at(84 + 100 * column, 605 - 20 * row, f"{row}.{column}", 10) for row in range(3) for column in range(3)
    ]
    found = read(pdf(" ".join([text_at(80, 700, "Before"), *cells, *words, text_at(80, 500, "After")])), "boxes.pdf")
    assert found.text == "Before\n0.0\t0.1\t0.2\n1.0\t1.1\t1.2\n2.0\t2.1\t2.2\nAfter"


@pytest.mark.parametrize(
    ("x", "text", "cells"),
    [
        (120, "1.234.567", ("1.234.567", "")),  # most of it left of the rule at 150
        (140, "1.234.567", ("", "1.234.567")),
        (124, "1.234.567 ho so", ("1.234.567", "ho so")),
        (110, "Tiep nhan", ("Tiep nhan", "")),
        (128, "Tiep nhan", ("Tiep", "nhan")),
    ],
)
def test_a_word_that_reaches_over_a_rule_is_not_cut(x: float, text: str, cells: tuple[str, str]) -> None:
    """It stands in the cell that holds most of it; half a figure would be another figure."""
    boxes = [f"{left} {600 - 20 * row} 70 20 re S" for row in range(2) for left in (80, 150)]
    words = [text_at(84, 606, "In", 10), text_at(154, 606, "Out", 10), text_at(x, 586, text, 10)]
    found = read(pdf(" ".join([*boxes, *words])), "narrow.pdf")
    assert found.text.split("\n")[1] == "\t".join(cells)


def test_figures_of_two_cells_that_are_drawn_in_one_are_parted_at_the_rule() -> None:
    boxes = [f"{left} {600 - 20 * row} 70 20 re S" for row in range(2) for left in (80, 150)]
    figures = "BT /F 10 Tf 1 0 0 1 132 586 Tm [(123) -150 (-450)] TJ ET"
    found = read(pdf(" ".join([*boxes, text_at(84, 606, "In", 10), text_at(154, 606, "Out", 10), figures])), "one.pdf")
    assert found.text == "In\tOut\n123\t-450"


def test_rows_that_no_rule_parts_are_parted_by_their_figures() -> None:
    """A rule below every second row, and a name of two lines in one of them."""
    boxes = [
        f"{80 + 100 * column} {y} 100 {h} re S" for column in range(3) for y, h in ((600, 20), (560, 40), (506, 54))
    ]
    rows = {606: ("Unit", "In", "Out"), 586: ("An", "120", "115"), 570: ("Binh", "98", "-")}
    rows |= {546: ("Cam Ha", "77", "70"), 532: ("and Son", "", ""), 516: ("Dai", "64", "60")}
    words = [text_at(84 + 100 * at, y, text, 10) for y, row in rows.items() for at, text in enumerate(row) if text]
    found = read(pdf(" ".join([*boxes, *words])), "merged.pdf")
    assert found.text == "Unit\tIn\tOut\nAn\t120\t115\nBinh\t98\t-\nCam Ha and Son\t77\t70\nDai\t64\t60"


def test_a_cell_with_a_list_is_no_row_for_each_line() -> None:
    boxes = [f"{80 + 100 * column} {y} 100 {h} re S" for column in range(3) for y, h in ((600, 20), (560, 40))]
    rows = {606: ("Unit", "In", "Out"), 586: ("An", "120", "115"), 570: ("", "98", "")}
    words = [text_at(84 + 100 * at, y, text, 10) for y, row in rows.items() for at, text in enumerate(row) if text]
    found = read(pdf(" ".join([*boxes, *words])), "list.pdf")
    assert found.text == "Unit\tIn\tOut\nAn\t120 98\t115"


def test_columns_of_text_are_no_table() -> None:
    words = [
        text_at(80 + 260 * at, 700 - 14 * row, text, 10) for row in range(6) for at, text in enumerate(COLUMNS[row])
    ]
    assert read(pdf(" ".join(words)), "columns.pdf").grids == ()


COLUMNS = [
    ("In 2023 the office took in 1.204", "On the other hand, 350 of the"),
    ("requests, of which 1.180 were", "forms were sent back, and of"),
    ("settled in time; 24 are open.", "these 98 came in again in May"),
    ("Of the 77 letters, 70 were", "or June. The office has 12"),
    ("answered within 15 days. All", "people for 43 kinds of forms"),
    ("others went to the province.", "and will have 14 in 2025."),
]
