"""Two figures that may be the same quantity with two values."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.repeat_messages import contradiction
from de06_extract.rules.rule import Objection, Rule
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The figures here that other places may contradict."""
    if case.comparison.verdict != "inconsistent" or case.comparison.is_certain:
        return None
    return contradiction(case, "repeat-unsure")


RULE = Rule(
    id="repeat-unsure",
    severity="info",
    select=compared("repeat", "words", "table"),
    judge=judge,
    wrong=("Nhập dữ liệu hộ tịch: 55.995 dữ liệu.\n\nNgành Tư pháp đã tiến hành số hóa được 55.996 dữ liệu.",),
    right=("Nhập dữ liệu hộ tịch: 55.995 dữ liệu.\n\nNgành Tư pháp đã tiến hành số hóa được 55.995 dữ liệu.",),
)
