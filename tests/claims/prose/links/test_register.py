"""How a text speaks: words of an office, marks of an article and figures, each in four steps."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.claims.prose.links.features.register import say_register
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

OFFICE = "UBND huyện triển khai kế hoạch, tiếp nhận 120 hồ sơ, giải quyết đúng hạn 118 hồ sơ trên địa bàn toàn huyện. "
ARTICLE = "Mới đây, ông Nam, giám đốc một công ty ở thành phố, chia sẻ với phóng viên rằng ông rất vui vì đã bán nhà. "
PLAIN = "Con đường nhỏ chạy dọc bờ sông và những hàng cây xanh mát quanh năm đón gió từ biển thổi vào mỗi sớm mai. "


def said(text: str) -> tuple[str, ...]:
    return say_register(text, read_mentions(read_document(text.encode(), "made-up.txt")).mentions)


@pytest.mark.parametrize(
    ("text", "register"),
    [
        (OFFICE * 4, ("words of an office many", "marks of an article none", "figures in the text many")),
        (ARTICLE * 4, ("words of an office none", "marks of an article many", "figures in the text none")),
        (PLAIN * 4, ("words of an office none", "marks of an article none", "figures in the text none")),
        (OFFICE + PLAIN * 10, ("words of an office some", "marks of an article none", "figures in the text none")),
        (OFFICE + PLAIN * 20, ("words of an office few", "marks of an article none", "figures in the text none")),
        ("Đã cấp 120 thẻ.", ("short text",)),
    ],
)
def test_a_text_says_how_it_speaks(text: str, register: tuple[str, ...]) -> None:
    assert said(text) == register


def test_a_repeat_is_told_where_a_text_may_be_of_an_office() -> None:
    """A recipe repeats its words with other figures; a report that does so contradicts itself."""
    twice = (
        "Hiện còn 4.182 thông tin người tham gia bảo hiểm xã hội chưa được xác thực.\n\n{}\n\n"
        "Tiếp tục làm sạch 4.812 thông tin người tham gia bảo hiểm xã hội chưa được xác thực."
    )

    def repeats(filling: str) -> bool:
        found = check_text(twice.format(filling * 6)).findings
        return any(f.rule == "repeat-mismatch" and f.severity == "error" for f in found)

    assert repeats(OFFICE.replace("120", "nhiều").replace("118", "nhiều"))
    assert not repeats(PLAIN)


@pytest.mark.parametrize(("filling", "rules"), [(OFFICE, ["part-above-whole"]), (PLAIN, [])])
def test_a_part_above_its_whole_is_told_there_too(filling: str, rules: list[str]) -> None:
    text = filling * 6 + "Có 47/45 hộ, chiếm 104,44%."
    found = check_text(text.replace("120", "nhiều").replace("118", "nhiều")).findings
    assert [finding.rule for finding in found if finding.severity == "error"] == rules


@pytest.mark.parametrize(("numerator", "rules"), [("46", ["ratio-mismatch"]), ("846", [])])
def test_an_equal_pair_elsewhere_does_not_explain_100_percent(numerator: str, rules: list[str]) -> None:
    text = f"Đã kết nối 24/24 trường, đạt 100%; xác thực thông tin nhân sự được {numerator}/846 hồ sơ, đạt 100%."
    assert [finding.rule for finding in check_text(text).findings] == rules
