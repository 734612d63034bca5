"""What was not checked, and why: every number is counted once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from de06_extract import check_text
from de06_extract.claims.coverage import checked_figures, find_coverage
from de06_extract.claims.prose.mentions import Reading
from de06_extract.document.document import Document
from de06_extract.language.messages import messages
from de06_extract.schema.report import Comparison, Quantity, Unchecked
from tests.conftest import REPORTS, corpus

SENTENCES = {
    "alone": ("Ban hành 18 công văn.", ["18 công văn"]),
    "no-base": ("Tỷ lệ hộ dùng điện đạt 98,77%.", ["98,77%"]),
    "no-percent": ("Đã bố trí 54/58 đơn vị.", ["54/58 đơn vị"]),
    "bound": ("Số hồ sơ trực tuyến tăng trên 67% so với cùng kỳ.", ["67% so với"]),
    "target": ("Phấn đấu đến cuối năm đạt 95% hồ sơ.", ["95% hồ sơ"]),
    "incomplete": ("Toàn tỉnh xảy ra vụ án mạng, tăng 34 vụ (5,6%).", ["34 vụ", "5,6%"]),
    "duration": ("Thời gian giải quyết là 15 ngày.", ["15 ngày"]),
}


@pytest.mark.parametrize(("reason", "sentence", "examples"), [(r, *s) for r, s in SENTENCES.items()], ids=SENTENCES)
def test_each_reason(reason: str, sentence: str, examples: list[str]) -> None:
    coverage = check_text(sentence).coverage
    assert coverage.checked == 0
    assert [(g.reason, [span.text for span in g.examples]) for g in coverage.unchecked] == [(reason, examples)]


def test_every_reason_has_words() -> None:
    reasons = {*SENTENCES, "crowded", "table-alignment", "table-no-equation"}
    for language in ("vi", "en"):
        words = messages("report")[language]["unchecked"]
        assert set(words) == reasons
        assert all("{numbers}" in template for template in words.values())


def test_a_number_in_two_claims_is_counted_once() -> None:
    coverage = check_text("Tiếp nhận 3.225/3.265 hồ sơ đạt 98,77%; còn lại 40 hồ sơ.").coverage
    assert (coverage.numbers, coverage.checked, coverage.unchecked) == (4, 4, ())


def test_examples_are_few_and_different() -> None:
    text = "Có 1 xã. " * 9 + "".join(f"Có {n} huyện. " for n in range(2, 12))
    (group,) = check_text(text).coverage.unchecked
    assert group.numbers == 19
    assert [span.text for span in group.examples] == ["1 xã", "2 huyện", "3 huyện", "4 huyện", "5 huyện"]


def test_what_a_comparison_checks_is_checked() -> None:
    report = check_text("Ban hành 18 công văn. Đã có 18 công văn.")
    document = Document("text.txt", "Ban hành 18 công văn. Đã có 18 công văn.")
    spans = [document.span(9, 11), document.span(28, 30)]
    figures = tuple(Quantity(value=Decimal(18), decimals=0, text="18", span=span) for span in spans)
    repeat = Comparison(
        id="r1", kind="repeat", label="", quote="", span=spans[0], figures=figures, verdict="consistent"
    )
    assert checked_figures(report.claims, (repeat,)) == {9, 28}


@pytest.mark.parametrize("pairs", [125, 126], ids=["as many as a sentence may have", "too many for a sentence"])
def test_figures_of_a_crowded_sentence_are_counted_and_not_held_against_each_other(pairs: int) -> None:
    report = check_text("Có 3/4 xã (đạt 75%). " + "1/2 " * pairs + "xã. Còn 5/8 xã (đạt 62,5%).")
    crowded = {group.numbers for group in report.coverage.unchecked if group.reason == "crowded"}
    assert crowded == (set() if pairs == 125 else {252})
    assert report.coverage.numbers == 2 * pairs + 6
    assert [c.verdict for c in report.claims if c.quantities.get("percent")] == ["consistent", "consistent"]
    assert any(claim.span.text == "1/2" for claim in report.claims) == (pairs == 125)


def test_numbers_of_tables_are_added() -> None:
    cells = Unchecked(reason="table-no-equation", numbers=7)
    coverage = find_coverage(Reading(Document("a.txt", ""), []), (), (), iter((cells,)))
    assert (coverage.numbers, coverage.checked, coverage.unchecked) == (7, 0, (cells,))


@pytest.mark.parametrize("name", REPORTS)
def test_the_numbers_of_a_report_add_up(name: str) -> None:
    coverage = check_text(corpus(name).read_text("utf-8")).coverage
    counts = [group.numbers for group in coverage.unchecked]
    assert coverage.checked + sum(counts) == coverage.numbers
    assert counts == sorted(counts, reverse=True)
