"""The same quantity with two values."""

from __future__ import annotations

from de06_extract.rules.repeat_messages import contradiction, is_certain
from de06_extract.rules.rule import REVIEW, ComparisonCase, Objection, Rule, compared


def judge(case: ComparisonCase) -> Objection | None:
    """The figures here that other places contradict."""
    if case.comparison.verdict != "inconsistent" or not is_certain(case):
        return None
    return contradiction(case, REVIEW)


RULE = Rule(
    id="repeat-mismatch",
    severity="error",
    title="Cùng một số liệu ghi hai giá trị khác nhau",
    title_en="The same quantity is stated with two values",
    explanation=(
        "Một số liệu được nhắc lại trong báo cáo hoặc trong phụ lục phải giữ nguyên giá trị. Chỉ so sánh khi nội dung, "
        "đơn vị tính, phạm vi và thời gian trùng nhau."
    ),
    explanation_en=(
        "A quantity that the report or its appendix repeats must keep its value. Compared only where content, unit, "
        "scope and period agree."
    ),
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
