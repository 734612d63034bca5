"""A remainder: what is left of a total when a part is done."""

from __future__ import annotations

from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import UNKNOWN, Judgement, interval, judge_stated


def judge(total: Figure | None, done: Figure | None, left: Figure | None) -> Judgement:
    """left = total − done."""
    if total is None or done is None or left is None:
        return UNKNOWN
    computed = Fraction(total.value) - Fraction(done.value)
    return judge_stated(interval(total) - interval(done), left, (total, done), computed)


def _room_of_total(others: Operands[Interval]) -> Interval | None:
    done, left = others.one("done"), others.one("left")
    return done + left if done and left else None


def _room_of_done(others: Operands[Interval]) -> Interval | None:
    total, left = others.one("total"), others.one("left")
    return total - left if total and left else None


def _room_of_left(others: Operands[Interval]) -> Interval | None:
    total, done = others.one("total"), others.one("done")
    return total - done if total and done else None


def _written(texts: Operands[str]) -> str:
    total, done, left = (texts.one(role) or "…" for role in KIND.role_names)
    return f"{total} − {done} = {left}"


def _is_trivial(figures: Operands[Figure]) -> bool:
    """True where all is done, or all is left."""
    parts = (figures.one("done"), figures.one("left"))
    return sum(1 for part in parts if part is not None and part.value) < 2


KIND = Kind(
    "remainder",
    roles=(
        Role("total", is_whole=True, room=_room_of_total),
        Role("done", room=_room_of_done),
        Role("left", is_about=True, is_stated=True, room=_room_of_left),
    ),
    judge=judge,
    written=_written,
    is_trivial=_is_trivial,
    adds_up=True,
)
