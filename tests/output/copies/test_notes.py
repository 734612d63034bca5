"""What notes say, and on which figures they stand."""

from __future__ import annotations

import pytest

from de06_extract import check_text
from de06_extract.output.copies.notes import notes_of
from de06_extract.schema.report import Report
from tests.conftest import corpus, report_on

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\n"


def report() -> Report:
    return check_text(WRONG, name="a.txt")


def test_a_note_says_number_level_arithmetic_and_proposal() -> None:
    first, second = notes_of(report(), "vi")
    assert first.heading == "P-01 · Lỗi · Tỷ lệ không khớp với tử số và mẫu số"
    arithmetic, worked_out = first.text.split("\n")
    assert arithmetic.startswith("3.225/3.265 là 98,77%, báo cáo ghi 98,57%")
    assert worked_out == "Số tính được: 98,77%."
    assert first.severity == "error"
    assert second.text.split("\n")[1] == "Đề xuất: 83,4% → 83,3%, vì 10/12 = 83,3%."


def test_a_note_marks_every_figure_and_the_doubted_one_apart() -> None:
    first, _ = notes_of(report(), "vi")
    figures = {WRONG[mark.start : mark.end]: mark.is_doubted for mark in first.marks}
    assert figures == {"98,57%": True, "3.225": False, "3.265": False} or figures == {
        "98,57": True, "3.225": False, "3.265": False,
    }  # fmt: skip
    assert first.aside.startswith("P-01: thuộc cùng phép đối chiếu với “98,57%”")


def test_notes_speak_english_too() -> None:
    first, second = notes_of(check_text(WRONG, name="a.txt", lang="en"), "en")
    assert first.heading.startswith("P-01 · Error · ")
    assert "Worked out: 98,77%." in first.text
    assert second.heading.startswith("P-02 · Warning · ")
    assert "Proposal: 83,4% → 83,3%" in second.text


@pytest.mark.parametrize("name", ["002", "003", "004"])
def test_notes_come_as_they_stand_in_the_text_and_have_names_of_their_own(name: str) -> None:
    found = report_on(corpus(name))
    notes = notes_of(found, "vi")
    assert len({note.name for note in notes}) == len(notes)
    firsts = [min(mark.start for mark in note.marks if mark.is_doubted) for note in notes]
    assert firsts == sorted(firsts)
    spoken = {mark.start for note in notes for mark in note.marks if mark.is_doubted}
    assert {finding.span.start for finding in found.findings} <= spoken


def test_what_somebody_dismissed_is_not_noted() -> None:
    assert notes_of(report().model_copy(update={"findings": ()}), "vi") == ()
