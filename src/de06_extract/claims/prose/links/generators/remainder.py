"""Candidates of remainders: a total and what was done, for a count that words call the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from de06_extract.claims.prose.links.candidate import Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features.places import order
from de06_extract.claims.prose.links.features.siblings import compare_places
from de06_extract.claims.prose.links.outcomes import Outcome, of_total
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import EPSILON, Value, coarsest_width, resolution_class
from de06_extract.claims.prose.mentions import Mention
from de06_extract.language.vocabulary import whole_words

_REST = frozenset({"rest", "left", "undone", "late", "other"})
_BEFORE, _BEHIND = 24, 4  # figures among which total and done are sought
_PARAGRAPHS = 3  # between the rest and them
_NEAREST = 13  # figures that may be total or done
_SPOKEN = 40  # characters before and behind a figure in which a word says that something is not done


def find(ev: Evidence) -> Iterator[Anchor]:
    """The counts that words call a rest, each with the totals and parts done that may have left it."""
    anchors = list(_anchors(ev))
    compare_places(anchors)
    yield from anchors


def _anchors(ev: Evidence) -> Iterator[Anchor]:
    for left in ev.mentions:
        if left.figure.kind == "count" and left.role != "change" and _is_rest(ev, left):
            near = _near(ev, left)
            wholes = [_Other.of(ev, left, total, "whole") for total in near]
            done = [_Other.of(ev, left, part, "done") for part in near]
            candidates = [
                _candidate(ev, left, total, part)
                for total in wholes
                for part in done
                if total.mention is not part.mention and ev.fits(total.mention, part.mention)
            ]
            if candidates:
                yield Anchor("remainder", left, [ev.none, ev.unary(left, "rest")], candidates)


def _is_rest(ev: Evidence, left: Mention) -> bool:
    """True where a word near a figure, or the one it is a pair with, may say that something is not done."""
    if (left.lead_kinds | left.tail_kinds) & _REST:
        return True
    before, behind = ev.neighbour(left, -1), ev.neighbour(left, 1)
    first = max(left.start - _SPOKEN, 0 if before is None else before.end)
    last = min(left.end + _SPOKEN, len(ev.text) if behind is None else behind.start)
    if whole_words("linking", "pending").search(ev.text, first, last):
        return True
    mate = ev.mate(left)
    return mate is not None and _is_rest(ev, mate)


def _near(ev: Evidence, left: Mention) -> list[Mention]:
    """The levels in reach that count the same, the nearest before first, then those of lines further before."""
    mentions = (*ev.reading.before(left, _BEFORE), *ev.reading.after(left, _BEHIND))
    near = [m for m in mentions if abs(m.paragraph - left.paragraph) <= _PARAGRAPHS]
    near = [m for m in near if _is_level(m) and ev.fits(m, left)][:_NEAREST]
    return [*near, *(m for m in ev.heads(left) if _is_level(m) and ev.fits(m, left) and m not in near)]


def _is_level(mention: Mention) -> bool:
    return mention.figure.kind == "count" and mention.role == "level"


class _Other(NamedTuple):
    """The total or the part done of a rest, with what is said of it, the same in all the pairs that it is in."""

    mention: Mention
    value: Value
    own: Piece
    beside: Piece

    @classmethod
    def of(cls, ev: Evidence, left: Mention, mention: Mention, role: str) -> _Other:
        return cls(mention, ev.value(mention), ev.unary(mention, role), ev.pair(left, mention, f"rest-{role}"))


def _candidate(ev: Evidence, left: Mention, total: _Other, done: _Other) -> Candidate:
    rest = ev.value(left)
    judge = partial(_of_rest, total.value, done.value)
    width = coarsest_width((total.value, done.value, rest)) / max(rest.value, EPSILON)
    return Candidate(
        (total.mention, done.mention),
        judge(rest),
        resolution_class(width),
        "pair",
        [total.own, done.own, total.beside, done.beside],
        judge,
        late=partial(_late, ev, left, total.mention, done.mention),
    )


def _late(ev: Evidence, left: Mention, total: Mention, done: Mention) -> list[Piece]:
    """How total and done stand to each other."""
    said = (
        f"order {order({'t': total, 'd': done, 'l': left})}",
        f"slash {'yes' if done.over is total else 'no'}",
    )
    return [ev.pair(total, done, "whole-done"), Piece("", said)]


def _of_rest(total: Value, done: Value, left: Value) -> Outcome:
    return of_total((done, left), total)


GENERATOR = Generator("remainder", find)
