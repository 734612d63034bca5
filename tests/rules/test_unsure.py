"""What a doubt says, kind by kind, whatever the model thinks of such words."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.rules.cases import DoubtCase
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Objection

(RULE,) = [rule for rule in rules() if rule.id == "unsure"]


def objection(text: str) -> Objection:
    """What the rule would say if the claim of a text that fails were a doubt."""
    (claim,) = [claim for claim in check_text(text).claims if claim.verdict == "inconsistent"]
    said = RULE.judge(DoubtCase(claim))
    assert said is not None
    return said


@pytest.mark.parametrize(
    ("text", "vi", "expected"),
    [
        (
            "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.",
            "“3.265” là mẫu số của “3.225” (tỷ lệ “98,57%”) thì phải là 98,77%, báo cáo ghi 98,57%",
            "98,77%",
        ),
        (
            "có 708 thủ tục (376 thủ tục một phần và 342 thủ tục toàn trình)",
            "“708” là tổng của 376 + 342 thì phải là 718, báo cáo ghi 708",
            "718",
        ),
        (
            "Đã làm sạch 6.373/11.020 trường hợp đạt 58%. Hiện còn 4.774 trường hợp",
            "“4.774” là phần còn lại của “11.020” sau khi trừ “6.373” thì phải là 4.647, báo cáo ghi 4.774",
            "4.647",
        ),
        (
            "Toàn tỉnh xảy ra 420 vụ, tăng 20 vụ (5,2%) so với cùng kỳ",
            "“5,2%” là mức tăng “20” đến “420” thì phải là 5,0%, báo cáo ghi 5,2%",
            "5,0%",
        ),
        (
            "Số hộ nghèo giảm từ 2.730 hộ xuống còn 1.379 hộ, giảm 1.315 hộ.",
            "“1.315” là mức giảm từ “2.730” đến “1.379” thì phải là 1.351, báo cáo ghi 1.315",
            "1.351",
        ),
        (
            "Hộ nghèo giảm từ 3,99% xuống còn 4,96%",
            "“4,96%” là mức giảm từ “3,99%” thì chiều không đúng, báo cáo ghi 4,96%",
            None,
        ),
        (
            "Kết quả giải quyết hồ sơ: trước hạn đạt 37,14%, đúng hạn đạt 61,71%, trễ hạn chiếm 0,15%",
            "37,14% + 61,71% + 0,15% chia hết một tổng thì phải là 100%, báo cáo ghi 99,00%",
            "100%",
        ),
    ],
)
def test_a_doubt_names_the_reading_and_what_follows_from_it(text: str, vi: str, expected: str | None) -> None:
    said = objection(text)
    assert said.vi == f"Nếu {vi}; lời văn chưa đủ rõ để kết luận"
    assert said.expected == expected
    assert said.en.startswith("If ")
    assert said.en.endswith("; the words leave open whether that is meant")
    assert said.span not in said.related
    assert len(said.related) >= 1
