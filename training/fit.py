"""The fit: weights of one kind from labelled and unlabelled candidates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from de06_extract.claims.prose.learning.candidates import CandidateSet, Floats, Ints
from de06_extract.claims.prose.learning.features import Matrix, matrix, select
from de06_extract.claims.prose.learning.objective import EXCLUDED, Likelihood, maximised, of_texts
from de06_extract.claims.prose.links.model import KindModel
from de06_extract.claims.prose.links.outcomes import OPEN
from training.chance import Chance, chance_of, outcomes_meant, truth_of
from training.folds import fold, original
from training.marks import Marked, MarkedSet

LABELS = 8.0  # weight of a labelled anchor
TEXTS = 0.15  # weight of an unlabelled one: all of them count about as much as all labels
SHRINKAGE = 40.0  # L2: a weight of 1 costs as much as a labelled anchor whose reading is at 8%
GROUP_WEIGHTS = {
    "corpus": 6.0,  # reports of the form that is checked, read three times; five of them against hundreds of passages
    "sentences": 3.0,  # a sentence for every shape; each of them is a promise
    "short": 3.0,  # the plainest words for each relation, which nothing else may drown
    "real": 2.0,  # windows drawn from what people write, not written to show a relation
    "windows": 2.0,
}
START = 3.0  # weight of «none» before anything is learned
ROUNDS = 120  # of L-BFGS
ALTERED_WEIGHT = 0.5  # of a passage in another context than its own


@dataclass(frozen=True)
class Observations:
    """What one kind is learned from, as matrices over the same features."""

    kind: str
    names: tuple[str, ...]
    texts: CandidateSet
    text_rows: Matrix
    marked: MarkedSet
    marked_rows: Matrix
    chance: Chance


@dataclass(frozen=True)
class Fit:
    """The weights of all features, by name and as a vector, and the model of the two tables."""

    named: dict[str, float]
    weights: Floats
    model: KindModel


def prepare(texts: CandidateSet, marked: MarkedSet) -> Observations:
    """Chooses the features and counts chance."""
    names = select([texts, marked.candidates])
    columns = {name: at for at, name in enumerate(names)}
    return Observations(
        texts.kind,
        tuple(names),
        texts,
        matrix(texts, columns),
        marked,
        matrix(marked.candidates, columns),
        chance_of(texts),
    )


def fit(given: Observations, left_out: Collection[int] = ()) -> Fit:
    """Learns from all unlabelled texts and the passages whose folds are not left out."""
    passages = [passage for passage in given.marked.passages if fold(passage.passage.name) not in left_out]
    meant = outcomes_meant(given.marked, [at for passage in passages for at in passage.anchors])
    model = KindModel(given.kind, {}, truth_of(meant), given.chance)
    parts = (of_texts(given.texts, given.text_rows, model, TEXTS), _of_labels(given, passages))
    start = np.zeros(len(given.names))
    start[given.names.index("none")] = START
    weights = maximised(parts, start, SHRINKAGE, rounds=ROUNDS)
    return Fit(dict(zip(given.names, map(float, weights), strict=True)), weights, model)


def _of_labels(given: Observations, passages: Collection[Marked]) -> Likelihood:
    found = given.marked.candidates
    told, weight = np.full(found.rows, EXCLUDED), np.zeros(found.anchors)
    for passage in passages:
        for at, hits in zip(passage.anchors, passage.meant, strict=True):
            first, last = int(found.starts[at]), int(found.starts[at + 1])
            if hits is None:
                continue
            weight[at] = LABELS * group_weight(passage.group)
            told[_rows_allowed(first, last, hits, found.outcome, passage.names_open)] = 0.0
    return Likelihood(given.marked_rows, found.starts, told, weight)


def group_weight(name: str) -> float:
    """What a labelled anchor of a set counts, against those of other sets."""
    own = original(name)
    return GROUP_WEIGHTS.get(own, 1.0) * (1.0 if own == name else ALTERED_WEIGHT)


def _rows_allowed(first: int, last: int, hits: Collection[int], outcome: Ints, names_open: bool) -> list[int]:
    """The rows that labels allow: those they name, or «none», or what lacks a figure where labels leave that out."""
    if hits:
        return [first + 1 + hit for hit in sorted(hits)]
    return [first, *(row for row in range(first + 1, last) if outcome[row] == OPEN and not names_open)]
