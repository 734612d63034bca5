"""What readings that fail need to be held against a report, by all of them together and by words alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from de06_extract import check_text
from de06_extract.claims.prose.links.linker import Link, links
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.relations import ACCUSED, ACCUSED_OF, Bar, lacks
from de06_extract.claims.prose.model_file import models_of
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

TEXTS = {
    "ratio": "Đã giải quyết 3.225 hồ sơ trong 3.265 hồ sơ tiếp nhận, đạt tỷ lệ 98,57%.",
    "change": "Số vụ tăng từ 1.379 vụ năm 2023 lên 2.730 vụ năm 2024, tăng 97,79%.",
    "sum": "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến; 343 hồ sơ trực tiếp.",
    "remainder": "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 343 hồ sơ.",
    "distribution": "Trong đó: loại tốt 46,18%; loại khá 38,95%; loại trung bình 14,78%.",
}
BARS = {(kind, outcome): bars for outcome, bars in ACCUSED.items() for kind in TEXTS} | ACCUSED_OF


def failing(kind: str, outcome: Outcome, wrong: float, prior: float) -> Link:
    """The reading of the sentence that fails, as if it missed so and were that likely."""
    readings = links(read_mentions(read_document(TEXTS[kind].encode(), "made-up.txt")), models_of(None))[kind]
    held = max(readings, key=lambda link: link.wrong)
    held.candidate.outcome, held.wrong, held.prior = outcome, wrong, prior
    return held


@pytest.mark.parametrize(("kind", "outcome", "bar"), [(*key, bar) for key, bars in BARS.items() for bar in bars])
def test_a_miss_is_held_against_a_report_from_two_thresholds_on(kind: str, outcome: Outcome, bar: Bar) -> None:
    def lacking(wrong: float, prior: float) -> set[str]:
        return {str(lack.reason) for lack in lacks(failing(kind, outcome, wrong, prior))} - {"written_out"}

    of_another = [{"prior"}, {"wrong"}] if len(BARS[kind, outcome]) > 1 else []  # which is as near
    assert lacking(bar.wrong, bar.prior) == set()
    assert lacking(bar.wrong, bar.prior - 0.01) in [{"prior"}, *of_another]
    if (kind, outcome) != ("change", Outcome.FAILS):  # beside the figures that give it, words alone are enough
        assert lacking(bar.wrong - 0.01, bar.prior) in [{"wrong"}, *of_another]


def test_of_several_bars_each_asks_for_less_of_one_thing() -> None:
    for bars in BARS.values():
        for first, second in pairwise(bars):
            assert first.wrong > second.wrong
            assert first.prior < second.prior


@pytest.mark.parametrize(
    "text",
    [
        "Đã cấp 1.427/12.305 thẻ căn cước, đạt tỷ lệ 15,08%.",
        "Đã cấp 7.427/12.305 thẻ, đạt 85,1%; trong đó: đúng hạn 93,8%, trễ hạn 6,2%.",
        "Số vụ cháy tăng từ 148 lên 96 vụ.",
    ],
)
def test_what_words_alone_accuse_is_as_sure_as_they_are(text: str) -> None:
    (claim,) = [claim for claim in check_text(text).claims if claim.verdict == "inconsistent"]
    assert claim.confidence is not None
    assert claim.confidence > 0.75


def test_a_change_is_told_once_with_all_its_figures() -> None:
    report = check_text("Mức phí mới là 7.700 đồng/m3, tăng 500 đồng so với mức cũ là 7.200 đồng/m3.")
    assert [(claim.kind, claim.verdict) for claim in report.claims] == [("change", "consistent")]


def test_a_word_far_from_a_value_is_not_where_it_started() -> None:
    far = (
        "Nghiên cứu mới từ Viện Địa lý công bố hôm qua cho biết tỉnh đã duyệt 11,29 nghìn ha trong quý I, sau khi năm "
        "trước chứng kiến sự sụt giảm của diện tích được duyệt xuống còn 62,24 nghìn ha."
    )
    near = "Diện tích được duyệt của tỉnh sụt giảm từ mức 11,29 nghìn ha trong quý I xuống còn 62,24 nghìn ha."
    assert [finding.rule for finding in check_text(near).findings] == ["change-mismatch"]
    assert check_text(far).findings == ()
