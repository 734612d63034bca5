"""Two figures that may be the same quantity with two values."""

from __future__ import annotations

from de06_extract.rules.repeat_messages import contradiction, is_certain
from de06_extract.rules.rule import ComparisonCase, Objection, Rule, compared


def judge(case: ComparisonCase) -> Objection | None:
    """The figures here that other places may contradict."""
    if case.comparison.verdict != "inconsistent" or is_certain(case):
        return None
    return contradiction(
        case,
        "nếu cùng một nội dung thì hai số liệu phải thống nhất",
        "; if both mean the same, they should agree",
    )


RULE = Rule(
    id="repeat-unsure",
    severity="info",
    title="Hai số liệu gần giống nhau, có thể cùng một nội dung",
    title_en="Two nearly equal figures that may be the same quantity",
    explanation=(
        "Hai số liệu chỉ khác nhau một chữ số và có nội dung gần giống nhau; cần xem có phải cùng một số liệu không."
    ),
    explanation_en=(
        "The figures are one digit apart and their words are alike; look whether they are meant to be the same."
    ),
    select=compared("repeat", "words", "table"),
    judge=judge,
    wrong=("Nhập dữ liệu hộ tịch: 55.995 dữ liệu.\n\nNgành Tư pháp đã tiến hành số hóa được 55.996 dữ liệu.",),
    right=("Nhập dữ liệu hộ tịch: 55.995 dữ liệu.\n\nNgành Tư pháp đã tiến hành số hóa được 55.995 dữ liệu.",),
)
