"""A percentage of nothing."""

from __future__ import annotations

from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule
from de06_extract.rules.select import of_kind


def judge(case: ClaimCase) -> Objection | None:
    """The percentage that stands against a denominator of 0."""
    if case.claim.verdict != "undefined":
        return None
    percent = case.quantity("percent")
    ratio = "/".join(held.text if (held := case.maybe(role)) else "…" for role in ("numerator", "denominator"))
    base, base_en = ("bằng 0", "the denominator 0") if case.maybe("denominator") else ("để trống", "no denominator")
    return Objection(
        vi=f"{ratio} có mẫu số {base} nên không có tỷ lệ, báo cáo ghi {percent.text}",
        en=f"{ratio} has {base_en}, so no percentage; stated is {percent.text}",
        span=percent.span,
        reported=percent.text,
    )


RULE = Rule(
    id="ratio-undefined",
    severity="warning",
    title="Tỷ lệ của mẫu số bằng 0",
    title_en="A percentage of a denominator of 0",
    explanation="Không có hồ sơ nào thì không tính được tỷ lệ; nên ghi «không phát sinh» thay cho 0% hoặc 100%.",
    explanation_en="Of no cases at all no percentage can be taken; write that none occurred instead of 0% or 100%.",
    select=of_kind("ratio"),
    judge=judge,
    wrong=("Tiếp nhận 0/0 hồ sơ, đạt 100%",),
    right=("Tiếp nhận 0/5 hồ sơ, đạt 0%", "Tiếp nhận 0/0 hồ sơ"),
)
