"""The same quantity with two values."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.repeat_messages import contradiction
from de06_extract.rules.rule import Objection, Rule
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The figures here that other places contradict."""
    if case.comparison.verdict != "inconsistent" or not case.comparison.is_certain:
        return None
    return contradiction(case, "repeat-mismatch")


RULE = Rule(
    id="repeat-mismatch",
    severity="error",
    select=compared("repeat", "words", "table"),
    judge=judge,
    wrong=(
        "Hiện còn 4.182 thông tin người tham gia bảo hiểm xã hội chưa được xác thực.\n\n"
        "Tiếp tục làm sạch 4.812 thông tin người tham gia bảo hiểm xã hội chưa được xác thực.",
        "Đã số hóa 11.499/11.733 hồ sơ người học.\n\nNgành giáo dục đã số hóa 11.499/11.773 hồ sơ người học.",
    ),
    right=(
        "Hiện còn 4.182 thông tin người tham gia bảo hiểm xã hội chưa được xác thực.\n\n"
        "Tiếp tục làm sạch 4.182 thông tin người tham gia bảo hiểm xã hội chưa được xác thực.",
        "Quý I/2023 tiếp nhận 4.182 hồ sơ đất đai của người dân.\n\n"
        "Quý II/2023 tiếp nhận 4.812 hồ sơ đất đai của người dân.",
    ),
)
