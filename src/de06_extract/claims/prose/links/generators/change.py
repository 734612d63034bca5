"""Candidates of changes: old and new value, size and percentage, in the shapes in which they are stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from de06_extract.claims.prose.links.candidate import Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features import places
from de06_extract.claims.prose.links.features.siblings import compare_places
from de06_extract.claims.prose.links.outcomes import OPEN, Outcome, of_change
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import EPSILON, Value, resolution_class
from de06_extract.claims.prose.mentions import Mention
from de06_extract.schema.report import Direction

_ARRIVES = frozenset({"level", "upto", "downto", "compare", "from"})  # before a new value that a change led to
_MOVES = frozenset({"up", "down", "exceed", "compare", "elsewhere"})  # around a percentage that may be one of change
_SIZES = frozenset({"up", "down", "equals", "open", "reach"})  # before the size of a change
_COUNTED = ("count", "other", "points")
_OF_POINTS = ("percent", "points")  # what points are the difference of
_CUED = 3  # figures before a percentage among which one with a cue of change is sought
_DIRECTED = 4  # figures before an anchor among which a direction is sought
_APART = 8  # figures between old and new value
_FIGURES_BEFORE, _FIGURES_BEHIND = 30, 10  # among which old and new value are
_SENTENCES_BEFORE, _SENTENCES_BEHIND = 3, 1  # in which they are
_LEVELS = (7, 3)  # old and new values before and behind that are tried
_LEVELS_ALONE = (4, 2)  # the same of a new value that stands without size and percentage
_SIZES_BEFORE, _SIZES_BEHIND = 4, 3  # figures among which the size of a percentage is sought
_BARE_LEVELS, _BARE_SIZES = 4, 3  # values and sizes that are tried with the percentage alone


_LETTERS = "ondp"  # of the roles, in shapes and orders


class _Roles(NamedTuple):
    """Who is what in a change; None where nothing is printed."""

    old: Mention | None
    new: Mention | None
    size: Mention | None
    percent: Mention | None

    @property
    def shape(self) -> str:
        return "".join([letter for letter, mention in zip(_LETTERS, self, strict=True) if mention is not None])


def find(ev: Evidence) -> Iterator[Anchor]:
    """Percentages of change, new values that a change led to, and sizes of change, with the figures they may be of."""
    anchors = list(_anchors(ev))
    compare_places(anchors)
    yield from anchors


def _anchors(ev: Evidence) -> Iterator[Anchor]:
    for mention in ev.mentions:
        if _may_be_percentage(ev, mention):
            yield _anchor(ev, "change", mention, "percent", _of_percent(ev, mention))
        for kind, role, readings in (
            ("level", "new value", _of_level(ev, mention)),
            ("size", "size", _of_size(ev, mention)),
        ):
            anchor = _anchor(ev, kind, mention, role, readings)
            if anchor.candidates:
                yield anchor


def _anchor(ev: Evidence, kind: str, mention: Mention, role: str, readings: Iterator[_Roles]) -> Anchor:
    search = _Search(ev, mention)
    candidates = [search.candidate(roles) for roles in readings]
    return Anchor(kind, mention, [ev.none, ev.unary(mention, role)] if candidates else [], candidates)


def _may_be_percentage(ev: Evidence, mention: Mention) -> bool:
    """True for a percentage with a cue of change around it."""
    if not (mention.figure.kind in _OF_POINTS or mention.is_share):
        return False
    if mention.is_size or mention.trails_with(*_MOVES):
        return True
    return any(
        m.sentence == mention.sentence and (m.role == "change" or not m.lead_kinds.isdisjoint(_MOVES))
        for m in ev.mentions[max(0, mention.index - _CUED) : mention.index + 1]
    )


def _of_percent(ev: Evidence, percent: Mention) -> Iterator[_Roles]:
    """Both values, with a size or without; a size and one of them; one of all; the percentage alone."""
    levels, sizes = _levels(ev, percent, _COUNTED, _LEVELS), _sizes(ev, percent)
    for old, new in _pairs(ev, levels):
        if ev.value(old).value > 0:
            yield _Roles(old, new, None, percent)
            for size in sizes:
                if size is not old and size is not new and ev.fits(size, new):
                    yield _Roles(old, new, size, percent)
    for size in sizes:
        for level in levels:
            if level is not size and ev.fits(level, size):
                yield _Roles(None, level, size, percent)
                yield _Roles(level, None, size, percent)
    for new in levels[:_BARE_LEVELS]:
        yield _Roles(None, new, None, percent)
    for size in sizes[:_BARE_SIZES]:
        yield _Roles(None, None, size, percent)
    yield _Roles(None, None, None, percent)


def _of_level(ev: Evidence, new: Mention) -> Iterator[_Roles]:
    """The old value of a new one that a rise or fall led to, without its size."""
    if new.lead_kinds.isdisjoint(_ARRIVES) and "from" not in new.tail_kinds:
        return
    counted = new.figure.kind in _COUNTED
    if new.role != "gap" and (counted or new.is_percent):
        for old in _levels(ev, new, _COUNTED if counted else ("percent",), _LEVELS_ALONE):
            if ev.fits(new, old):
                yield _Roles(old, new, None, None)


def _of_size(ev: Evidence, size: Mention) -> Iterator[_Roles]:
    """Old and new value of a size without a percentage; of points, which are differences of percentages."""
    kind = size.figure.kind
    if kind not in (*_COUNTED, "percent") or (not size.is_size and "equals" not in size.lead_kinds):
        return
    of_points = kind in _OF_POINTS
    for old, new in _pairs(ev, _levels(ev, size, _OF_POINTS if of_points else _COUNTED, _LEVELS)):
        if of_points or ev.fits(size, new):
            yield _Roles(old, new, size, None)


def _pairs(ev: Evidence, levels: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Old and new values that stand close to each other and count the same."""
    for new in levels:
        for old in levels:
            if old is not new and abs(old.index - new.index) <= _APART and ev.fits(old, new):
                yield old, new


def _levels(ev: Evidence, anchor: Mention, kinds: tuple[str, ...], most: tuple[int, int]) -> list[Mention]:
    """Values of some kinds around an anchor, the nearest before first, then those behind; `most` of each at most."""
    before: list[Mention] = []
    for m in ev.reading.before(anchor, _FIGURES_BEFORE):
        if m.paragraph != anchor.paragraph and (before or m.paragraph != anchor.paragraph - 1):
            break
        if _may_be_value(m, kinds):
            before.append(m)
        if len(before) >= most[0] or anchor.sentence - m.sentence > _SENTENCES_BEFORE:
            break
    behind: list[Mention] = []
    for m in ev.reading.after(anchor, _FIGURES_BEHIND):
        if m.paragraph != anchor.paragraph or m.sentence - anchor.sentence > _SENTENCES_BEHIND:
            break
        if _may_be_value(m, kinds):
            behind.append(m)
            if len(behind) >= most[1]:
                break
    return before + behind


def _may_be_value(mention: Mention, kinds: tuple[str, ...]) -> bool:
    """True for a level of one of the kinds that is not below zero: of «từ -0,75% lên -0,25%» no share is stated."""
    return mention.figure.kind in kinds and mention.role == "level" and mention.figure.sign != "-"


def _sizes(ev: Evidence, percent: Mention) -> list[Mention]:
    """What may be the size of which a percentage is given."""
    near = (*ev.reading.before(percent, _SIZES_BEFORE), *ev.reading.after(percent, _SIZES_BEHIND))
    return [
        m
        for m in near
        if m.paragraph == percent.paragraph
        and abs(m.sentence - percent.sentence) <= 1
        and m.figure.kind in _COUNTED
        and (m.is_size or not m.lead_kinds.isdisjoint(_SIZES))
    ]


class _Search:
    """The candidates of one anchor."""

    def __init__(self, ev: Evidence, anchor: Mention) -> None:
        self.ev, self.anchor = ev, anchor
        self._directions: dict[Mention | None, Direction | None] = {}

    def candidate(self, roles: _Roles) -> Candidate:
        """A reading with what its arithmetic and its words say."""
        direction = self._direction_of(roles)
        old, new, size, percent = (None if m is None else self.ev.value(m) for m in roles)
        if direction is None and old is not None and new is not None:
            sign = 1 if new.value >= old.value else -1
        else:
            sign = -1 if direction == "down" else 1
        shape = roles.shape
        said = (f"shape {shape}", *_say(roles, shape, direction))
        pieces = [*self._pieces(roles), Piece("", said)]
        outcome, resolution, judge = OPEN, 0, _always(OPEN)
        if len(shape) > 2:
            outcome = of_change(old, new, size, percent, sign)
            of_percent = roles.percent is self.anchor
            resolution = resolution_class(_width(old, new, size, percent if of_percent else None))
            if of_percent:
                judge = partial(of_change, old, new, size, sign=sign)
            else:
                judge = partial(of_change, old, new, percent=percent, sign=sign)
        elif shape == "on" and direction is not None:
            outcome = of_change(old, new, None, None, sign)
            judge = _always(outcome)
        way: Direction = "down" if sign < 0 else "up"
        return Candidate(tuple(roles), outcome, resolution, shape, pieces, judge, way, partial(self._late, roles))

    def _direction_of(self, roles: _Roles) -> Direction | None:
        """The direction of the change of these figures: that of its size, or what words before a value have."""
        for size in (roles.percent, roles.size):
            if size is not None and size.is_size and size.direction:
                return size.direction  # «nâng tổng trị giá lên 59 tỷ USD, giảm 10,6%»
        led = _direction_led_to(roles.new)
        if led is not None:
            return led
        if roles.shape == "on" and roles.old is not None and "from" in roles.old.lead_kinds and roles.old.direction:
            return roles.old.direction  # «đạt 4,6%, giảm từ mức 4,7%»
        return self._direction(roles.size)

    def _direction(self, size: Mention | None) -> Direction | None:
        """The direction of the change: the anchor's, the size's, or that of the words before."""
        if size not in self._directions:
            stated = self.anchor.direction or (None if size is None else size.direction)
            self._directions[size] = stated or self._direction_before()
        return self._directions[size]

    def _direction_before(self) -> Direction | None:
        anchor = self.anchor
        for m in reversed(self.ev.mentions[max(0, anchor.index - _DIRECTED) : anchor.index + 1]):
            if m.sentence != anchor.sentence:
                break
            if m.direction is not None:
                return m.direction
            for token in reversed(m.lead):
                if token.kinds & {"up", "exceed"}:
                    return "up"
                if "down" in token.kinds:
                    return "down"
        return None

    def _pieces(self, roles: _Roles) -> Iterator[Piece]:
        """What stands around the figures of a reading, and between them and the anchor."""
        ev, anchor = self.ev, self.anchor
        old, new, size, percent = roles
        own = "percent" if percent is not None else "size" if size is not None else "new value"
        for role, m in (("old", old), ("new", new), ("size", size)):
            if m is not None and m is not anchor:
                yield ev.unary(m, role)
                yield ev.pair(anchor, m, f"{own}-{role}")

    def _late(self, roles: _Roles) -> list[Piece]:
        """What stands between the figures besides the anchor."""
        ev, pieces = self.ev, []
        old, new, size, _ = roles
        if old is not None and new is not None:
            pieces.append(ev.pair(new, old, "new-old"))
        if size is not None and size is not self.anchor:
            if new is not None:
                pieces.append(ev.pair(size, new, "size-new"))
            if old is not None:
                pieces.append(ev.pair(size, old, "size-old"))
        return pieces


def _direction_led_to(new: Mention | None) -> Direction | None:
    """The direction that the word before a new value gives, whatever else rises around: «xuống 8%»."""
    kinds = frozenset() if new is None else new.lead_kinds
    if "upto" in kinds:
        return "up"
    return "down" if "downto" in kinds or kinds >= {"level", "rest"} else None  # «từ 2% còn 1,2%»


def _say(roles: _Roles, shape: str, direction: Direction | None) -> Iterator[str]:
    """How the figures of a reading stand to each other."""
    yield f"shape {shape}, {'no direction' if direction is None else 'direction'}"
    yield f"order {places.order(dict(zip(_LETTERS, roles, strict=True)))}"
    old, new, *sizes = roles
    if old is None or new is None or "compare" not in old.lead_kinds:
        return
    # «tăng 500 đồng so với giá cũ là 7.200 đồng»
    if old.index - 1 in [m.index for m in (new, *sizes) if m is not None]:
        yield f"shape {shape}, compared with the old value next, {_alike(old, new)}"


def _alike(old: Mention, new: Mention) -> str:
    return "without units" if not old.unit and not new.unit else "in its unit" if old.unit == new.unit else "in another"


def _width(old: Value | None, new: Value | None, size: Value | None, percent: Value | None) -> float:
    """How much the figures leave open, as a share of the anchor: the percentage or, where that is None, the size."""
    if old is not None and new is not None:
        rest = 2 * (old.slack + new.slack) / max(abs(old.value - new.value), EPSILON)
    else:
        rest = sum(value.relative_width for value in (old, new, size) if value is not None)
    if percent is not None:
        return percent.unit / max(percent.value, EPSILON) + rest
    assert size is not None
    return (2 * size.slack or 1.0) / max(size.value, EPSILON) + rest


def _always(outcome: Outcome) -> Callable[[Value], Outcome]:
    """A judge of what no value of the anchor changes."""

    def judge(value: Value) -> Outcome:
        return outcome

    return judge


GENERATOR = Generator("change", find)
