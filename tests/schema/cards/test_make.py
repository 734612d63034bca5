"""Cards say of a finding where it stands, what the report has, what follows, and what would settle it."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import check_text
from de06_extract.schema.cards.card import Card, Mark
from de06_extract.schema.cards.make import causes_of, headline, report_cards
from tests.conftest import CORPUS, report_on

SLIP = """UBND HUYỆN X
BÁO CÁO

II. KẾT QUẢ
1. Thủ tục hành chính:
a) Phí, lệ phí
Mức thu áp dụng cho 710 thủ tục (378 thủ tục một phần và 332 thủ tục toàn trình).
Tổng số 1.250 hồ sơ, đã giải quyết 1.100 hồ sơ, còn lại 140 hồ sơ.
2. Hồ sơ
Đã số hóa 580/1.068 hồ sơ, đạt 53,8%.
"""


def cards(text: str) -> tuple[Card, ...]:
    return report_cards(check_text(text).model_dump())


def marked(card: Card, mark: Mark) -> list[str]:
    return [piece.text for piece in card.quote.pieces if piece.mark == mark]


def test_a_card_marks_every_figure_of_the_relation_and_the_wrong_one_apart() -> None:
    (card,) = cards("Đã số hóa 580/1.068 hồ sơ, đạt 53,8%.")
    assert marked(card, "figure") == ["580", "1.068"]
    assert marked(card, "wrong") == ["53,8%"]
    assert card.quote.text == "Đã số hóa 580/1.068 hồ sơ, đạt 53,8%"
    assert [(figure.text, figure.is_wrong) for figure in card.figures] == [
        ("580", False),
        ("1.068", False),
        ("53,8%", True),
    ]
    assert (card.reported, card.expected) == ("53,8%", "54,3%")


DOUBTFUL = "Số giao dịch trực tuyến là 4.731 và số giao dịch nộp phí là 5.208, đạt tỷ lệ 93,84%."


def test_a_reading_that_may_not_be_meant_marks_its_figures_as_any_other() -> None:
    (card,) = cards("I. KẾT QUẢ\nChi 5.208 và 93,84%.\n" + DOUBTFUL)
    assert card.rule == "unsure"
    assert (marked(card, "figure"), marked(card, "wrong")) == (["4.731", "5.208"], ["93,84%"])
    assert [(f.text, f.is_wrong, f.place.words) for f in card.figures] == [
        ("4.731", False, "mục I, dòng 3"),
        ("5.208", False, "mục I, dòng 3"),
        ("93,84%", True, "mục I, dòng 3"),
    ]
    assert card.related == ()  # they stand in the quotation


def test_a_related_place_outside_the_quotation_is_no_figure_of_it() -> None:
    text = "Quyết định số 06/QĐ-TTg ngày 06/01/2022 và Quyết định số 06/QĐ-TTg ngày 07/01/2022 của Thủ tướng."
    card = next(card for card in cards(text) if card.rule == "reference-date-conflict")
    assert [figure.text for figure in card.figures] == ["Quyết định số 06/QĐ-TTg ngày 07/01/2022"]
    assert [other.text for other in card.related] == ["Quyết định số 06/QĐ-TTg ngày 06/01/2022"]


def test_a_place_names_the_section_with_its_parents() -> None:
    places = {card.place.words: [heading.title for heading in card.place.headings] for card in cards(SLIP)}
    assert places == {
        "mục II.1.a, dòng 8": ["KẾT QUẢ", "Thủ tục hành chính", "Phí, lệ phí"],
        "mục II.2, dòng 10": ["KẾT QUẢ", "Hồ sơ"],
    }


def test_a_label_that_repeats_its_parent_is_said_once() -> None:
    text = "I. KẾT QUẢ\n1. Hồ sơ\n1.4. Số hóa\nĐã số hóa 580/1.068 hồ sơ, đạt 53,8%.\n"
    assert cards(text)[0].place.section == "mục I.1.4"


def test_an_annex_is_named_as_it_names_itself() -> None:
    text = "I. KẾT QUẢ\nTốt.\n\nPHỤ LỤC II\n\n1. Hồ sơ\nĐã số hóa 580/1.068 hồ sơ, đạt 53,8%.\n"
    assert cards(text)[0].place.section == "PHỤ LỤC II, mục 1"


def test_numbers_count_the_gravest_first_and_tell_findings_of_one_cause_by_letters() -> None:
    found = report_cards(report_on(CORPUS / "002.txt").model_dump())
    order = ["error", "warning", "info"]
    first = [order.index(group.cards[0].severity) for group in causes_of(found)]
    assert first == sorted(first)
    assert [group.number for group in causes_of(found)] == [f"P-{n:02}" for n in range(1, len(causes_of(found)) + 1)]
    for group in causes_of(found):
        numbers = [card.number for card in group]
        expected = [group.number] if len(numbers) == 1 else [f"{group.number}{c}" for c in "abcdefghij"[: len(numbers)]]
        assert numbers == expected


def test_the_headline_counts_places_and_says_how_many_findings_only_where_those_are_more() -> None:
    assert headline(2, 4) == "2 chỗ cần xem lại (4 phát hiện)"
    assert headline(2, 2, "en") == "places to review: 2"


def test_an_edit_of_several_figures_is_said_figure_by_figure() -> None:
    found = report_cards(report_on(CORPUS / "pdf" / "004.pdf").model_dump())
    card = next(card for card in found if card.rule == "sum-mismatch")
    assert card.proposal == "376 → 367, 342 → 341"
    assert marked(card, "wrong") == ["376", "342"]
    assert card.proposals[0].edit["replacement"].startswith("367 thủ tục")


def test_related_places_say_where_they_are() -> None:
    found = report_cards(report_on(CORPUS / "pdf" / "002.pdf").model_dump())
    card = next(card for card in found if card.reported == "4.812")
    assert [other.words for other in card.related] == [
        "“4.182” (mục I.4, trang 10)",
        "“4.182” (mục I.4, trang 11)",
        "“4.182” (mục I.6, mục “Làm sạch dữ liệu của các đơn vị cơ quan, ban, ngành”, trang 14)",
    ]


def test_a_place_in_a_word_document_has_words_to_search_that_stand_in_one_paragraph() -> None:
    from docx import Document

    path = CORPUS / "docx" / "002.docx"
    paragraphs = [" ".join(paragraph.text.split()) for paragraph in Document(str(path)).paragraphs]
    held = [card.place for card in report_cards(report_on(path).model_dump()) if card.place.search]
    assert len(held) > 10
    for place in held:
        assert any(str(place.search) in paragraph for paragraph in paragraphs), place.search
        assert place.words.endswith(f"tìm “{place.search}”")


def test_a_table_cell_is_quoted_with_its_names_and_every_figure() -> None:
    found = report_cards(report_on(CORPUS / "pdf" / "002.pdf").model_dump())
    card = next(card for card in found if card.rule == "ratio-undefined" and "8. Thu tiền" in card.arithmetic)
    assert (marked(card, "figure"), marked(card, "wrong")) == (["0", "0"], ["0%"])


def test_all_figures_of_a_repeat_that_stand_here_are_in_doubt() -> None:
    found = report_cards(report_on(CORPUS / "002.txt").model_dump())
    card = next(card for card in found if "5056" in (card.reported or ""))
    assert marked(card, "wrong") == ["5056", "9197"]


@pytest.mark.parametrize("file", ["000.txt", "pdf/003.pdf", "docx/004.docx"])
def test_the_accused_figure_stands_in_the_quotation(file: str) -> None:
    for card in report_cards(report_on(CORPUS / file).model_dump()):
        assert marked(card, "wrong") or card.finding["span"]["text"] not in card.finding["quote"]


def test_a_dismissal_is_the_decision_of_the_card() -> None:
    report: dict[str, Any] = check_text("Đã số hóa 580/1.068 hồ sơ, đạt 53,8%.").model_dump()
    finding = {**report["findings"][0], "dismissed": {"reason": "số đúng", "date": "2026-11-30"}}
    (card,) = report_cards({**report, "findings": [finding]})
    decision = card.decision
    assert (decision.state, decision.reason, decision.when) == ("dismissed", "số đúng", "2026-11-30")
