"""Features of siblings: what neighbouring anchors say that fit, of the same base, built alike, or a column beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.outcomes import HOLDS
from de06_extract.claims.prose.links.piece import Piece

_FINE = 3  # class of resolution from which a fit is hardly chance: one in thirty


class _Fit(NamedTuple):
    """A ratio that holds: the indices of percentage and base, and how far the numerator is from the percentage."""

    percent: int
    part_offset: int
    base: int


def compare_ratios(anchors: Sequence[Anchor]) -> None:
    """Adds to the candidates of percentages what others that fit say, in the same paragraph or one next to it."""
    fits: dict[int, list[_Fit]] = defaultdict(list)
    for anchor in anchors:
        fits[anchor.mention.paragraph].extend(_fits(anchor))
    for anchor in anchors:
        at, paragraph = anchor.mention.index, anchor.mention.paragraph
        near = [f for p in (paragraph - 1, paragraph, paragraph + 1) for f in fits.get(p, ()) if f.percent != at]
        if near:
            _compare(anchor, near)


def _fits(anchor: Anchor) -> Iterator[_Fit]:
    at = anchor.mention.index
    for candidate in anchor.candidates:
        part, base = candidate.roles
        if candidate.outcome == HOLDS and candidate.resolution >= _FINE and part is not None and base is not None:
            yield _Fit(at, part.index - at, base.index)


def _compare(anchor: Anchor, near: Sequence[_Fit]) -> None:
    """Adds what the ratios near an anchor say to each of its candidates."""
    at = anchor.mention.index
    offsets = {fit.part_offset for fit in near}
    built = {(fit.part_offset, fit.base - fit.percent) for fit in near}
    parts = {fit.percent + fit.part_offset for fit in near}
    others: dict[int, set[int]] = defaultdict(set)  # base -> percentages of it
    offsets_of: dict[int, set[int]] = defaultdict(set)  # base -> where their numerators stand
    for fit in near:
        others[fit.base].add(fit.percent)
        offsets_of[fit.base].add(fit.part_offset)
    for candidate in anchor.candidates:
        part, base = candidate.roles
        if part is None or base is None:
            continue
        offset = part.index - at
        said = list(_same_base(others.get(base.index), offset in offsets_of.get(base.index, ())))
        if (offset, base.index - at) in built:
            said.append("built as another that fits")
        if offset in offsets:
            said.append("part placed as in another that fits")
        if part.index in parts:
            said.append("part of another that fits")
        if base.index in parts:
            said.append("base is the part of another that fits")
        _add(candidate, said)


def _same_base(others: set[int] | None, alike: bool) -> Iterator[str]:
    if others:
        yield f"base of {'several others' if len(others) > 1 else 'another'} that fits"
        if alike:
            yield "built as another of its base that fits"


def compare_columns(anchors: Sequence[Anchor]) -> None:
    """Adds to sums whether the column beside adds up: where numerators do, their denominators should too."""
    good: dict[int, set[tuple[int, ...]]] = defaultdict(set)
    for anchor in anchors:
        good[anchor.mention.index].update(_places(c) for c in anchor.candidates if c.outcome == HOLDS)
    for anchor in anchors:
        beside = [(step, runs) for step in (-1, 1) if (runs := good.get(anchor.mention.index + step))]
        for candidate in anchor.candidates if beside else ():
            at = _places(candidate)
            hits = [step for step, runs in beside if tuple([place + step for place in at]) in runs]
            _add(candidate, ["the column beside it adds up" for _ in hits])


def _places(candidate: Candidate) -> tuple[int, ...]:
    return tuple(sorted([mention.index for mention in candidate.roles if mention is not None]))


def _add(candidate: Candidate, said: Sequence[str]) -> None:
    if said:
        candidate.pieces.append(Piece("", tuple(said)))
