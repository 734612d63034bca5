"""The readings of one figure with all that speaks for and against each: what the linker weighs, made visible."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from de06_extract.claims.prose.links.linker import Link, left_by_rivals, links, weigh
from de06_extract.claims.prose.links.model import KindModel, Scores
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.relations import relation_of
from de06_extract.claims.prose.mentions import Mention, Reading
from de06_extract.claims.prose.model_file import Models
from de06_extract.claims.prose.relation import Relation

_NAMED = 0.02  # posterior of a reading from which it is told which other figures stand in it
_ANCHORS = frozenset({"rate", "total", "rest", "percent", "new value"})  # what features call an anchor itself
_PLACES = {  # where the figures that features speak of stand among the roles of a candidate
    "part": 0, "base": 1, "old": 0, "new": 1, "size": 2, "whole": 0, "done": 1, "first part": 0, "last part": -1,
    "last": -1, "share": 0, "next": 1, "last share": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feature:
    """What holds of a reading, by the name that the model knows, its weight, and the figure that it speaks of."""

    name: str
    weight: float
    mention: Mention | None


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """A reading of an anchor; `relation` is None for «none», that the anchor says nothing of other figures.

    `arithmetic` is what the outcome says for it, in logarithms; `prior` is its probability by words alone.
    """

    relation: Relation | None
    outcome: str | None
    features: tuple[Feature, ...]
    arithmetic: float
    prior: float
    posterior: float


@dataclass(frozen=True, slots=True)
class WeighedAnchor:
    """An anchor as the linker has it, and its readings, the likeliest first.

    `left` is what a reading of another kind that wants the same percentage leaves of the posteriors.
    """

    link: Link
    readings: tuple[WeighedReading, ...]
    left: float


@dataclass(frozen=True, slots=True)
class FigureReadings:
    """The readings of one figure: where it says something of others, and the likeliest of others that it stands in."""

    anchors: tuple[WeighedAnchor, ...]
    elsewhere: tuple[Link, ...]


def readings_of(reading: Reading, mention: Mention, models: Models) -> FigureReadings:
    """What the linker makes of one figure of a document."""
    found = [link for of_kind in links(reading, models).values() for link in of_kind]
    own = [link for link in found if link.anchor.mention is mention]
    rivals = [link for link in own if link.anchor.kind in ("ratio", "change")]
    shares = left_by_rivals([link.none for link in rivals])
    left = {id(link): share for link, share in zip(rivals, shares, strict=True)}
    elsewhere = [x for x in found if mention in x.candidate.roles and x.posterior >= _NAMED]
    return FigureReadings(
        tuple(_weighed(link, left.get(id(link), 1.0)) for link in own),
        tuple(sorted(elsewhere, key=lambda link: -link.posterior)),
    )


def _weighed(link: Link, left: float) -> WeighedAnchor:
    weighed = weigh(link.anchor, link.model, Scores(link.model))
    none = WeighedReading(
        None,
        None,
        tuple(_features(link.anchor.pieces, link.model, link.anchor.mention, ())),
        0.0,
        *weighed.nothing,
    )
    readings = [none]
    for at, candidate in enumerate(link.anchor.candidates):
        if weighed.words[at] > -math.inf:
            readings.append(
                WeighedReading(
                    relation_of(replace(link, candidate=candidate)),
                    candidate.outcome.name.lower(),
                    tuple(_features(candidate.all_pieces(), link.model, link.anchor.mention, candidate.roles)),
                    weighed.arithmetic[at],
                    weighed.priors[at],
                    weighed.posteriors[at] * left,
                )
            )
    return WeighedAnchor(link, tuple(sorted(readings, key=lambda one: -one.posterior)), left)


def _features(
    pieces: Iterable[Piece], model: KindModel, anchor: Mention, roles: tuple[Mention | None, ...]
) -> Iterator[Feature]:
    """The features that have a weight, the strongest first."""
    told = []
    for piece in pieces:
        weights = model.weights.get(piece.role, {})
        for said, name in zip(piece.said, piece, strict=True):
            weight = weights.get(said)
            if weight:
                told.append(Feature(name, weight, _spoken_of(piece.role, anchor, roles)))
    yield from sorted(told, key=lambda feature: (-abs(feature.weight), feature.name))


def _spoken_of(role: str, anchor: Mention, roles: tuple[Mention | None, ...]) -> Mention | None:
    """The figure of a role; of two the second, which is told from the first."""
    name = role.split("-")[-1]
    at = _PLACES.get(name)
    if at is not None and roles:
        return roles[at] if at < len(roles) else None
    return anchor if name in _ANCHORS or not roles else None
