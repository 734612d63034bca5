"""Equations say of claims what the claims say themselves."""

from __future__ import annotations

import pytest

from de06_extract import Claim, check_text
from de06_extract.numbers.figures import figure_of
from de06_extract.numbers.verdicts import interval
from de06_extract.rules.repairs.equations import equations
from tests.conftest import REPORTS, corpus, sentences

_TOLD_BY_MORE = {("ratio", "undefined"), ("sum", "unverifiable")}  # verdicts that figures alone do not give


@pytest.fixture(scope="module")
def claims_of_texts() -> list[tuple[Claim, ...]]:
    """The claims of each sentence and each report."""
    texts = [entry["text"] for name in ("made_up", "negative") for entry in sentences(name)]
    return [check_text(text).claims for text in (*texts, *(corpus(name).read_text("utf-8") for name in REPORTS))]


def test_an_equation_is_judged_as_its_claim(claims_of_texts: list[tuple[Claim, ...]]) -> None:
    for claims in claims_of_texts:
        assert [equation.id for equation in equations(claims, ())] == [claim.id for claim in claims]
        # an empty cell of a table makes a percentage undefined, which its figures alone do not; nor do they tell that
        # an item of a list has no number
        others = [equation for equation in equations(claims, ()) if not equation.follows]
        assert {(equation.kind.name, equation.said) for equation in others} <= _TOLD_BY_MORE


def test_what_holds_lies_in_the_room_that_the_others_leave(claims_of_texts: list[tuple[Claim, ...]]) -> None:
    asked = 0
    for claims in claims_of_texts:
        for equation in equations(claims, ()):
            for q in equation.quantities if equation.verdict() == "consistent" else ():
                room = equation.room(q.span.start)
                if room is not None:
                    asked += 1
                    assert room.meets(interval(figure_of(q))), equation.written()
    assert asked > 500
