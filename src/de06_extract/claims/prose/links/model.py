"""The model: weights of features, and how often outcomes come by chance and where a relation is meant."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.outcomes import OPEN
from de06_extract.claims.prose.links.piece import Piece

_MOST = 8.0  # what arithmetic may say at most, in logarithms: fits of ladders and lists are no independent chances
_COARSE_STEP = 1.2  # of sums and remainders: what each half decade of resolution beyond the second may say
_SMALL = ("sum", "remainder")  # kinds whose small whole numbers fit each other more often than others
_RAREST = 1e-6  # share of an outcome among relations that are meant, be it never seen


@dataclass(frozen=True, slots=True)
class KindModel:
    """What is known of one kind: the weights of features by the role they are said of, and how outcomes are spread.

    `truth[outcome]` is the share of an outcome among relations that are meant, `chance[shape][resolution][outcome]`
    that among others. `calibration` holds posteriors with the share of readings that are right, both rising.
    """

    kind: str
    weights: Mapping[str, Mapping[str, float]]
    truth: list[float]
    chance: Mapping[str, list[list[float]]]
    calibration: Sequence[Sequence[float]] = ()

    def ratio(self, anchor: Anchor, candidate: Candidate) -> float:
        """How much more often a relation that is meant comes out so than one that is not, in logarithms."""
        if candidate.outcome == OPEN:
            return 0.0
        table = self.chance.get(f"{anchor.kind} {candidate.shape}") or self.chance["other"]
        meant = max(self.truth[candidate.outcome], _RAREST)
        told = math.log(meant / table[candidate.resolution][candidate.outcome])
        told = min(told, _MOST)
        if self.kind in _SMALL:
            told = min(told, max(0, candidate.resolution - 1) * _COARSE_STEP)
        return told

    def calibrated(self, posterior: float) -> float:
        """How often readings of that posterior are right: straight lines between the points that are known.

        >>> KindModel("ratio", {}, [], {}, [(0.25, 0.0), (0.75, 0.5)]).calibrated(0.5)
        0.25
        """
        points = self.calibration
        if not points:
            return posterior
        at = bisect_left(points, posterior, key=lambda point: point[0])
        if at in (0, len(points)):
            return points[min(at, len(points) - 1)][1]
        (low, right), (high, more) = points[at - 1 : at + 1]
        return right + (more - right) * (posterior - low) / (high - low)


class Scores:
    """The weights of the pieces of one document under a model, each computed once."""

    def __init__(self, model: KindModel) -> None:
        self._weights = model.weights
        self._known: dict[Piece, float] = {}

    def of(self, pieces: Iterable[Piece]) -> float:
        """What the words of a reading say for it, in logarithms."""
        total = 0.0
        for piece in pieces:
            known = self._known.get(piece)
            if known is None:
                known = self._known[piece] = self._weigh(piece)
            total += known
        return total

    def _weigh(self, piece: Piece) -> float:
        weights = self._weights.get(piece.role)
        return 0.0 if weights is None else math.fsum(filter(None, map(weights.get, piece.said)))


@cache
def shipped_model() -> dict[str, KindModel]:
    """The model that comes with the package, by kind."""
    return read_model(json.loads(files("de06_extract").joinpath("data", "model", "relations.json").read_text("utf-8")))


def read_model(parsed: Mapping[str, Any]) -> dict[str, KindModel]:
    """The model of what such a file holds, by kind."""
    return {
        kind: KindModel(kind, by_role(held["weights"]), held["truth"], held["chance"], held.get("calibration", ()))
        for kind, held in parsed["kinds"].items()
    }


def by_role(weights: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """The weights of features by the role that their names begin with, empty for those of a whole candidate."""
    out: dict[str, dict[str, float]] = {}
    for name, weight in weights.items():
        role, mark, feature = name.partition(": ")
        if not mark:
            role, feature = "", name
        out.setdefault(role, {})[feature] = weight
    return out
