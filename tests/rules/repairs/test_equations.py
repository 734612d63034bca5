"""Equations say of claims what the claims say themselves."""

from __future__ import annotations

from collections.abc import Iterator

from de06_extract import check_text
from de06_extract.numbers.figures import figure_of
from de06_extract.numbers.verdicts import interval
from de06_extract.rules.repairs.equations import equations
from tests.conftest import REPORTS, corpus, sentences


def texts() -> Iterator[str]:
    for name in ("made_up", "negative"):
        yield from (entry["text"] for entry in sentences(name))
    yield from (corpus(name).read_text("utf-8") for name in REPORTS)


def test_an_equation_is_judged_as_its_claim() -> None:
    for text in texts():
        claims = check_text(text).claims
        assert [equation.id for equation in equations(claims, ())] == [claim.id for claim in claims]
        # an empty cell of a table makes a percentage undefined, which its figures alone do not
        assert all(equation.follows for equation in equations(claims, ()) if equation.said != "undefined")


def test_what_holds_lies_in_the_room_that_the_others_leave() -> None:
    asked = 0
    for text in texts():
        for equation in equations(check_text(text).claims, ()):
            for q in equation.quantities if equation.verdict() == "consistent" else ():
                room = equation.room(q.span.start)
                if room is not None:
                    asked += 1
                    assert room.meets(interval(figure_of(q))), equation.written()
    assert asked > 500
