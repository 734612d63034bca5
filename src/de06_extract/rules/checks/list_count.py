"""A stated number of things against the list of them."""

from __future__ import annotations

from de06_extract.rules.cases import ComparisonCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import compared


def judge(case: ComparisonCase) -> Objection | None:
    """The stated number of items, if the list behind it has another."""
    comparison = case.comparison
    if comparison.verdict != "inconsistent" or comparison.computed is None:
        return None
    stated, counted = comparison.figures[0], comparison.computed
    what = f"{stated.text} {comparison.label}"
    return Objection(
        **both("list-mismatch", what=what, counted=counted),
        span=stated.span,
        reported=stated.text,
        expected=str(counted),
        severity="error" if comparison.certainty == 1 else "warning",
    )


RULE = Rule(
    id="list-mismatch",
    severity="error",
    select=compared("list"),
    judge=judge,
    wrong=(
        "triển khai 4 mô hình gồm: (1) Mô hình lưu trú; (2) Mô hình an sinh; (3) Mô hình khám chữa bệnh.",
        "thí điểm tại 05 xã (gồm: Tân Hiệp, Ngọc Biên, An Quảng Hữu và Lưu Nghiệp Anh)",
        "Tiếp nhận hồ sơ thuộc 07 lĩnh vực: hộ tịch, chứng thực, lao động, việc làm, đất đai.",
    ),
    right=(
        "triển khai 3 mô hình gồm: (1) Mô hình lưu trú; (2) Mô hình an sinh; (3) Mô hình khám chữa bệnh.",
        "thí điểm tại 05 xã (gồm: Tân Hiệp, Ngọc Biên, An Quảng Hữu, Phú Cần và Lưu Nghiệp Anh)",
        "Tiếp nhận hồ sơ thuộc 07 lĩnh vực: hộ tịch, chứng thực, lao động, việc làm, đất đai...",
        "ban hành 04 văn bản (03 Nghị quyết; 01 Quyết định)",
        "05 lĩnh vực: lao động, thương binh và xã hội; y tế; giáo dục; đất đai; xây dựng.",
        "Đã giải quyết 25 hồ sơ: đúng hạn, không có hồ sơ trễ hạn.",
    ),
)
