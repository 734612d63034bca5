"""Which figures are marked, and how: what is open counts for more than what was dismissed."""

from __future__ import annotations

from typing import Any

from de06_extract import extract
from de06_extract.schema.cards.make import report_cards
from de06_extract.web.review.marks import FigureMark, marks_of

TEXT = (
    "Có 10/12 xã, đạt 84,0%, đã có tổ công nghệ số cộng đồng.\n"
    "Trong tháng đã tiếp nhận 3.225/3.265 hồ sơ, đạt tỷ lệ 98,77%.\n"
)


def marks(decided: str | None = None) -> tuple[FigureMark, ...]:
    report: dict[str, Any] = extract(TEXT.encode(), name="a.txt").model_dump()
    if decided is not None:
        report["findings"][0]["decision"] = {"state": decided, "reason": "đúng", "date": "2026-11-30"}
    return marks_of(report, report_cards(report))


def looks(held: tuple[FigureMark, ...]) -> dict[str, str]:
    return {TEXT[mark.start : mark.end]: mark.look for mark in held}


def test_a_wrong_figure_and_those_of_its_relation_and_of_one_that_holds() -> None:
    assert looks(marks()) == {
        "10": "figure",
        "12": "figure",
        "84,0%": "wrong",
        "3.225": "consistent",
        "3.265": "consistent",
        "98,77%": "consistent",
    }


def test_a_dismissed_finding_leaves_its_figure_as_dismissed() -> None:
    assert looks(marks("dismissed"))["84,0%"] == "dismissed"
    assert looks(marks("confirmed"))["84,0%"] == "wrong"


def test_a_mark_keeps_its_name_whatever_is_decided() -> None:
    assert [mark.id for mark in marks()] == [mark.id for mark in marks("dismissed")]
    assert {mark.cards for mark in marks()} == {("f1",), ()}
