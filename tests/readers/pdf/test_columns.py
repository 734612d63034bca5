"""Two and three columns of prose are read one after the other, however they were drawn; tables row by row."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import pdf, text_at

PROSE = (
    (
        "Trong quy II, toan tinh tiep nhan",
        "va giai quyet 8.204 ho so tren tong",
        "so 8.500 ho so, bang 96,5%, tang so",
        "voi cung ky nam truoc.",
    ),
    (
        "Cac xa da mo 120 lop huong dan voi",
        "tren 3.000 nguoi tham gia, trong do",
        "co 1.785 nguoi cao tuoi duoc giup",
        "cai dat ung dung.",
    ),
    (
        "Den nay con 11 don vi chua bo tri",
        "du may quet cho bo phan mot cua, nen",
        "viec so hoa con cham o 4 huyen mien",
        "nui cua tinh.",
    ),
)
TABLE = (
    ("Don vi hanh chinh cap xa", "Xa An Phu Tay va Dong", "Xa Binh Minh Thuong Ha", "Xa Cau Ke Ngoai Thanh"),
    ("So ho so da tiep nhan", "Tong 1.200 ho so moi", "Tong 1.237 ho so moi", "Tong 1.274 ho so moi"),
)


def drawn(columns: tuple[tuple[str, ...], ...], width: float, size: float = 9) -> list[list[str]]:
    return [
        [text_at(50 + width * place, 700 - 13 * at, line, size) for at, line in enumerate(column)]
        for place, column in enumerate(columns)
    ]


def words_of(lines: list[str]) -> list[str]:
    return read(pdf(" ".join(lines)), "columns.pdf").text.split()


@pytest.mark.parametrize(("count", "width"), [(2, 250), (3, 175)])
@pytest.mark.parametrize("by_row", [True, False])
def test_columns_of_prose_are_read_one_after_the_other(count: int, width: float, by_row: bool) -> None:
    columns = drawn(PROSE[:count], width)
    lines = (
        [line for row in zip_longest(*columns) for line in row] if by_row else [line for one in columns for line in one]
    )
    wanted = [word for column in PROSE[:count] for line in column for word in line.split()]
    assert words_of(lines) == wanted
    title = text_at(50, 740, "BAO CAO TINH HINH THUC HIEN DE AN TRONG QUY II NAM 2023 CUA TOAN TINH VA CAC DON VI", 10)
    assert words_of([title, *lines])[-len(wanted) :] == wanted


def test_a_column_that_ends_before_the_other_is_read_whole() -> None:
    columns = drawn((PROSE[0] + PROSE[1], PROSE[2]), 250)
    lines = [line for row in zip_longest(*columns, fillvalue="") for line in row]
    assert words_of(lines) == [word for column in PROSE for line in column for word in line.split()]


@pytest.mark.parametrize(
    "columns",
    [
        TABLE,
        (
            ("UY BAN NHAN DAN", "TINH AN PHU", "So: 12/BC-UBND"),
            ("CONG HOA XA HOI CHU NGHIA", "Doc lap - Tu do", "An Phu, 12"),
        ),
        (PROSE[0], ("1.200", "1.237", "1.274", "1.311")),
    ],
)
def test_rows_of_what_is_no_prose_stay_rows(columns: tuple[tuple[str, ...], ...]) -> None:
    lines = [line for row in zip(*drawn(columns, 250), strict=True) for line in row]
    assert words_of(lines) == [word for row in zip(*columns, strict=True) for line in row for word in line.split()]
