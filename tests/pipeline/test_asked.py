"""What a user has in hand (an id, a place, a figure) leads to one figure, or to advice what to ask for."""

from __future__ import annotations

import pytest

from de06_extract import extract
from de06_extract.errors import ExplainError
from de06_extract.pipeline.explain import explain
from de06_extract.rules.rule import Language

TEXT = (
    "Tiếp nhận 3.265 hồ sơ, đã giải quyết 3.225 hồ sơ (đạt 98,57%).\n\n"
    "Cấp 412 thẻ cho 430 người, đạt 95,8%. Ngày 31/02/2024 có 12 đoàn đến thăm; có 12 lớp học.\n\n"
    "Tên xã\tTổng\tĐúng hạn\tTrễ hạn\nAn Phú\t120\t100\t20\nAn Bình\t90\t80\t11\nAn Lộc\t70\t60\t10\n"
    "An Sơn\t50\t40\t10\n"
)
REPORT = extract(TEXT.encode())


def figure(asked: str) -> str:
    return explain(TEXT.encode(), asked, name="bc.txt").figure.text


def advice(asked: str, lang: Language = "vi") -> str:
    with pytest.raises(ExplainError) as told:
        explain(TEXT.encode(), asked, name="bc.txt", lang=lang)
    message = str(told.value)
    assert "\n" not in message
    assert message.startswith("bc.txt: ")
    return message


def finding_id(rule: str) -> str:
    return next(finding.id for finding in REPORT.findings if finding.rule == rule)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("98,57%", "98,57%"),
        ("98,57", "98,57%"),  # without its sign
        (" 98,57% ", "98,57%"),
        ("3.225", "3.225"),
        ("3.225 hồ sơ", "3.225"),
        (f"@{TEXT.index('98,57')}", "98,57%"),
        (f"@{TEXT.index('98,57') + 3}", "98,57%"),  # inside of it
    ],
)
def test_a_figure_is_asked_for_as_written_or_by_its_place(asked: str, found: str) -> None:
    assert figure(asked) == found


def test_a_claim_leads_to_the_figure_that_says_something_of_the_others() -> None:
    for claim in REPORT.claims:
        if claim.kind == "ratio" and claim.table is None:
            assert figure(claim.id) in ("98,57%", "95,8%", "412", "430")
    first = next(claim for claim in REPORT.claims if claim.verdict == "inconsistent" and claim.table is None)
    assert figure(first.id) == "98,57%"


def test_a_finding_leads_there_too_by_its_id_or_the_beginning_of_it() -> None:
    whole = finding_id("ratio-mismatch")
    assert figure(whole) == figure(whole[:-4]) == figure("ratio-mismatch") == "98,57%"


@pytest.mark.parametrize(
    ("asked", "vi", "en"),
    [
        ("c99", "không có số liệu c99; mã số liệu là c1 … c", "there is no claim c99; ids of claims are c1 … c"),
        ("12", "“12” có ở 2 chỗ, hãy nêu một chỗ bằng @: @", "«12» stands in 2 places, name one by its @: @"),
        ("98,75%", "không có “98,75%”; gần giống: @", "there is no «98,75%»; alike are: @"),
        ("hồ sơ", "“hồ sơ” có trong văn bản nhưng không được đọc là số liệu", "is not read as a figure to check"),
        ("31/02/2024", "“31/02/2024” có trong văn bản nhưng không", "is in the text, but is not read as a figure"),
        ("@0", "ở @0 không có số nào; gần nhất: @10", "no figure stands at @0; the nearest: @10"),
        ("@99999999999", "không có số nào; gần nhất: @", "no figure stands at"),
        ("", "hãy nêu mã số liệu (c12)", "name a claim (c12)"),
        ("không hề có", "hãy nêu mã số liệu (c12)", "name a claim (c12)"),
    ],
)
def test_what_is_no_one_figure_gets_advice(asked: str, vi: str, en: str) -> None:
    assert vi in advice(asked)
    assert en in advice(asked, "en")


def test_advice_names_places_that_can_be_asked_for() -> None:
    places = [word for word in advice("12").split() if word.startswith("@") and word[1:].isdigit()]
    assert [figure(place) for place in places] == ["12", "12"]


def test_a_finding_that_rests_on_no_reading_leads_to_its_rule() -> None:
    assert "de06-extract rules date-impossible" in advice("date-impossible")


def test_a_figure_of_a_table_is_read_by_rows_and_columns() -> None:
    in_table = next(claim for claim in REPORT.claims if claim.table is not None)
    assert "nằm trong bảng" in advice(in_table.id)


def test_several_findings_are_named() -> None:
    text = "3.225/3.265 hồ sơ đạt 98,57%. 412/430 người, đạt 98,51%."
    with pytest.raises(ExplainError, match=r"hợp với 2 phát hiện, hãy nêu một: ratio-mismatch-\w+ \(@\d+\); ratio"):
        explain(text.encode(), "ratio")
