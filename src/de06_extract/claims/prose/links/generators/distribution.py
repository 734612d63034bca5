"""Candidates of distributions: runs of percentages that may share out one whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from de06_extract.claims.prose.links.candidate import Anchor, Candidate, Generator
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.features.places import bucket
from de06_extract.claims.prose.links.features.runs import Run, say_shares
from de06_extract.claims.prose.links.features.siblings import compare_places
from de06_extract.claims.prose.links.outcomes import Outcome, of_shares
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value, resolution_class
from de06_extract.claims.prose.links.views import views_of_share
from de06_extract.claims.prose.mentions import Mention

_LONGEST = 14  # shares
_LEAST, _MOST = 40, 190  # percentage points to which the shares of a whole add up, be there one wrong among them


def find(ev: Evidence) -> Iterator[Anchor]:
    """The percentages with which a run may begin that shares out a whole."""
    anchors = list(_anchors(ev))
    compare_places(anchors)
    yield from anchors


def _anchors(ev: Evidence) -> Iterator[Anchor]:
    shares = [mention for mention in ev.mentions if mention.is_percent and mention.role == "level"]
    for at, first in enumerate(shares):
        candidates = [_candidate(ev, run) for run in _runs(ev, shares[at:])]
        if candidates:
            yield Anchor("distribution", first, [ev.none, ev.unary(first, "share")], candidates)


def _runs(ev: Evidence, shares: Sequence[Mention]) -> Iterator[Run]:
    """The runs that begin at the first of these percentages and add up to something near 100, each once."""
    seen: set[tuple[int, ...]] = set()
    for view, figures, places in views_of_share(shares[0], shares):
        total = ev.value(shares[0]).value
        for n in range(2, min(_LONGEST, len(figures)) + 1):
            total += ev.value(figures[n - 1]).value
            if total > _MOST:
                break
            if total >= _LEAST and places[:n] not in seen:
                seen.add(places[:n])
                yield Run(figures[:n], figures[n] if n < len(figures) else None, view)


def _candidate(ev: Evidence, run: Run) -> Candidate:
    parts = run.parts
    values = [ev.value(part) for part in parts]
    pieces = [
        ev.unary(parts[-1], "last share"),
        ev.pair(parts[0], parts[1], "share-next"),
        ev.pair(parts[-2], parts[-1], "share-last"),
        Piece("shares", tuple(say_shares(ev, run))),
    ]
    judge = partial(_of_first, values[1:])
    resolution = resolution_class(sum(2 * value.slack for value in values) / 100)
    return Candidate(tuple(parts), judge(values[0]), resolution, bucket(len(parts)), pieces, judge)


def _of_first(others: Sequence[Value], first: Value) -> Outcome:
    return of_shares([first, *others])


GENERATOR = Generator("distribution", find)
