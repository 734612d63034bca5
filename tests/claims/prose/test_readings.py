"""Mentions: the role and the measure that words and figures beside it give a figure."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.mentions import Mention
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers.text.reader import read


def _mentions(text: str) -> list[Mention]:
    return read_mentions(read(text.encode(), "a.txt")).mentions


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Số vụ tăng từ 20 lên 50 vụ, tăng 2,5 lần.", ["level", "level", "multiple"]),
        ("Số vụ tăng từ 20 lên 50 vụ, tăng 30 vụ.", ["level", "level", "change"]),
        ("Đã kiểm tra 120 lần.", ["level"]),
        ("Cứ 10 hộ thì có 7 hộ hài lòng (74%).", ["rate", "rate", "level"]),
        ("Căn cứ 5 tiêu chí, đạt 4 tiêu chí.", ["level", "level"]),
        ("Cứ thêm 50 giường được thêm 3 hộ lý; cả năm thêm 9 người.", ["rate", "rate", "level"]),
    ],
)
def test_multiples_and_rates_are_no_levels(text: str, roles: list[str]) -> None:
    assert [mention.role for mention in _mentions(text)] == roles


@pytest.mark.parametrize(
    ("text", "from_of"),
    [
        ("có từ 18 lớp trở lên thì thêm 2 người", [False, False]),
        ("có từ 25 tấn trở xuống thì giảm", [False]),
        ("tăng từ 18 lớp lên 20 lớp", [True, False]),
    ],
)
def test_a_threshold_is_no_start_of_a_change(text: str, from_of: list[bool]) -> None:
    assert [mention.leads_with("from") for mention in _mentions(text)] == from_of


@pytest.mark.parametrize(
    ("text", "divides"),
    [
        ("Đã giải quyết 3.225 hồ sơ/3.265 hồ sơ.", True),
        ("Có 46 vụ/ có 108 đối tượng.", True),
        ("Đã giải quyết 3.225 hồ sơ/tổng số 3.265 hồ sơ.", True),
        ("Giá 64.000 đồng/cp, có 108 mã tăng.", False),
        ("Uống 5 viên/ngày trong 15 ngày.", False),
        ("Đã uống 5 viên/15 viên.", True),
        ("Có 430 người, nam/nữ lần lượt là 225 người.", False),
        ("Có 64 mã tăng so với ngày 22/3/2017 là 56 mã.", False),
        ("Theo Nghị định 61/NĐ-CP có 64 xã; đạt 56 xã.", False),
    ],
)
def test_a_slash_is_a_mark_where_a_figure_follows(text: str, divides: bool) -> None:
    assert any("slash" in token.kinds for mention in _mentions(text) for token in mention.lead) == divides


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Có 270/45.000 thẻ lỗi, chiếm 6‰.", ["270 count", "45000 count", "0.6 percent"]),
        ("Tỷ suất giảm từ 9,8‰ xuống 7,3‰.", ["9.8 count", "7.3 count"]),
        ("Lỗ giảm từ -318,4 xuống -74,2 tỷ đồng.", ["318400000000.0 other", "74200000000.0 other"]),
        ("Lãi tăng từ 318,4 lên 374,2 tỷ đồng.", ["318400000000.0 count", "374200000000.0 count"]),
    ],
)
def test_per_mille_and_minus_signs(text: str, written: list[str]) -> None:
    assert [f"{m.figure.value} {m.figure.kind}" for m in _mentions(text)] == written


@pytest.mark.parametrize(
    ("text", "slack"),
    [
        ("Có 128 xe, trong đó 12,4 xe mới.", "0"),
        ("Lắp thêm 128 gigawatt, trong đó gió 12,4 gigawatt.", "0.5"),
        ("Sản xuất 128 mã lực, trong đó 12,4 mã lực mới.", "0.5"),
        ("Có 128 người, trong đó 12 người mới.", "0"),
        ("Bán 128 cổ phiếu trong 1,5 triệu cổ phiếu.", "0"),
        ("Sản xuất 128 mã lực, trong đó 12 mã lực mới.", "0"),
    ],
)
def test_a_whole_number_beside_decimals_of_its_unit_is_rounded(text: str, slack: str) -> None:
    assert str(_mentions(text)[0].figure.slack) == slack


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Tổng 2,4 ha, gồm 15.000 m² và 9.000 m².", ["24000.0", "15000", "9000"]),
        ("Tổng 2,4 ha, gồm 1,5 ha và 0,9 ha.", ["2.4", "1.5", "0.9"]),
        ("Tổng 2,4 ha (24.000 m²).", ["2.4", "24000"]),
        ("Đoạn 12 km, rộng 6 m, sâu 2 m.", ["12", "6", "2"]),
        ("Tổng 3,2 tấn, gồm 1.800 kg và 1.400 kg.", ["3200.0", "1800", "1400"]),
    ],
)
def test_a_total_and_its_parts_are_brought_to_one_unit(text: str, values: list[str]) -> None:
    assert [str(mention.figure.value) for mention in _mentions(text)] == values


def test_a_converted_figure_shows_its_unit() -> None:
    text = "Tổng 2,4 ha, gồm 15.000 m² và 9.000 m²."
    total = _mentions(text)[0]
    assert text[total.start : total.end] == "2,4 ha"
