"""Candidates of remainders: a total and what was done, for a count that words call the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from de06_extract.claims.prose.links.candidate import NONE, Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.outcomes import Outcome, of_total
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.places import order
from de06_extract.claims.prose.links.values import EPSILON, Value, coarsest_width, resolution_class
from de06_extract.claims.prose.mentions import Mention

_REST = frozenset({"rest", "left", "undone", "late", "other"})
_BEFORE, _BEHIND = 24, 4  # figures among which total and done are sought
_PARAGRAPHS = 3  # between the rest and them
_NEAREST = 13  # figures that may be total or done


def find(ev: Evidence) -> Iterator[Anchor]:
    """The counts that words call a rest, each with the totals and parts done that may have left it."""
    for left in ev.mentions:
        if left.figure.kind == "count" and left.role != "change" and (left.lead_kinds | left.tail_kinds) & _REST:
            near = _near(ev, left)
            candidates = [
                _candidate(ev, left, total, done)
                for total in near
                for done in near
                if total is not done and ev.value(done).value <= ev.value(total).value and ev.fits(total, done)
            ]
            if candidates:
                yield Anchor("remainder", left, [NONE, ev.unary(left, "rest")], candidates)


def _near(ev: Evidence, left: Mention) -> list[Mention]:
    """The levels in reach that count the same, the nearest before first."""
    mentions = (*ev.reading.before(left, _BEFORE), *ev.reading.after(left, _BEHIND))
    return [m for m in mentions if _is_level_near(m, left) and ev.fits(m, left)][:_NEAREST]


def _is_level_near(mention: Mention, left: Mention) -> bool:
    return (
        mention.figure.kind == "count"
        and mention.role == "level"
        and abs(mention.paragraph - left.paragraph) <= _PARAGRAPHS
    )


def _candidate(ev: Evidence, left: Mention, total: Mention, done: Mention) -> Candidate:
    whole, part, rest = ev.value(total), ev.value(done), ev.value(left)
    judge = partial(_of_rest, whole, part)
    pieces = [
        ev.unary(total, "whole"),
        ev.unary(done, "done"),
        ev.pair(left, total, "rest-whole"),
        ev.pair(left, done, "rest-done"),
    ]
    width = coarsest_width((whole, part, rest)) / max(rest.value, EPSILON)
    late = partial(_late, ev, left, total, done)
    return Candidate((total, done), judge(rest), resolution_class(width), "pair", pieces, judge, late=late)


def _late(ev: Evidence, left: Mention, total: Mention, done: Mention) -> list[Piece]:
    """How total and done stand to each other. Of sizes only whether the rest is above the whole is told."""
    said = (
        f"order {order({'t': total, 'd': done, 'l': left})}",
        f"slash {'yes' if done.over is total else 'no'}",
        f"rest {'above' if ev.value(left).value > ev.value(total).value else 'below'} the whole",
    )
    return [ev.pair(total, done, "whole-done"), Piece("", said)]


def _of_rest(total: Value, done: Value, left: Value) -> Outcome:
    return of_total((done, left), total)


GENERATOR = Generator("remainder", find)
