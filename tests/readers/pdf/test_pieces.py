"""Lines stay apart where PDFium gives several as one run of characters, and are read from the side they are level."""

from __future__ import annotations

from math import cos, radians, sin

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import pdf, text_at


def text_of(*drawn: str, page_keys: str = "") -> str:
    return read(pdf(" ".join(drawn), page_keys=page_keys), "drawn.pdf").text


def words_of(*drawn: str, page_keys: str = "") -> list[str]:
    return text_of(*drawn, page_keys=page_keys).split()


ROWS = (("1", "An Phu", "1.200", "1.100"), ("2", "Binh Minh", "1.237", "1.131"), ("3", "Cau Ke", "1.274", "1.162"))


def table(*columns: float, top: float = 700, size: float = 12) -> list[str]:
    return [
        text_at(x, top - 20 * at, cell, size)
        for at, row in enumerate(ROWS)
        for x, cell in zip(columns, row, strict=False)
    ]


@pytest.mark.parametrize("columns", [(72, 100, 250, 350), (72, 90, 150, 190), (72, 100, 250), (72, 300)])
def test_rows_that_begin_with_one_figure_are_not_mixed(columns: tuple[float, ...]) -> None:
    wanted = [word for row in ROWS for cell in row[: len(columns)] for word in cell.split()]
    assert words_of(*table(*columns)) == wanted


def test_lines_beside_a_heading_are_not_mixed() -> None:
    heading = ("Department of the Treasury", "Notice 1036", "Revenue Service", "(December 2010)")
    drawn = [text_at(x, y, line) for x, y, line in zip((402, 42) * 2, (740, 733, 724, 719), heading, strict=True)]
    assert words_of(*drawn) == " ".join(heading).split()


def test_large_figures_beside_two_small_lines_are_not_mixed() -> None:
    lines = (
        (72, 600, "70%", 40),
        (160, 618, "of the electricity", 12),
        (160, 601, "is saved in 2.5 years", 12),
        (72, 500, "2.5", 40),
        (72, 485, "kilograms each", 12),
    )
    words = words_of(*(text_at(*line) for line in lines))
    assert sorted(words) == sorted(word for line in lines for word in line[2].split())


def test_a_small_figure_under_a_large_word_is_not_put_into_it() -> None:
    assert words_of(text_at(72, 700, "Arial font", 14), text_at(72, 693, "5", 5)) == ["Arial", "font", "5"]


@pytest.mark.parametrize(
    ("mark", "size", "raised"), [("2", 7, 4), ("2", 8, 3), ("2", 9, 3), ("12", 7, 4), ("2", 11, 4), ("2", 9, 2.5)]
)
def test_a_raised_figure_is_a_superscript(mark: str, size: float, raised: float) -> None:
    drawn = f"BT /F 11 Tf 72 700 Td (Tong so 100) Tj /F {size} Tf {raised} Ts ({mark}) Tj /F 11 Tf 0 Ts ( ho so) Tj ET"
    assert text_of(drawn) == f"Tong so 100{''.join('⁰¹²³'[int(digit)] for digit in mark)} ho so"


@pytest.mark.parametrize(("size", "raised"), [(11, 0), (11, 1), (10, 0), (9, 0.5), (8, -2)])
def test_a_figure_that_is_only_small_or_only_a_little_higher_is_none(size: float, raised: float) -> None:
    drawn = f"BT /F 11 Tf 72 700 Td (Tong so 100) Tj /F {size} Tf {raised} Ts (2) Tj /F 11 Tf 0 Ts ( ho so) Tj ET"
    assert text_of(drawn) == "Tong so 1002 ho so"


def test_exponents_and_marks_before_and_after_a_figure_are_superscripts() -> None:
    drawn = (
        "BT /F 12 Tf 72 700 Td (san luong 3,5 x 10) Tj /F 7 Tf 5 Ts (6) Tj /F 12 Tf 0 Ts ( tan, dat 96,9) Tj /F 7 Tf "
        "5 Ts (2) Tj /F 12 Tf 0 Ts (%, xem ) Tj /F 7 Tf 5 Ts (3) Tj /F 12 Tf 0 Ts (100 ho so) Tj ET"
    )
    assert text_of(drawn) == "san luong 3,5 x 10⁶ tan, dat 96,9²%, xem ³100 ho so"


LINES = ("Tiep nhan 8.204 ho so, dat 95,2%", "Giai quyet 7.100 ho so", "Con lai 1.104 ho so")
TURNED = {0: "1 0 0 1 72 {0}", 90: "0 1 -1 0 {0} 72", 180: "-1 0 0 -1 500 {0}", 270: "0 -1 1 0 {0} 700"}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_from_the_side_its_text_is_level(turn: int, rotate: int) -> None:
    """However the text lies on the page and the page is displayed; the boxes are those of the page as displayed."""
    steps = {0: -20, 90: 20, 180: 20, 270: -20}[turn]
    drawn = [f"BT /F 12 Tf {TURNED[turn].format(400 + at * steps)} Tm ({line}) Tj ET" for at, line in enumerate(LINES)]
    found = read(pdf(" ".join(drawn), page_keys=f"/Rotate {rotate}"), "turned.pdf")
    assert " ".join(found.text.split()) == " ".join(LINES)
    start = found.text.index("8.204")
    (place,) = found.locations(start, start + 5)
    assert place.bbox is not None
    x0, top, x1, bottom = place.bbox
    assert 0 <= x0 < x1 <= (842 if rotate % 180 else 595)
    assert 0 <= top < bottom <= (595 if rotate % 180 else 842)
    (size,) = found.page_sizes
    assert (size.width, size.height, size.rotation) == ((842, 595, rotate) if rotate % 180 else (595, 842, rotate))
    is_level = (turn - rotate) % 180 == 0
    assert (x1 - x0 > bottom - top) is is_level


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_cells_of_a_turned_table_without_rules_have_boxes_of_their_own(turn: int) -> None:
    """Though each row is drawn as one line, of which the cells are parts."""
    rows = (("Xa An", 1120, 2150, 3170), ("Xa Binh", 1200, 2260, 3160), ("Xa Cuc", 1310, 2320, 3110))
    steps, drawn = {90: 20, 180: 20, 270: -20}[turn], list[str]()
    for at, (name, *figures) in enumerate((("Don vi", 2021, 2022, 2023), *rows)):
        cells = f"({name}) {-8000 + 500 * len(name)} " + " -4000 ".join(f"({figure})" for figure in figures)
        drawn.append(f"BT /F 12 Tf {TURNED[turn].format(400 + at * steps)} Tm [{cells}] TJ ET")
    found = read(pdf(" ".join(drawn)), "turned.pdf")
    assert "Xa Binh\t1200\t2260\t3160" in found.text
    boxes = [found.locations(at, at + 4)[0].bbox for at in map(found.text.index, ("1200", "2260", "3160"))]
    assert len(set(boxes)) == 3
    for box in boxes:
        assert box is not None
        assert max(box[2] - box[0], box[3] - box[1]) < 40


def test_a_turned_label_beside_level_lines_is_read_in_its_own_direction() -> None:
    drawn = [text_at(100, 700 - 20 * at, line) for at, line in enumerate(LINES)]
    label = "BT /F 12 Tf 0 1 -1 0 60 600 Tm (Bieu so 12 nam 2023) Tj ET"
    upside_down = "BT /F 12 Tf -1 0 0 -1 500 500 Tm (trang 402 / 1.785) Tj ET"
    text = text_of(*drawn, label, upside_down)
    assert "Bieu so 12 nam 2023" in text
    assert "trang 402 / 1.785" in text
    assert all(line in text for line in LINES)


def test_text_drawn_backwards_by_a_size_below_zero_is_read() -> None:
    drawn = [
        f"BT /F -12 Tf 1 0 0 1 500 {400 + 20 * at} Tm -100 Tz 100 Tz ({line}) Tj ET" for at, line in enumerate(LINES)
    ]
    assert words_of(*drawn) == " ".join(LINES).split()


def test_slanting_text_is_one_line_without_superscripts() -> None:
    assert text_of("BT /F 20 Tf 0.94 0.34 -0.34 0.94 100 300 Tm (Ban thao 246 55 50 so 12) Tj ET") == (
        "Ban thao 246 55 50 so 12"
    )


@pytest.mark.parametrize("degrees", [-160, -60, -20, 12, 20, 35, 60, 110])
def test_figures_of_a_slanting_line_that_are_drawn_one_by_one_stay_apart(degrees: int) -> None:
    """No blank is drawn between «246» and «55», and their boxes, which lie level about them, touch each other."""
    along, up = cos(radians(degrees)), sin(radians(degrees))
    drawn = list[str]()
    for place, figure in ((0, "246"), (26, "55"), (46, "50"), (58, "7")):  # the last two make one figure: «507»
        x, y = 300 + place * along, 400 + place * up
        drawn.append(f"BT /F 12 Tf {along:.5f} {up:.5f} {-up:.5f} {along:.5f} {x:.3f} {y:.3f} Tm ({figure}) Tj ET")
    assert text_of(*drawn).split() == ["246", "55", "507"]


@pytest.mark.parametrize("matrix", ["0 1 1 0 {0} 72", "0 -1 -1 0 {0} 700"])
def test_lines_of_mirrored_text_come_in_the_order_drawn(matrix: str) -> None:
    """The glass of a door, a transparency laid down the wrong way: seen from its side, it goes on upwards."""
    step = 20 if matrix.startswith("0 -1") else -20
    drawn = [f"BT /F 12 Tf {matrix.format(400 + at * step)} Tm ({line}) Tj ET" for at, line in enumerate(LINES)]
    assert words_of(*drawn) == " ".join(LINES).split()


def test_letters_below_each_other_are_one_word() -> None:
    drawn = [text_at(72, 700 - 14 * at, letter) for at, letter in enumerate("ABCDE")]
    assert "".join(text_of(*drawn).split()) == "ABCDE"


def test_letters_beyond_the_basic_plane_are_read() -> None:
    to_unicode = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        "1 beginbfchar <78> <D835DC65> endbfchar endcmap end"
    )
    more = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /ToUnicode 7 0 R >>",
        f"<< /Length {len(to_unicode)} >>\nstream\n{to_unicode}\nendstream".encode(),
    ]
    data = pdf(f"{text_at(72, 700, 'so')} BT /G 12 Tf 90 700 Td (x = 12) Tj ET", fonts="/F 3 0 R /G 6 0 R", more=more)
    assert read(data, "drawn.pdf").text == "so 𝑥 = 12"
