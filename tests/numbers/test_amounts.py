"""Amounts in several scales, in English style, split by a blank, behind a bound or in words: what is read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.style import style_of
from de06_extract.numbers.units import base_unit, in_base_unit
from de06_extract.numbers.verdicts import interval


def _only(text: str) -> Figure:
    (figure,) = find_figures(text, style_of(text))
    return figure


@pytest.mark.parametrize(
    ("text", "value", "slack"),
    [
        ("1 tỷ 250 triệu đồng", 1_250_000_000, 500_000),
        ("210 tỷ 450 triệu 072 nghìn đồng", 210_450_072_000, 500),
        ("2 triệu 500 nghìn", 2_500_000, 500),
        ("3 tỷ 420,5 triệu đồng", 3_420_500_000, 50_000),
        ("1 triệu 250.000 đồng", 1_250_000, Decimal("0.5")),
    ],
)
def test_an_amount_in_several_scales_is_one_figure(text: str, value: int, slack: Decimal) -> None:
    figure = _only(text)
    assert figure.value == value
    assert figure.slack == slack
    assert (figure.start, text[figure.end :].strip()) in ((0, "đồng"), (0, ""))


@pytest.mark.parametrize(
    "text",
    ["2 tỷ, 450 triệu", "2,5 tỷ 300 triệu", "3 triệu 4 tỷ", "3 tỷ 5 dự án", "3 tỷ 1.200 triệu", "2 tỷ 500 đồng"],
)
def test_amounts_that_are_no_one_amount_stay_two(text: str) -> None:
    assert len(list(find_figures(text))) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("61, 4 triệu USD", Decimal("61400000.0")),
        ("(183, 7 triệu", Decimal("183700000.0")),
        ("tăng 5, 7%", Decimal("5.7")),
    ],
)
def test_a_decimal_split_by_a_blank_is_one_figure(text: str, value: Decimal) -> None:
    assert _only(text).value == value


@pytest.mark.parametrize("text", ["37, 38 tỷ", "lần lượt là 3, 4 triệu", "2, 3, 4 triệu", "566, 2 hộ"])
def test_a_list_of_figures_stays_one(text: str) -> None:
    assert len(list(find_figures(text))) > 1


@pytest.mark.parametrize(
    ("text", "style", "values"),
    [
        ("4,310.5 tỷ đồng", "english", ["4310500000000.0"]),
        ("812.50/1,250 tỷ đồng; 1,020.75 tỷ", "english", ["812.50", "1250000000000", "1020750000000.00"]),
        ("đạt 98.5%, tức 1,250 tỷ", "english", ["98.5", "1250000000000"]),
        ("đạt 98.5%, tức 1.250 hồ sơ", "vietnamese", ["98.5", "1250"]),
        ("1,25 tỷ và 20,187,293 đồng", "vietnamese", ["1250000000.00", "20187293"]),
        ("1,250 tỷ", "vietnamese", ["1250000000.000"]),
        ("phiên bản 2.0, mục 1.1, 1,250 tỷ", "vietnamese", ["1250000000.000"]),
    ],
)
def test_all_figures_of_a_document_decide_its_style(text: str, style: str, values: list[str]) -> None:
    assert style_of(text) == style
    figures = [figure for figure in find_figures(text, style_of(text)) if figure.value > 2]
    assert [str(figure.value) for figure in figures] == values


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("từ 18 lớp trở lên", "at_least"),
        ("từ 25 tấn trở xuống", "at_most"),
        ("từ 2.500 cm3 trở xuống", "at_most"),
        ("12 xã đạt từ loại khá trở lên", "exact"),
        ("12 xã, trở lên", "exact"),
        ("≥ 20 căn", "at_least"),
        ("< 20 căn", "under"),
    ],
)
def test_a_threshold_is_a_bound(text: str, bound: str) -> None:
    assert _only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("gần 20.695,7 tỷ đồng", False),
        ("hơn 34.217 thẻ", False),
        ("khoảng 27.784 triệu đồng", False),
        ("gần 20.700 tỷ đồng", True),
        ("hơn 1.234 hồ sơ", False),
        ("hơn 1.230 hồ sơ", True),
        ("hơn 11,92 tỷ đồng", False),
        ("hơn 11,9 tỷ đồng", True),
        ("khoảng 436.500 lượt", True),
        ("khoảng 436.520 lượt", False),
        ("không quá 34.217 thẻ", True),
        ("34.217 thẻ", False),
        ("70-80%", True),
    ],
)
def test_digits_that_no_rounding_explains_outweigh_a_bound(text: str, is_open: bool) -> None:
    assert _only(text).is_open == is_open


def test_a_bound_with_many_digits_leaves_one_unit_of_the_last_on_its_side() -> None:
    nearly, over = interval(_only("gần 20.695,7 tạ")), interval(_only("hơn 20.695,7 tạ"))
    assert (nearly.low, nearly.high) == (Fraction("20695.6"), Fraction("20695.75"))
    assert (over.low, over.high) == (Fraction("20695.65"), Fraction("20695.8"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mười hai xã", [12]),
        ("mười lăm hồ sơ", [15]),
        ("ba mươi lăm người", [35]),
        ("chín mươi chín hộ", [99]),
        ("hai mươi tư vụ", [24]),
        ("hai mươi vụ", [20]),
        ("có năm hộ, gồm năm xã, là năm người", [5, 5, 5]),
        ("trong năm hộ thoát nghèo, từ năm người dân, đến năm xã về đích", []),
        ("một trăm hai mươi hộ", []),
        ("hai nghìn ba trăm mười hai hộ", []),
        ("tháng mười hai", []),
        ("trong năm hồ sơ", []),
    ],
)
def test_number_words_up_to_ninety_nine_before_a_counted_noun(text: str, values: list[int]) -> None:
    assert [figure.value for figure in find_figures(text)] == values


def test_a_multiple_is_of_its_own_kind_and_a_unit_of_many_syllables_is_none() -> None:
    assert [figure.kind for figure in find_figures("gấp 2,5 lần; 4 điểm; 3 vụ")] == ["multiple", "other", "count"]


@pytest.mark.parametrize(
    ("text", "value"), [("2,4 ha", 24000), ("3,5 km", 3500), ("1,2 tấn", 1200), ("7 tạ", 700), ("1,5 GW", 1_500_000)]
)
def test_a_measure_in_its_base_unit(text: str, value: int) -> None:
    assert in_base_unit(_only(text)).value == value


@pytest.mark.parametrize("text", ["24 hồ sơ", "5 kg", "5 lít", "12%"])
def test_what_has_no_larger_unit_stays(text: str) -> None:
    figure = _only(text)
    assert in_base_unit(figure) is figure
    assert base_unit("hồ sơ") is None
