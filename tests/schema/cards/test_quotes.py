"""Quotations keep every figure, however short they are cut."""

from __future__ import annotations

import pytest

from de06_extract.schema.cards.card import Piece, Quotation
from de06_extract.schema.cards.quotes import quotation, shortened, words_with

LONG = Quotation(
    (
        Piece("Tính đến hết ngày 30 tháng 9 toàn huyện đã tiếp nhận "),
        Piece("1.250", "figure"),
        Piece(" hồ sơ trên tất cả các lĩnh vực thuộc thẩm quyền giải quyết, trong đó còn lại "),
        Piece("140", "wrong"),
        Piece(" hồ sơ đang trong thời hạn và sẽ được giải quyết trong tháng sau"),
    )
)


@pytest.mark.parametrize("width", [10, 40, 80, 120, 400])
def test_a_shortened_quotation_keeps_its_figures(width: int) -> None:
    short = shortened(LONG, width)
    assert short.figures == LONG.figures
    assert len(short.text) <= max(width, 8) + 3 * len("…  ")


def test_a_quotation_that_fits_stays_as_it_is() -> None:
    assert shortened(LONG, 400) is LONG


def test_words_are_cut_at_blanks() -> None:
    words = set(LONG.text.split())
    assert set(shortened(LONG, 80).text.replace("…", " ").split()) <= words


def test_of_two_figures_that_overlap_the_first_and_longer_is_marked() -> None:
    span = {"start": 0, "end": 12, "text": "đạt 9/27 (*)"}
    figures = [{"span": {"start": 4, "end": 8, "text": "9/27"}}, {"span": {"start": 6, "end": 8, "text": "27"}}]
    relation = {"span": span, "figures": figures, "kind": "repeat"}
    made = quotation({"span": {"start": 4, "end": 8, "text": "9/27"}, "quote": ""}, [relation], {4})
    assert made.pieces == (Piece("đạt "), Piece("9/27", "wrong"), Piece(" (*)"))


def test_the_same_figure_twice_in_a_row_of_a_table_is_marked_in_the_order_of_the_text() -> None:
    quote = "Xã A – Tổng: 6; Trực tuyến: 6; Tỷ lệ: 60%"
    figures = [{"span": {"start": s, "end": s + 1, "text": t}} for s, t in ((10, "6"), (20, "6"), (30, "60%"))]
    relation = {"span": {"start": 10, "end": 33, "text": ""}, "figures": figures, "table": "t1", "kind": "ratio"}
    made = quotation({"span": {"start": 20, "end": 21, "text": "6"}, "quote": quote}, [relation], {20})
    assert [(p.text, p.mark) for p in made.figures] == [("6", "figure"), ("6", "wrong"), ("60%", "figure")]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("- + Tiếp nhận 98,57% hồ sơ", "Tiếp nhận 98,57% hồ sơ"),
        ("• 98,57% hồ sơ", "98,57% hồ sơ"),
        ("## Đạt 98,57%", "Đạt 98,57%"),
        ("Đã số hóa **98,57%** hồ sơ", "Đã số hóa 98,57% hồ sơ"),
        ("-98,57% so với cùng kỳ", "-98,57% so với cùng kỳ"),
        ("Đạt 98,57% (**)", "Đạt 98,57% (**)"),
        ("Năm 2023 - 2025 đạt 98,57%", "Năm 2023 - 2025 đạt 98,57%"),
    ],
)
def test_marks_of_lists_and_bold_letters_are_no_words(words: str, shown: str) -> None:
    made = words_with(words, "98,57%")
    assert made.text == shown
    assert [(piece.text, piece.mark) for piece in made.figures] == [("98,57%", "wrong")]


def test_words_without_offsets_mark_the_first_place() -> None:
    assert words_with("98% và 98%", "98%").pieces == (Piece("98%", "wrong"), Piece(" và 98%"))
    assert words_with("không có số", None).pieces == (Piece("không có số"),)
