"""Each row of the number table of the domain: the figure that is read, and the traps that are none."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06_extract.numbers.figures import Figure, figure_of, find_figures, quantity_of
from de06_extract.schema.report import Quantity, Span

Row = tuple[str, list[str]]

# Text, and its figures: the value, what is special about it, the unit.
READ: dict[str, list[Row]] = {
    "thousands by dots": [
        ("59.170 hồ sơ", ["59170 hồ sơ"]),
        ("1.064/6.887", ["1064", "6887"]),
        ("3.225", ["3225"]),
        ("6373/11.020", ["6373", "11020"]),
        ("tổng 18.381, trực tuyến 5480", ["18381", "5480"]),
    ],
    "plain": [("11894/18381", ["11894", "18381"]), ("hơn 1900 lượt", ["over 1900 lượt"]), ("0", ["0"])],
    "decimals by a comma": [
        ("98,77%", ["98.77 percent"]),
        ("98,770%", ["98.770 percent"]),
        ("78,5/205 ngày", ["78.5", "205 time ngày"]),
        ("566, 237", ["566", "237"]),
        ("(đạt 78,35)", ["78.35"]),
        ("3.798,254 tỷ", ["3798254000000.000 scaled"]),
    ],
    "decimals by a dot": [("98.5%", ["98.5 percent"]), ("2.24%", ["2.24 percent"]), ("0.5%", ["0.5 percent"])],
    "English style": [("1,193 vụ", ["1193 vụ"]), ("20,187,293 đồng", ["20187293 đồng"])],
    "looks like a year": [
        ("78/2023 hồ sơ", ["78", "2023 hồ sơ"]),
        ("2.024 hồ sơ", ["2024 hồ sơ"]),
        ("2023 hồ sơ", ["2023 hồ sơ"]),
    ],
    "leading zero": [("07 mô hình", ["7 mô hình"]), ("02 vụ, 09 người", ["2 vụ", "9 người"])],
    "scale words": [
        ("33,2 tỷ đồng", ["33200000000.0 scaled đồng"]),
        ("33,2 tỉ đồng", ["33200000000.0 scaled đồng"]),
        ("1,5 triệu", ["1500000.0 scaled"]),
        ("1,2 triệu lượt", ["1200000.0 scaled lượt"]),
        ("5 nghìn tỷ đồng", ["5000000000000 scaled đồng"]),
        ("5 ngàn người", ["5000 scaled người"]),
        ("3 vạn cây", ["30000 scaled cây"]),
        ("2,37triệu USD", ["2370000.00 scaled USD"]),
        ("37, 38 tỷ", ["37", "38000000000 scaled"]),
    ],
    "a rate is no billion": [
        ("5 tỷ lệ", ["5"]),
        ("5 tỉ lệ", ["5"]),
        ("đạt 5 tỷ trọng", ["5"]),
        ("có 5, tỷ lệ 98%", ["5", "98 percent"]),
    ],
    "bounds": [
        ("khoảng 500 người", ["about 500 người"]),
        ("xấp xỉ 5%", ["about 5 percent"]),
        ("gần 98%", ["nearly 98 percent"]),
        ("hơn 1.900 hồ sơ", ["over 1900 hồ sơ"]),
        ("tăng trên 67%", ["over 67 percent"]),
        ("dưới 10%", ["under 10 percent"]),
        ("không quá 5 ngày", ["at_most 5 time ngày"]),
        ("tối đa 5%", ["at_most 5 percent"]),
        ("ít nhất 80%", ["at_least 80 percent"]),
        ("tối thiểu 80%", ["at_least 80 percent"]),
        ("80% trở lên", ["at_least 80 percent"]),
        ("từ 80% trở lên", ["at_least 80 percent"]),
        ("Trên 67%", ["over 67 percent"]),
    ],
    "no bounds": [("trên địa bàn 5 xã", ["5 xã"]), ("cao hơn 5%", ["5 percent"]), ("hơn nữa, 5%", ["5 percent"])],
    "ranges": [
        ("70-80%", ["70..80 percent"]),
        ("70 - 80%", ["70..80 percent"]),
        ("10,5 – 12,5%", ["10.5..12.5 percent"]),
        ("5-10 hồ sơ", ["5..10 hồ sơ"]),
        ("2-3 tỷ đồng", ["2000000000..3000000000 scaled đồng"]),
    ],
    "percent": [("48,3 %", ["48.3 percent"]), ("48,3 phần trăm", ["48.3 percent"]), ("100 %.", ["100 percent"])],
    "points": [
        ("tăng 4 điểm phần trăm", ["4 points"]),
        ("tăng 4,5 điểm %", ["4.5 points"]),
        ("4 điểm", ["4 other điểm"]),
    ],
    "broken by spaces": [
        ("3 .225 hồ sơ", ["3225 hồ sơ"]),
        ("7. 180 phòng", ["7180 phòng"]),
        ("346 000 ha", ["346000 ha"]),
        ("năm 2022. 123 hồ sơ", ["123 hồ sơ"]),
        ("là73,59%", ["73.59 percent"]),
    ],
    "footnote marks": [
        ("thị trấn³ 5 xã", ["5 xã"]),
        ("98,77%²", ["98.77 percent"]),
        ("5 m²", ["5 m²"]),
        ("đạt 5<sup>2</sup> vụ", ["5"]),
    ],
    "unit inside the ratio": [
        ("391.122 hồ sơ/662.918 hồ sơ", ["391122 hồ sơ", "662918 hồ sơ"]),
        ("109 tài khoản/2.068 chỉ tiêu", ["109 tài khoản", "2068 chỉ tiêu"]),
    ],
    "number words before a counted noun": [("Hai nhóm thủ tục", ["2 nhóm"]), ("giảm chín vụ", ["9 vụ"])],
    "telephones, ranks, tens and hundreds": [
        ("điện thoại +84 912 345 678", []),
        ("ĐT: 024 3825 1234", []),
        ("ĐT: 024.3825.1234", []),
        ("3 chục hộ", ["30 scaled hộ"]),
        ("2 trăm hồ sơ", ["200 scaled hồ sơ"]),
        ("1.22.333 hồ sơ", []),
        ("Xếp hạng 05/63 tỉnh, thành phố", []),
    ],
}

NOT_A_FIGURE = {
    "dates": [
        "23/5/2023", "01.01.2023", "05/4/2024", "12-10-2023", "ngày 12 tháng 10 năm 2023", "9/2023", "tháng 9/2023",
        "quý III/2024", "Quý I năm 2023", "năm 2024", "đến hết tháng 3/2024", "ngày 20/6", "từ 20/6 đến 20/9/2023",
        "từ đầu tháng 6/2023 đến ngày 10/7/2023", "từ ngày 01/5/2023 đến nay", "giai đoạn 2022-2025", "2022 - 2025",
        "2021 – 2025", "2023-2024",
        "8h30", "09:06", "tháng 5 và 6", "Ngày 5, 6 và 7 tháng 8",
    ],
    "document numbers": [
        "452/TTg-KSTT", "34/2016/NĐ-CP", "415/BC-TCTTKĐA", "2114/UBND-VP", "06/QĐTTg", "422/QĐ-TTg",
        "4043/CV-TCTTKĐA", "30c/NQ-CP", "Công văn số 2500/UBND-NC", "Số: /BC-UBND", "Đề án 06/CP", "Nghị định số 34",
        "Số: 415/BC-UBND",
    ],
    "ranks": ["xếp thứ 8/12", "xếp hạng 01/63", "đứng thứ 6/9", "xếp vị trí thứ 5"],
    "versions and labels": [
        "phiên bản 2.0", "220/380V", "4G, 5G", "lớp 10", "thứ 4 hàng tuần", "Mô hình 8", "mức 2", "mức độ 3,4",
        "mức độ 3, 4",
        "24/7", "PC06", "C06", "DC01", "Đề án 06", "Đề án 06¹", "COVID-19", "IPv6", "v2.0", "QL1A", "TCVN 6909",
    ],
    "telephones, identity numbers, addresses": [
        "0912 345 678", "0912345678", "0912.345.678", "079201012345", "a@b5.com", "https://a.vn/5/6?x=7",
        "www.b6.vn/2023/5",
    ],
    "words": ["một cửa", "một phần", "một số", "hai bên", "hạ một bậc", "thứ Năm", "năm học", "ba"],
    "uncertain": ["0.123", "10-5 hồ sơ", "1.1. Kết quả", "9" * 40],
}  # fmt: skip

# What is read wrongly today: each text with the figures it should give.
NOT_YET: dict[str, list[Row]] = {
    "«rưỡi» is read as a unit and its half is lost": [
        ("2 tỷ rưỡi đồng", ["2500000000 scaled đồng"]),
    ],
    "«‰» is no known sign, so a count without a unit is read": [
        ("đạt 5‰", []),
    ],
    "the rest of an unreadable run of digits is read as a number of its own": [
        ("máy chủ 192.168.1.1", []),
        ("ISO 9001:2015", []),
        ("10^6 vụ", []),
        ("1e400 vụ", []),
    ],
    "holidays are named without «ngày»": [
        ("dịp 30/4, 01/5 và 2/9", []),
    ],
    "a period without its hyphen is a number": [
        ("giai đoạn 20112020", []),
    ],
    "«CMND 9 số» names a card": [
        ("CMND 9 số", []),
    ],
    "a range is known by its dash only": [
        ("từ 5% đến 10%", ["5..10 percent"]),
        ("từ 70 đến 80%", ["70..80 percent"]),
        ("5%-10%", ["5..10 percent"]),
    ],
    "a sentence end is joined with the number behind it": [
        ("Tổng số xã là 22. 123 hồ sơ quá hạn", ["22", "123 hồ sơ"]),
    ],
}


def _described(figure: Figure) -> str:
    """The figure as the tables above write it."""
    ends = str(figure.value) if figure.upper is None else f"{figure.value}..{figure.upper}"
    parts = (
        figure.bound if figure.bound != "exact" else None,
        ends,
        "scaled" if figure.scale > 1 else None,
        figure.kind if figure.kind != "count" else None,
        figure.unit,
    )
    return " ".join(part for part in parts if part)


def _rows(table: dict[str, list[Row]]) -> list[Any]:
    return [pytest.param(text, wanted, id=f"{case}: {text}") for case, rows in table.items() for text, wanted in rows]


@pytest.mark.parametrize(("text", "wanted"), _rows(READ))
def test_figures_are_read(text: str, wanted: list[str]) -> None:
    assert [_described(f) for f in find_figures(text)] == wanted


@pytest.mark.parametrize(("text", "wanted"), _rows(READ))
def test_the_place_in_the_sentence_changes_nothing(text: str, wanted: list[str]) -> None:
    lead = "Kết quả; " if text[0].isupper() or not text[0].isalpha() else "Kết quả: "
    assert [_described(f) for f in find_figures(f"{lead}{text}; hết")] == wanted


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{case}: {text[:40]}") for case, rows in NOT_A_FIGURE.items() for text in rows]
)
def test_what_is_no_figure_is_not_read(text: str) -> None:
    assert [_described(f) for f in find_figures(text)] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(text, wanted, id=text, marks=pytest.mark.xfail(reason=reason, strict=True))
        for reason, rows in NOT_YET.items()
        for text, wanted in rows
    ],
)
def test_not_yet_read_right(text: str, wanted: list[str]) -> None:
    assert [_described(f) for f in find_figures(text)] == wanted


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("3.225 hồ sơ", "0"),
        ("98,77%", "0.005"),
        ("98%", "0.5"),
        ("33,2 tỷ đồng", "5e7"),
        ("33 tỷ", "5e8"),
        ("5 ha", "0.5"),
    ],
)
def test_the_digits_written_decide_the_slack(text: str, slack: str) -> None:
    (figure,) = find_figures(text)
    assert figure.slack == Decimal(slack)


_WORDS = st.sampled_from(
    (
        "hồ sơ", "đạt", "tỷ lệ", "tỷ", "triệu", "trên", "gần", "khoảng", "từ", "đến", "tháng", "ngày", "23/5/2023",
        "98,77%",
        "3.225", "07", "70-80%", "5/6", "%", "/", "(", ")", ",", ".", ";", "hai", "chín vụ",
    )
)  # fmt: skip


@given(st.lists(st.one_of(_WORDS, st.text("0123456789.,/-–% \n\tađsHN¹²ệ", max_size=8)), max_size=20).map(" ".join))
def test_figures_stand_in_order_and_begin_with_a_digit_or_a_number_word(text: str) -> None:
    figures = list(find_figures(text))
    behind = 0
    for figure in figures:
        assert behind <= figure.start < figure.end <= len(text)
        assert text[figure.start].isalnum()
        assert figure.value >= 0
        assert figure.upper is None or figure.upper > figure.value
        behind = figure.end
    assert list(find_figures(text)) == figures
    assert all(unicodedata.is_normalized("NFC", text[f.start : f.end]) for f in figures)


@pytest.mark.parametrize("text", [text for rows in READ.values() for text, _ in rows])
def test_a_quantity_gives_back_the_figure_that_it_was_made_of(text: str) -> None:
    for figure in find_figures(text):
        span = Span(start=figure.start, end=figure.end, text=text[figure.start : figure.end])
        quantity = quantity_of(figure, span)
        assert figure_of(quantity) == figure
        assert quantity.text == span.text


def test_the_nature_of_a_quantity_is_in_no_json() -> None:
    amount = Figure(0, 1, "count", Decimal(5), 0, measured=True)  # the heading of its column says so
    quantity = quantity_of(amount, Span(start=0, end=1, text="5"))
    again = Quantity.model_validate_json(quantity.model_dump_json())
    assert figure_of(quantity).slack == Decimal("0.5")
    assert "nature" not in quantity.model_dump()
    assert again == quantity
    assert hash(again) == hash(quantity)
