"""A text with its marks: every character once, in order; a figure that goes over a line end is marked on both lines."""

from __future__ import annotations

import pytest

from de06_extract.web.review.marks import FigureMark
from de06_extract.web.review.sheets import blocks_of, lines_of, sheets_of
from tests.conftest import corpus, report_on


def mark(start: int, end: int) -> FigureMark:
    return FigureMark(f"m{start}", start, end, "wrong", ("f1",), (), "P-01")


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("đạt 84,0%\nhết", [(4, 9)], ["đạt [84,0%]", "hết"]),
        ("84,0%", [(0, 5)], ["[84,0%]"]),
        ("1.2\n34 hồ sơ", [(0, 6)], ["[1.2]", "[34] hồ sơ"]),
        ("a\n\nb 12", [(5, 7)], ["a", "", "b [12]"]),
        ("12/34", [(0, 2), (3, 5)], ["[12]/[34]"]),
        ("12 xã (84%)", [(0, 11), (7, 10)], ["[12 xã (84%)]"]),
        ("", [], [""]),
    ],
)
def test_marks_in_lines(text: str, marks: list[tuple[int, int]], shown: list[str]) -> None:
    lines = list(lines_of(text, [mark(*at) for at in marks]))
    assert ["".join(f"[{p.text}]" if p.mark else p.text for p in line) for line in lines] == shown
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text


def test_lines_with_tabs_are_the_rows_of_a_table() -> None:
    text = "Biểu 1\nSTT\tXã\tHồ sơ\n1\tAn Bình\t12\nHết\n\t3"
    blocks = list(blocks_of(text, [mark(text.index("12"), text.index("12") + 2)]))
    shown = [
        (
            block.is_table,
            [["".join(f"[{p.text}]" if p.mark else p.text for p in cell) for cell in row] for row in block.rows],
        )
        for block in blocks
    ]
    assert shown == [
        (False, [["Biểu 1"]]),
        (True, [["STT", "Xã", "Hồ sơ"], ["1", "An Bình", "[12]"]]),
        (False, [["Hết"]]),
        (True, [["", "3"]]),
    ]


def test_a_box_holds_its_figure_and_lies_on_its_page() -> None:
    report = report_on(corpus("003", "pdf")).model_dump()
    figure = report["claims"][0]["quantities"]["percent"]
    held = FigureMark("m1", 0, 1, "figure", (), tuple(figure["locations"]), "")
    sheets = sheets_of(report, [held])
    assert len(sheets) == report["source"]["pages"]
    page = figure["locations"][0]["page"]
    (box,) = sheets[page - 1].boxes
    left, top, right, bottom = figure["locations"][0]["bbox"]
    assert box.x < left
    assert box.y < top
    assert box.x + box.width > right
    assert box.bottom > bottom
    assert all(not sheet.boxes for sheet in sheets if sheet.number != page)


def test_a_document_without_pages_has_no_sheets() -> None:
    assert sheets_of(report_on(corpus("003", "docx")).model_dump(), ()) == ()
