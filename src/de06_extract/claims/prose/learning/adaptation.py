"""Adaptation: weights moved from those of a model towards what the arithmetic of other texts says, without labels.

A share of the texts is held back; what the moved weights make of it is measured beside what the model itself makes of
it. Kinds whose held-back texts do not become likelier keep the weights that they have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from de06_extract.claims.prose.learning.arithmetic import log_ratios
from de06_extract.claims.prose.learning.candidates import (
    KINDS,
    NONE,
    CandidateSet,
    Floats,
    Ints,
    Read,
    gather,
    pool_of,
)
from de06_extract.claims.prose.learning.features import Matrix, matrix, select
from de06_extract.claims.prose.learning.model_text import kind_entry, model_text, weights_written
from de06_extract.claims.prose.learning.objective import maximised, of_texts, shares
from de06_extract.claims.prose.learning.texts import Text, draw
from de06_extract.claims.prose.links.model import KindModel, by_role
from de06_extract.claims.prose.links.outcomes import CUT, HOLDS, OPEN, WRONG
from de06_extract.claims.prose.model_file import Models

HELD_BACK = 0.2  # share of the texts that are measured with, and not learned from
WEIGHT = 0.15  # of an unlabelled anchor, as in the training of the package's own weights
SHRINKAGE = 3.0  # L2 around the weights that there are: what few texts say moves them little
ROUNDS = 120  # of L-BFGS
BELIEVED = 0.5  # posterior from which a reading that holds counts as found
SURE_GAIN = 2.0  # standard errors by which texts held back become likelier at least
FEWEST = 20  # anchors held back of one kind: a gain that fewer show is no gain
ACCUSING = 0.8  # mass of failing readings from which an anchor counts as said to fail


@dataclass(frozen=True)
class Measured:
    """What weights make of texts held back: how many anchors, and in them counts.

    `likelihood` is the mean logarithm, by anchor, of how much better the arithmetic goes with the readings that words
    favour than with none. `found` readings hold; `failing` anchors are said to fail; `by_chance` readings are found
    although the anchor's value was exchanged for one that stood elsewhere, so that hardly any of them can be meant.
    """

    anchors: int
    likelihood: float
    found: float
    failing: float
    by_chance: float


@dataclass(frozen=True)
class AdaptedKind:
    """One kind: the model before and behind, what each makes of the texts held back, how many weights moved.

    `gain` is by how much the texts held back became likelier, the mean over anchors, `error` its standard error.
    """

    before: KindModel
    behind: KindModel
    own: Measured
    moved: Measured
    features: int
    gain: float
    error: float

    @property
    def is_better(self) -> bool:
        """True where the moved weights are kept: texts held back became likelier, and no more of them may be wrong.

        Without labels nobody knows whether a reading that fails is an error, so that none may be new.
        """
        own, moved = self.own, self.moved
        is_likelier = own.anchors >= FEWEST and self.gain > SURE_GAIN * self.error
        return is_likelier and moved.by_chance <= own.by_chance and moved.failing <= own.failing

    @property
    def kept(self) -> KindModel:
        """The model to write."""
        return self.behind if self.is_better else self.before


@dataclass(frozen=True)
class Adaptation:
    """All kinds, and how many texts were learned from and held back."""

    learned_from: int
    held_back: int
    kinds: Mapping[str, AdaptedKind]

    @property
    def is_better(self) -> bool:
        """True where the weights of some kind are kept."""
        return any(kind.is_better for kind in self.kinds.values())

    def text(self, base: str) -> str:
        """The file of the adapted model; `base` is the SHA-256 of the model it was adapted from."""
        header: dict[str, Any] = {
            "base": base,
            "texts": self.learned_from,
            "adapted": [kind for kind in KINDS if self.kinds[kind].is_better],
        }
        return model_text(header, {kind: _entry(held.kept) for kind, held in self.kinds.items()})


def adapt(base: Models, texts: Sequence[Text], read: Read, say: Callable[[str], None]) -> Adaptation:
    """The weights of a model moved towards what the arithmetic of texts says; always the same for the same texts."""
    ordered = sorted(texts, key=lambda text: (text.name, text.text))
    held_back = [text for text in ordered if draw("held back", text.name) < HELD_BACK]
    learned_from = [text for text in ordered if draw("held back", text.name) >= HELD_BACK]
    pool = pool_of(learned_from, read)
    own, held = gather(learned_from, read, pool), gather(held_back, read, pool)
    kinds = {}
    for kind in KINDS:
        say(kind)
        kinds[kind] = _adapted(base[kind], own[kind], held[kind])
    return Adaptation(len(learned_from), len(held_back), kinds)


def _adapted(base: KindModel, own: CandidateSet, held: CandidateSet) -> AdaptedKind:
    before = _by_name(base)
    names = sorted({*before, *select([own])})
    columns = {name: at for at, name in enumerate(names)}
    centre = np.array([before.get(name, 0.0) for name in names])
    moved = centre
    if own.anchors:
        likelihood = of_texts(own, matrix(own, columns), base, WEIGHT)
        moved = maximised([likelihood], centre, SHRINKAGE, rounds=ROUNDS, centre=centre)
    written = weights_written(dict(zip(names, map(float, moved), strict=True)))
    as_written = np.array([written.get(name, 0.0) for name in names])
    rows = matrix(held, columns)
    return AdaptedKind(
        base,
        replace(base, weights=by_role(written)),
        _measured(base, held, rows, centre),
        _measured(base, held, rows, as_written),
        sum(1 for a, b in zip(centre, as_written, strict=True) if a != b),
        *_gain(base, held, rows, centre, as_written),
    )


def _gain(base: KindModel, held: CandidateSet, rows: Matrix, before: Floats, behind: Floats) -> tuple[float, float]:
    """By how much each anchor became likelier, on average, and the standard error of that."""
    if not held.anchors:
        return 0.0, 0.0
    gains = _fits(base, held, rows, behind) - _fits(base, held, rows, before)
    total = held.weight.sum()
    mean = float((held.weight * gains).sum() / total)
    return mean, float(np.sqrt(((held.weight * (gains - mean)) ** 2).sum()) / total)


def _fits(base: KindModel, held: CandidateSet, rows: Matrix, weights: Floats) -> Floats:
    """How much better the arithmetic of each anchor goes with what words make likely than with chance."""
    scores = rows @ weights
    prior, _ = shares(scores, held.starts)
    posterior, _ = shares(scores + log_ratios(base, held), held.starts)
    return posterior - prior


def _measured(base: KindModel, held: CandidateSet, rows: Matrix, weights: Floats) -> Measured:
    """What weights make of the texts held back, anchors that stand for others counted as often."""
    if not held.anchors:
        return Measured(0, 0.0, 0.0, 0.0, 0.0)
    scores, weight = rows @ weights, held.weight
    _, each = shares(scores + log_ratios(base, held), held.starts)
    likelihood = float((weight * _fits(base, held, rows, weights)).sum() / weight.sum())
    best = np.maximum.reduceat(np.where(_is_in(held, held.outcome, (HOLDS, CUT)), each, 0.0), held.starts[:-1])
    failing = np.add.reduceat(np.where(_is_in(held, held.outcome, WRONG), each, 0.0), held.starts[:-1])
    return Measured(
        held.anchors,
        likelihood,
        float(weight[best >= BELIEVED].sum()),
        float(weight[failing >= ACCUSING].sum()),
        _by_chance(base, held, scores),
    )


def _by_chance(base: KindModel, held: CandidateSet, scores: Floats) -> float:
    """How many anchors would be believed to hold with the value of another one."""
    exchanged = np.where(held.swapped >= 0, held.swapped, int(OPEN))
    tried = np.maximum.reduceat(held.swapped, held.starts[:-1]) >= 0
    _, each = shares(scores + log_ratios(base, held, exchanged), held.starts)
    best = np.maximum.reduceat(np.where(_is_in(held, exchanged, (HOLDS, CUT)), each, 0.0), held.starts[:-1])
    return float(held.weight[tried & (best >= BELIEVED)].sum())


def _is_in(held: CandidateSet, outcomes: Ints, wanted: Iterable[int]) -> Any:
    """Where a row has one of the outcomes; never of «none», of which nothing is computed."""
    none = held.shapes.index(NONE)
    return np.isin(outcomes, sorted(int(outcome) for outcome in wanted)) & (held.shape != none)


def _by_name(model: KindModel) -> dict[str, float]:
    """The weights by the full names of features."""
    return {
        f"{role}: {said}" if role else said: weight
        for role, weights in model.weights.items()
        for said, weight in weights.items()
    }


def _entry(model: KindModel) -> dict[str, Any]:
    return kind_entry(_by_name(model), model.truth, model.chance, model.calibration)
