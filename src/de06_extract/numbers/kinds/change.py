"""A change: the size of a rise or a fall and its percentage, between an old and a new value."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from de06_extract.numbers.figures import Figure
from de06_extract.numbers.intervals import HUNDRED, PERCENT, Interval, common
from de06_extract.numbers.kind import Kind, Operands, Role
from de06_extract.numbers.verdicts import UNKNOWN, Judgement, interval, is_open, judge_stated
from de06_extract.schema.report import Direction, Verdict


def judge(
    old: Figure | None, new: Figure | None, delta: Figure | None, percent: Figure | None, direction: Direction | None
) -> Judgement:
    """delta = new − old and percent = 100 · delta / old, as sizes in a direction; new and delta alone imply old."""
    sign = -1 if direction == "down" else 1
    if old is not None and new is not None:
        return _judge_old_new(old, new, delta, percent, direction)
    if delta is None or percent is None or (old is None and new is None):
        return UNKNOWN
    size = interval(delta)
    if old is not None:
        before, exact = interval(old), Fraction(old.value)
    else:
        assert new is not None
        before = interval(new) - size if sign > 0 else interval(new) + size
        exact = Fraction(new.value) - sign * Fraction(delta.value)
    if exact <= 0 or (before.low is not None and before.low <= 0):
        return UNKNOWN
    got = size.percent_of(before)
    assert got is not None  # the base is above 0
    return judge_stated(got, percent, (old, new, delta), 100 * Fraction(delta.value) / exact)


def _judge_old_new(
    old: Figure, new: Figure, delta: Figure | None, percent: Figure | None, direction: Direction | None
) -> Judgement:
    low, high = (new, old) if direction == "down" else (old, new)
    difference = interval(high) - interval(low)
    exact = Fraction(high.value) - Fraction(low.value)
    if difference.high is not None and difference.high < 0:
        return Judgement("inconsistent", exact)
    judgements = []
    if delta is not None:
        judgements.append(judge_stated(difference, delta, (old, new), exact))
    if percent is not None:
        judgements.append(_judge_share(old, difference, percent, (old, new, delta), exact))
    if not judgements:
        return Judgement("unverifiable" if is_open(old, new) else "consistent", exact)
    return max(judgements, key=lambda judgement: _WORST.index(judgement.verdict))


_WORST: tuple[Verdict, ...] = ("consistent", "unverifiable", "truncated", "undefined", "inconsistent")


def _judge_share(
    old: Figure, difference: Interval, percent: Figure, others: Sequence[Figure | None], exact: Fraction
) -> Judgement:
    """percent = 100 · difference / old; of nothing there is no percentage."""
    if not old.value:
        return Judgement("undefined")
    got = Interval(max(Fraction(0), difference.low or Fraction(0)), difference.high).percent_of(interval(old))
    if got is None:
        return UNKNOWN
    return judge_stated(got, percent, others, 100 * exact / Fraction(old.value))


def _room_of_old(others: Operands[Interval]) -> Interval | None:
    """What the size and the percentage each leave, both together."""
    new, delta, percent = (others.one(role) for role in ("new", "delta", "percent"))
    if new is None:
        return delta.percent_of(percent) if delta and percent else None
    rooms = []
    if percent:
        before = new.percent_of(_in_percent_of_old(percent, others.direction))
        if before is None:
            return None
        rooms.append(before)
    if delta:
        rooms.append(_before(new, delta, others.direction))
    return common(rooms)


def _room_of_new(others: Operands[Interval]) -> Interval | None:
    """What the size and the percentage each leave, both together; without an old value they imply it."""
    old, delta, percent = (others.one(role) for role in ("old", "delta", "percent"))
    if old is None and delta and percent:
        old = delta.percent_of(percent)
    if old is None:
        return None
    rooms = []
    if percent:
        rooms.append(old.times(_in_percent_of_old(percent, others.direction)).times(PERCENT))
    if delta:
        rooms.append(old - delta if others.direction == "down" else old + delta)
    return common(rooms)


def _room_of_delta(others: Operands[Interval]) -> Interval | None:
    old, new, percent = (others.one(role) for role in ("old", "new", "percent"))
    if old and new:
        return _difference(old, new, others.direction)
    if percent and old:
        return percent.times(old).times(PERCENT)
    if percent and new:
        share = percent.percent_of(_in_percent_of_old(percent, others.direction))
        return None if share is None else share.times(new).times(PERCENT)
    return None


def _room_of_percent(others: Operands[Interval]) -> Interval | None:
    old, new, delta = (others.one(role) for role in ("old", "new", "delta"))
    if old and new:
        delta = _difference(old, new, others.direction)
    elif delta and new:
        old = _before(new, delta, others.direction)
    return delta.percent_of(old) if delta and old else None


def _difference(old: Interval, new: Interval, direction: Direction | None) -> Interval:
    return old - new if direction == "down" else new - old


def _before(new: Interval, delta: Interval, direction: Direction | None) -> Interval:
    return new + delta if direction == "down" else new - delta


def _in_percent_of_old(percent: Interval, direction: Direction | None) -> Interval:
    """The new value in percent of the old one: 134 for an increase by 34%."""
    return HUNDRED - percent if direction == "down" else HUNDRED + percent


def _written(texts: Operands[str]) -> str:
    old, new, delta, percent = (texts.one(role) for role in KIND.role_names)
    down = texts.direction == "down"
    size = delta if old is None or new is None else f"{old} − {new}" if down else f"{new} − {old}"
    said = [f"{size} = {delta}"] if size != delta and delta is not None else []
    if percent is not None:
        base = old if old is not None else f"({new} {'+' if down else '−'} {delta})"
        said.append(f"({size})/{base} = {percent}" if size != delta else f"{size}/{base} = {percent}")
    return "; ".join(said) or f"{old} {'−' if down else '+'} … = {new}"


def _is_trivial(figures: Operands[Figure]) -> bool:
    """True for a change from nothing or to nothing, and for none."""
    old, new = figures.one("old"), figures.one("new")
    return any(value is not None and value.value == 0 for value in (old, new)) or (
        old is not None and new is not None and old.value == new.value
    )


KIND = Kind(
    "change",
    roles=(
        Role("old", room=_room_of_old),
        Role("new", is_about=True, is_whole=True, room=_room_of_new),
        Role("delta", is_stated=True, is_size=True, room=_room_of_delta),
        Role("percent", is_stated=True, is_size=True, room=_room_of_percent),
    ),
    judge=judge,
    written=_written,
    is_trivial=_is_trivial,
)
