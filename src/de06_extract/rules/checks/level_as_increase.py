"""A level worded as an increase: the percentage is new over old, not what was added."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.notation import write_like
from de06_extract.numbers.slips import states_level
from de06_extract.rules.cases import ClaimCase
from de06_extract.rules.rule import Objection, Rule, both
from de06_extract.rules.select import where

_ID = "level-as-increase"


def has_values(case: ClaimCase) -> bool:
    """True for changes with both values and a percentage."""
    return case.claim.kind == "change" and all(case.maybe(role) is not None for role in ("old", "new", "percent"))


def judge(case: ClaimCase) -> Objection | None:
    """The percentage, if it is 100 · new / old and so a level, not an increase."""
    old, new, percent = (case.quantity(role) for role in ("old", "new", "percent"))
    if case.claim.verdict != "inconsistent" or not states_level(old, new, percent):
        return None
    up = new.value >= old.value
    size = abs(Fraction(new.value) - Fraction(old.value))
    right = write_like(percent, 100 * size / Fraction(old.value))
    way = both(_ID, "up" if up else "down")
    return Objection(
        **both(_ID, percent=percent.text, new=new.text, old=old.text, way=way, right=right),
        span=percent.span,
        reported=percent.text,
        expected=right,
    )


RULE = Rule(
    id="level-as-increase",
    severity="error",
    select=where(has_values),
    judge=judge,
    wrong=("So với quý I tăng 148,50% (3.175/2.138 hồ sơ trực tuyến)",),
    right=("So với quý I tăng 48,50% (3.175/2.138 hồ sơ trực tuyến)", "3.175 hồ sơ, bằng 148,50% so với quý I"),
)
