"""Explanations as people read them: the reading as an equation, its evidence in words, and what became of it."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from de06_extract.language.messages import messages
from de06_extract.output.explanation import show_explanation
from de06_extract.pipeline.explain import explain
from de06_extract.rules.rule import Language

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%."
UNSURE = "Số giao dịch trực tuyến là 4.731 và số giao dịch nộp phí là 5.208, đạt tỷ lệ 93,84%."
ALONE = "Xã có 312 hộ. Doanh thu chợ đạt 45 triệu đồng. Lãi suất ngân hàng trong tháng là 6,7%."


def shown(text: str, asked: str, language: Language = "vi", width: int = 100) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width)
    show_explanation(explain(text.encode(), asked, name="báo cáo.txt", lang=language), console, language)
    return out.getvalue()


def test_a_claim_that_fails() -> None:
    text = shown(WRONG, "98,57%")
    assert text.startswith(
        f"báo cáo.txt · dòng 1 · @{WRONG.index('98,57')}\n   «Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ ⟦98,57%⟧.»\n"
    )
    assert "Thuộc c1: tỷ lệ, không khớp, tin cậy " in text
    assert "là 98,77%, báo cáo ghi 98,57%" in text
    assert "\n1. 3.225/3.265 = 98,57% · " in text
    assert "phép tính: lệch một chữ số (" in text
    assert "Ủng hộ:\n      +" in text
    assert "Phản đối:\n      −" in text
    assert "không nói gì về số khác" in text
    assert "Kết luận: “3.225/3.265 = 98,57%” được coi là số liệu mà báo cáo nêu." in text
    assert text.rstrip().endswith("+0,7 làm khả năng tăng gấp đôi, −0,7 giảm một nửa.")


def test_the_same_in_english_with_decimal_points() -> None:
    text = shown(WRONG, "c1", "en")
    assert "Stands in c1: ratio, inconsistent, sure " in text
    assert "For it:\n      +" in text
    assert "arithmetic: off by a digit (" in text
    assert "So: «3.225/3.265 = 98,57%» is what the report is taken to state." in text
    weights = [line.split()[0] for line in text.splitlines() if line.startswith(("      +", "      −"))]
    assert weights
    assert all("." in weight and "," not in weight for weight in weights)


def test_a_doubt() -> None:
    text = shown(UNSURE, "unsure")
    assert "Kết luận: “4.731/5.208 = 93,84%” không khớp, chưa đủ chắc để coi là lỗi nên chỉ ghi chú (unsure)." in text


def test_why_not() -> None:
    text = shown(ALONE, "6,7%")
    assert "Kết luận: coi như số này không nói gì về số khác; “45 triệu/… = 6,7%” không được nêu, vì:" in text
    assert "   – không có mẫu số để kiểm tra" in text


def test_a_figure_that_begins_nothing() -> None:
    text = shown(WRONG, "3.265")
    assert "Có mặt trong cách hiểu của “98,57%” (tỷ lệ, vai trò mẫu số): " in text


def test_kinds_in_which_nothing_was_found_take_one_line_each() -> None:
    text = shown(
        "Xếp loại tốt 512/845 xã, đạt 60,6%; loại khá 300 xã, đạt 35,5%; loại yếu 33 xã, chiếm 33,9%.", "60,6%"
    )
    heads = [line for line in text.splitlines() if "đã cân nhắc" in line]
    assert any("không nói gì về số khác: " in line for line in heads)
    assert sum("không nói gì về số khác: " not in line for line in heads) == 1


@pytest.mark.parametrize("width", [40, 100])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    assert all(len(line) <= width for line in shown(WRONG, "98,57%", width=width).splitlines())


@pytest.mark.parametrize("table", ["status", "lacks", "kind", "verdict", "outcome", "role", "error"])
def test_both_languages_say_the_same(table: str) -> None:
    words = messages("explain")
    assert set(words["vi"][table]) == set(words["en"][table])
    assert {key for key in words["vi"] if isinstance(words["vi"][key], str)} == {
        key for key in words["en"] if isinstance(words["en"][key], str)
    }
