"""A repeat: one quantity said more than once. It is no claim of its own, but its figures are judged as those of one."""

from __future__ import annotations

from collections.abc import Sequence

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import Interval, common
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import Judgement, interval, is_open


def judge(figures: Sequence[Figure], constant: Figure | None) -> Judgement:
    """All figures are the same number, and `constant` where they are held against a value that is not written."""
    if _agreed(tuple(map(interval, figures)), None if constant is None else interval(constant)) is None:
        return Judgement("inconsistent")
    return Judgement("unverifiable" if is_open(*figures) else "consistent")


def _agreed(figures: Sequence[Interval], constant: Interval | None) -> Interval | None:
    """What all of them have in common; None where that is nothing, or where there are none."""
    return common(figures if constant is None else (*figures, constant))


def _room_of_figure(others: Operands[Interval]) -> Interval | None:
    return _agreed(others.several("figures"), others.one("constant"))


def _written(texts: Operands[str]) -> str:
    return texts.several("figures")[0]


REPEAT = Kind(
    "repeat",
    roles=(Role("figures", is_list=True, room=_room_of_figure), Role("constant")),
    judge=judge,
    written=_written,
)
