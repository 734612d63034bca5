"""One decision: what it says, and how it is known that somebody changed it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from de06_extract.archive.decision import Decision, review_mark, review_row, without_figures

DAY = date(2026, 11, 30)


def decision(**values: Any) -> Decision:
    usual = {
        "path": "/kho/a.txt",
        "finding_id": "sum-mismatch-1",
        "rule": "sum-mismatch",
        "quote": "tổng 5, gồm 3 và 1",
    }
    return Decision(**{**usual, "state": "asked", "decided": DAY, **values})


def test_a_note_without_a_decision_is_not_empty() -> None:
    assert decision(state="unseen").is_empty
    assert not decision(state="unseen", note="gọi lại").is_empty
    assert not decision(state="asked").is_empty


def test_who_says_the_same_on_another_day_says_the_same() -> None:
    assert decision(note="a").says_the_same(decision(note="a", decided=date(2027, 1, 1)))
    assert decision(note="a").says_the_same(decision(note="a", who="An"))  # it does not say who
    for other in ({"note": "b"}, {"who": "An"}, {"state": "corrected"}):
        assert not decision(note="a", who="Bình").says_the_same(decision(**{"note": "a", "who": "Bình", **other}))


def test_a_finding_shows_what_is_known() -> None:
    told = decision(state="corrected", note="đã gửi bản mới", who="An").told("awaited")
    assert told == {
        "state": "corrected",
        "note": "đã gửi bản mới",
        "who": "An",
        "date": "2026-11-30",
        "check": "awaited",
    }
    assert review_row(told) == {
        "review_state": "corrected",
        "review_note": "đã gửi bản mới",
        "review_who": "An",
        "review_on": "2026-11-30",
        "review_check": "awaited",
    }
    assert set(review_row(None).values()) == {None}


@pytest.mark.parametrize(
    "other",
    [
        ("dismissed", None, None, None),
        ("asked", "x", None, None),
        ("asked", None, "An", None),
        ("asked", None, None, "1"),
    ],
)
def test_a_change_of_any_cell_changes_the_mark(other: tuple[str | None, ...]) -> None:
    assert review_mark(*other) != review_mark("asked", None, None, None)


def test_no_mark_can_be_taken_for_a_number() -> None:
    assert review_mark("asked", None, None, None).startswith("#")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổng 1.234, gồm 1.000 và 233", "Tổng  1.234, gồm\n1.000 và 234"),
        ("đạt 98,57%", "đạt 9%"),
        ("Quyết định số 06/QĐ-TTg", "Quyết định số 6/QĐ-TTg"),
    ],
)
def test_words_that_differ_in_their_figures_have_one_shape(one: str, other: str) -> None:
    assert without_figures(one) == without_figures(other)
    assert decision(quote=one).shape == decision(quote=other).shape


def test_other_words_have_another_shape() -> None:
    assert decision().shape != decision(quote="tổng 5, gồm 3 và 1 nữa").shape
    assert decision().shape != decision(path="/kho/b.txt").shape


@pytest.mark.parametrize("wrong", [{"state": "seen"}, {"path": ""}, {"finding_id": ""}, {"extra": 1}])
def test_what_is_no_decision_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        decision(**wrong)
