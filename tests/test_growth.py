"""The work grows with the length of the text: function calls or lines are counted, so no clock decides.

What one call does inside C (a slice, a regular expression) is not counted here; `benchmarks/growth.py` times it.
"""

from __future__ import annotations

import cProfile
import pstats

import pytest

from de06_extract import check_text
from tests.conftest import corpus
from tests.counting import lines_run

pytestmark = pytest.mark.slow

TIMES = 4
MOST = TIMES * 1.1
SENTENCE = (
    "Tiếp nhận 3.225/3.265 hồ sơ, đạt tỷ lệ 98,57%; trong đó có 580 hồ sơ trực tuyến (đạt 53,8%), còn lại 2.645 hồ sơ, "
    "tăng 12,5% so với cùng kỳ năm 2023. "
)
CITATION = (
    "Kế hoạch số 27/KH-UBND ngày 31/01/2023 của UBND tỉnh, 28/KH-UBND; tính đến ngày 31/01/2023 đã có Luật Cư trú, "
    "giai đoạn 2022-2025, tầm nhìn đến năm 2030. "
)
LIST = "Có 3 mô hình gồm: (1) Lưu trú; (2) An sinh; (3) Học bạ số. Có 02 xã (Phú Cần, Tân Sơn). "
# Each unit of text with how often it is repeated: enough that the windows of the recognisers are full.
COPIES = {
    "paragraphs": (SENTENCE + "\n\n", 50),
    "one paragraph": (SENTENCE, 50),
    "footnotes": ("Đạt 98,57%¹ hồ sơ.\n\n¹ Gồm 5 vụ.\n\n", 40),
    "table rows": ("1\tXã A\t10\t5\t50%\n", 60),
    "wrong rows below a total": ("\tHuyện A\t23\t13\t10\n1\tXã A\t15\t8\t7\n2\tXã B\t9\t5\t3\n", 40),
    "tables": ("STT\tXã\tGiao\tĐạt\tTỷ lệ\n1\tXã A\t20\t15\t75%\n2\tXã B\t9\t5\t55,6%\n\nKết quả:\n\n\n\n\n\n", 20),
    "columns of blanks": ("Xã A  20  15  75%\n", 60),
    "a row on each line": ("Xã A 20 15 75%\n", 60),
    "a cell on each line": ("Xã A\n20\n15\n75%\n", 60),
    "bars": ("| Xã A | 20 | 15 | 75% |\n", 60),
    "bars and cells on lines": ("|\nXã A\n|\n20\n|\n15\n|\n75%\n|\n", 60),
    "bars and words on lines": ("|\n1\n|\nXã A\n|\nHuyện B\n|\n", 60),
    "plain tables": ("Kết quả như sau:\nXã Giao Đạt\nXã A 20 15\nXã B 9 5\nXã C 8 7\nNơi nhận:\n", 40),
    "headings": ("1.1. Kết quả\n\n", 60),
    "repeats": ("Còn 4.182 hồ sơ đất đai chưa số hóa.\n\nSố hóa 4.812/5.164 hồ sơ đất đai, vụ việc 4.128.\n\n", 60),
    "items and their rows": ("- Khai sinh: 310/320 hồ sơ (đạt 97%).\n\n1\tKhai sinh\t320\t310\t97%\n\n", 60),
    "periods": ("Quý I/2023 tiếp nhận 520 hồ sơ đất đai. Năm 2023 tiếp nhận 490 hồ sơ đất đai. ", 60),
    "breakdowns": ("Có 30 hồ sơ, gồm 20 hồ sơ giấy, 10 hồ sơ số.\n\n", 60),
    "headings in order": ("1.1. Kết quả\n\n1.3. Hạn chế\n\n* Đối với tỉnh\n\n", 30),
    "citations": (CITATION + "\n\n", 40),
    "citations in one paragraph": (CITATION, 40),
    "lists in one paragraph": (LIST, 120),
    "numbers without an end": ("4 mô hình gồm: (2) Lưu trú; hộ tịch, ", 120),
    "lists over paragraphs": (LIST + "\n\n", 40),
    "lists of lines": ("Thực hiện 3 nhiệm vụ sau:\n\n- Cấp thẻ;\n\n- Làm sạch;\n\n- Báo cáo.\n\n", 40),
    "lines of one list": ("- Cấp thẻ cho 3 đối tượng gồm:\n\n", 200),
    "signatures": ("Nơi nhận:    KT. CHỦ TỊCH\n- UBND tỉnh;    Nguyễn Văn A\n\n", 60),
    "letterheads": ("UBND HUYỆN TỨ KỲ    Số: 5/BC-UBND    Tứ Kỳ, ngày 5 tháng 4 năm 2024\n\n", 60),
}
RUNS = {
    "spaces": ("Đạt 5", " ", "6%"),
    "no-break spaces": ("Đạt 5", "\u00a0", "6%"),
    "digits": ("Đạt ", "7", "%"),
    "slashes": ("Đạt 5", "/", "6%"),
    "dots": ("Đạt 5", ".", "6%"),
    "commas": ("Đạt 5", ",", "6%"),
    "hyphens": ("Đạt 5", "-", "6%"),
    "tabs": ("Đạt 5", "\t", "6%"),
    "lines": ("Đạt 5", "\n", "6%"),
    "open brackets": ("Đạt 5 ", "(", "6%"),
    "close brackets": ("Đạt 5 ", ")", "6%"),
    "percent signs": ("Đạt 5", "%", "6%"),
    "stars": ("Đạt 5", "*", "6%"),
    "letters": ("Đạt 5 ", "a", " 6%"),
    "superscripts": ("Đạt 5", "²", " 6%"),
}

# Texts made to take long: hardly a word, one sentence or row without an end. Each with how many of its lines of code a
# character may take on 8,000 of them; with more figures than a sentence has, hardly more than it takes to read them.
HOSTILE = {
    "fractions": ("1/2 ", 200),
    "cells of one row": ("1\t", 600),
    "totals": ("1\tA\t5\t6\t83,3%\n2\tTổng\t5\t6\n", 800),
    "cells of Markdown": ("|1", 320),
    "amounts": ("1 triệu đồng, ", 80),
    "fractions in brackets": ("(1/2) ", 160),
    "lists inside a list": ("gồm: 1 a, 2 b, 3 c; ", 100),
    "percentages": ("1%; ", 160),
    "changes": ("tăng 5%, ", 110),
}


def lines(text: str) -> int:
    """How many lines of code the report on `text` runs, loops without a call among them."""
    return lines_run(lambda: check_text(text))


def calls(text: str) -> int:
    """How many calls, recursive ones aside, the report on `text` takes."""
    profile = cProfile.Profile()
    profile.runcall(check_text, text)
    return sum(entry[0] for entry in pstats.Stats(profile).stats.values())  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """What is compiled or read once does not count."""
    for unit, _ in COPIES.values():
        check_text(f"{unit}{unit}")
    check_text(f"{CITATION}\n\n{LIST}\n\n1. Về 2 việc sau:\n\n- Một;\n\n- Hai.")


@pytest.mark.parametrize(("unit", "copies"), COPIES.values(), ids=list(COPIES))
def test_a_longer_text_takes_work_in_proportion(unit: str, copies: int) -> None:
    assert calls(unit * copies * TIMES) <= MOST * calls(unit * copies)


@pytest.mark.parametrize(("before", "character", "after"), RUNS.values(), ids=list(RUNS))
def test_a_run_of_one_character_takes_work_in_proportion(before: str, character: str, after: str) -> None:
    short, long = (calls(before + character * n + after) for n in (5_000, 20_000))
    assert long <= MOST * short


@pytest.mark.parametrize(("unit", "most"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_text_made_to_take_long_takes_work_in_proportion(unit: str, most: int) -> None:
    short, long = (lines((unit * size)[:size]) for size in (4_000, 8_000))
    assert long <= 2.2 * short
    assert long <= most * 8_000


@pytest.mark.xfail(reason="the windows in which bases are looked for reach back over the copies before", strict=True)
def test_ten_copies_of_a_report_take_ten_times_the_work() -> None:
    report = corpus("001").read_text("utf-8") + "\n\n"
    assert calls(report * 10) <= 11 * calls(report)
