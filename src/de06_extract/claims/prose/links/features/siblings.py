"""Features of siblings: what neighbouring anchors say that fit, of the same base, built alike, or a column beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.outcomes import HOLDS
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.mentions import Mention

FINE = 3  # class of resolution from which a fit is hardly chance: one in thirty
BESIDE = (-1, 1, -2, 2, -3, 3)  # figures from one column to another: «42 vụ, 76 bị can, đạt 80%»
_NEAR = 4  # paragraphs between readings that are written alike
_COLUMN = "the column beside it adds up"
_FINE_COLUMN = f"{_COLUMN}, of fine figures"

_Places = tuple[int | None, ...]


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
        if candidate.outcome == HOLDS and candidate.resolution >= FINE and part is not None and base is not None:
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


def compare_places(anchors: Sequence[Anchor]) -> None:
    """Adds to readings whether others near that fit have their figures in the same places: items are written alike."""
    fits: dict[tuple[str, _Places], list[tuple[Mention, bool]]] = defaultdict(list)
    for anchor in anchors:
        for candidate in anchor.candidates:
            if candidate.outcome == HOLDS and candidate.resolution:
                fits[anchor.kind, _from(anchor, candidate)].append((anchor.mention, candidate.resolution >= FINE))
    for anchor in anchors if fits else ():
        own = anchor.mention
        for candidate in anchor.candidates:
            alike = [
                is_fine
                for other, is_fine in fits.get((anchor.kind, _from(anchor, candidate)), ())
                if other is not own and abs(other.paragraph - own.paragraph) <= _NEAR
            ]
            said = ["placed as several others that fit" if len(alike) > 1 else "placed as another that fits"]
            _add(candidate, [*said, "placed as another that fits finely"] if any(alike) else said if alike else [])


def _from(anchor: Anchor, candidate: Candidate) -> _Places:
    """How many figures from the anchor each of a reading stands."""
    at = anchor.mention.index
    return tuple([None if mention is None else mention.index - at for mention in candidate.roles])


def compare_columns(anchors: Sequence[Anchor]) -> None:
    """Adds to sums whether a column beside adds up: where numerators do, their denominators should too."""
    good: dict[int, dict[tuple[int, ...], bool]] = defaultdict(dict)
    for anchor in anchors:
        fits = {_places(c): c.resolution >= FINE for c in anchor.candidates if c.outcome == HOLDS}
        good[anchor.mention.index].update(fits)
    for anchor in anchors:
        beside = [(step, runs) for step in BESIDE if (runs := good.get(anchor.mention.index + step))]
        for candidate in anchor.candidates if beside else ():
            at = _places(candidate)
            fits_there = {runs.get(tuple([place + step for place in at])) for step, runs in beside} - {None}
            _add(candidate, [_COLUMN, _FINE_COLUMN] if True in fits_there else [_COLUMN] if fits_there else [])


def stands_beside_a_sum(candidate: Candidate) -> bool:
    """True for parts of a total beside which others, each as far from these, add up in figures too fine for chance."""
    return any(_FINE_COLUMN in piece.said for piece in candidate.pieces)


def _places(candidate: Candidate) -> tuple[int, ...]:
    return tuple(sorted([mention.index for mention in candidate.roles if mention is not None]))


def _add(candidate: Candidate, said: Sequence[str]) -> None:
    if said:
        candidate.pieces.append(Piece("", tuple(said)))
