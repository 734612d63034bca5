"""A share of a whole above 100%."""

from __future__ import annotations

from de06_extract.numbers.notation import write_numeral
from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The percentage above 100%."""
    if case.comparison.verdict != "inconsistent":
        return None
    share = case.comparison.figures[0]
    if share.value < _NO_SHARE:
        words = both("share-above-100", share=share.text)
    else:
        words = both("share-above-100", "no_comma", share=share.text, right=f"{write_numeral(share.value / 100, 2)}%")
    return Objection(
        **words,
        span=share.span,
        reported=share.text,
    )


_NO_SHARE = 1000  # percent that no share has, be it wrong by counts: the comma is lost


RULE = Rule(
    id="share-above-100",
    severity="error",
    select=compared("order", "share"),
    judge=judge,
    wrong=(
        "Hồ sơ trực tuyến chiếm 104,5%",
        "Hồ sơ giải quyết đúng hạn đạt 101,2%",
        "Đã chi trả qua tài khoản cho 5.412 người, đạt 9731%",
    ),
    right=(
        "Đã chi trả qua tài khoản cho 5.412 người, đạt 1500%",
        "Đã chi trả qua tài khoản cho 5.412 người, đạt 1253% kế hoạch",
        "Hồ sơ trực tuyến chiếm 94,5%",
        "Thu ngân sách đạt 104,5% dự toán",
        "Tỷ lệ trung bình máy tính trên người là 115,3%",
        "Giải quyết đúng hạn bằng 101,2% so với cùng kỳ",
    ),
)
