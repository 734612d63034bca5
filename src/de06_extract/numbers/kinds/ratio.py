"""A ratio: a percentage of a numerator and a denominator."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import PERCENT, Interval
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import UNKNOWN, Judgement, interval, judge_stated


def judge(numerator: Figure | None, denominator: Figure | None, percent: Figure | None) -> Judgement:
    """percent = 100 · numerator / denominator; a percentage of 0 is undefined."""
    if numerator is None or denominator is None:
        return UNKNOWN
    if denominator.value == 0:
        return Judgement("undefined") if percent is not None else UNKNOWN
    computed = 100 * Fraction(numerator.value) / Fraction(denominator.value)
    if percent is None:
        return Judgement("unverifiable", computed)
    got = interval(numerator).percent_of(interval(denominator))
    if got is None:
        return UNKNOWN
    return judge_stated(got, percent, (numerator, denominator), computed)


def _room_of_numerator(others: Operands[Interval]) -> Interval | None:
    denominator, percent = others.one("denominator"), others.one("percent")
    return percent.times(denominator).times(PERCENT) if denominator and percent else None


def _room_of_denominator(others: Operands[Interval]) -> Interval | None:
    numerator, percent = others.one("numerator"), others.one("percent")
    return numerator.percent_of(percent) if numerator and percent else None


def _room_of_percent(others: Operands[Interval]) -> Interval | None:
    numerator, denominator = others.one("numerator"), others.one("denominator")
    return numerator.percent_of(denominator) if numerator and denominator else None


def _written(texts: Operands[str]) -> str:
    numerator, denominator, percent = (texts.one(role) or "…" for role in KIND.role_names)
    return f"{numerator}/{denominator} = {percent}"


def _lacks(filled: Collection[str]) -> str:
    return "no-base" if "percent" in filled else "no-percent"


def _is_trivial(figures: Operands[Figure]) -> bool:
    """True for nothing of something, and for all of it."""
    numerator, denominator = figures.one("numerator"), figures.one("denominator")
    return numerator is None or denominator is None or numerator.value in (0, denominator.value)


KIND = Kind(
    "ratio",
    roles=(
        Role("numerator", is_about=True, room=_room_of_numerator),
        Role("denominator", is_whole=True, room=_room_of_denominator),
        Role("percent", is_stated=True, room=_room_of_percent),
    ),
    judge=judge,
    written=_written,
    lacks=_lacks,
    is_trivial=_is_trivial,
)
