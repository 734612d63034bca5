"""A sum: a total of parts that are listed completely."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval, total_of
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import UNKNOWN, Judgement, interval, judge_stated


def judge(total: Figure | None, parts: Sequence[Figure]) -> Judgement:
    """total = Σ parts."""
    if total is None or not parts:
        return UNKNOWN
    computed = sum((Fraction(part.value) for part in parts), Fraction(0))
    return judge_stated(total_of(map(interval, parts)), total, parts, computed)


def _room_of_total(others: Operands[Interval]) -> Interval | None:
    parts = others.several("parts")
    return total_of(parts) if parts else None


def _room_of_part(others: Operands[Interval]) -> Interval | None:
    total = others.one("total")
    return None if total is None else total - total_of(others.several("parts"))


def _written(texts: Operands[str]) -> str:
    return f"{' + '.join(texts.several('parts'))} = {texts.one('total') or '…'}"


def _is_trivial(figures: Operands[Figure]) -> bool:
    """True for one part that is all of the total, or none."""
    return sum(1 for part in figures.several("parts") if part.value) < 2


KIND = Kind(
    "sum",
    roles=(
        Role("total", is_about=True, is_stated=True, is_whole=True, room=_room_of_total),
        Role("parts", is_list=True, room=_room_of_part),
    ),
    judge=judge,
    written=_written,
    is_trivial=_is_trivial,
    adds_up=True,
)
