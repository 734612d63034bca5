"""How arithmetic comes out by chance, and how where a relation is meant: the two tables the model divides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from de06_extract.claims.prose.learning.arithmetic import RESOLUTIONS
from de06_extract.claims.prose.learning.candidates import NONE, CandidateSet, Floats
from de06_extract.claims.prose.links.outcomes import (
    BOUND_FAILS,
    BOUND_HOLDS,
    CUT,
    FAILS,
    HOLDS,
    LAST_DIGIT,
    LOST,
    NEAR,
    SHORT_SLIP,
    SHORT_SWAP,
    SLIP,
    SWAP,
    WRONG_WAY,
    Outcome,
)
from training.marks import MarkedSet

OTHER = "other"  # the table of forms that the texts do not hold
JUDGED: Final = (HOLDS, CUT, LAST_DIGIT, SWAP, SLIP, LOST, NEAR, FAILS, WRONG_WAY, SHORT_SWAP, SHORT_SLIP)
BOUNDED: Final = (BOUND_HOLDS, BOUND_FAILS)
_LEAST = 1e-7

_FINER: Final[Floats] = 10.0 ** (-np.arange(RESOLUTIONS) / 2)  # a class of resolution is half a decade
_AS_FINE: Final = frozenset({HOLDS, CUT, LAST_DIGIT})  # what is the rarer by chance the finer figures are written
_MOST_BY_CHANCE = 0.9
_OF_ALL = 30.0  # observations that the expected share counts for in the table of all forms
_OF_FORM = 200.0  # observations that the table of all forms counts for in that of one

_EXPECTED: Final[Mapping[int, float]] = {  # of relations that are meant, before any is counted
    HOLDS: 0.93,
    CUT: 0.012,
    LAST_DIGIT: 0.008,
    SLIP: 0.01,
    SWAP: 0.0035,
    LOST: 0.0025,
    NEAR: 0.006,
    FAILS: 0.012,
    WRONG_WAY: 0.001,
    SHORT_SLIP: 0.009,
    SHORT_SWAP: 0.003,
}
_ALIKE: Final = ((SLIP, SWAP, LOST), (SHORT_SLIP, SHORT_SWAP))  # classes that come in the same proportion everywhere
_EXPECTED_FOR = 80.0  # relations that this counts for
_BOUNDED_FOR = (4.0, 1.0)  # bounded relations that hold and fail, before any is counted
ERRORS = 0.25  # what a labelled error counts: labelled sets hold far more of them than reports do

Chance = dict[str, list[list[float]]]


def chance_of(found: CandidateSet) -> Chance:
    """The share of each outcome by form and resolution, counted with values that stood elsewhere."""
    counts = np.zeros((len(found.shapes), RESOLUTIONS, len(Outcome)))
    tried = found.swapped >= 0
    weight = found.weight[found.anchor_of_rows()]
    np.add.at(counts, (found.shape[tried], found.resolution[tried], found.swapped[tried]), weight[tried])
    for slips in map(list, _ALIKE):  # some classes are too rare to be counted by form and resolution
        seen = counts[:, :, slips].sum((0, 1))
        counts[:, :, slips] = counts[:, :, slips].sum(-1, keepdims=True) * (seen + 1e-9) / (seen + 1e-9).sum()
    of_all = _shares(counts.sum(0), _OF_ALL, None)
    tables = {shape: _shares(counts[at], _OF_FORM, of_all) for at, shape in enumerate(found.shapes) if shape != NONE}
    return {shape: _written(table) for shape, table in (tables | {OTHER: of_all}).items()}


def _shares(counts: Floats, expected_for: float, expected: Floats | None) -> Floats:
    shares = np.ones(counts.shape)
    for outcomes in (JUDGED, BOUNDED):
        total = counts[:, outcomes].sum(1)
        for outcome in outcomes:
            own = expected[:, outcome] if expected is not None else _expected(counts, total, outcome, len(outcomes))
            shares[:, outcome] = (counts[:, outcome] + expected_for * own) / (total + expected_for)
    return np.maximum(shares, _LEAST)


def _expected(counts: Floats, total: Floats, outcome: int, outcomes: int) -> Floats:
    """The share of an outcome as far as its resolution alone tells it."""
    seen = counts[:, outcome].sum() + 0.5
    if outcome in _AS_FINE:
        share: Floats = seen / ((total * _FINER).sum() + 1) * _FINER
        return np.minimum(_MOST_BY_CHANCE, share)
    return np.full(RESOLUTIONS, seen / (total.sum() + 0.5 * outcomes))


def _written(table: Floats) -> list[list[float]]:
    """With the three digits that the model keeps, so that what is learned goes with what is read."""
    return [[float(f"{share:.3g}") for share in row] for row in table]


def truth_of(outcomes: Iterable[int]) -> list[float]:
    """How often each outcome comes where a relation is meant, counted on labelled ones."""
    counts = np.bincount(np.fromiter(outcomes, np.int64), minlength=len(Outcome)).astype(float)
    truth = np.ones(len(Outcome))
    judged = {o: float(counts[o]) * (1.0 if o == HOLDS else ERRORS) for o in JUDGED}
    total = sum(judged.values()) + _EXPECTED_FOR
    for outcome, count in judged.items():
        truth[outcome] = (count + _EXPECTED_FOR * _EXPECTED[outcome]) / total
    for slips in _ALIKE:  # labels hold too few errors to tell these apart
        seen, expected = truth[list(slips)].sum(), sum(_EXPECTED[slip] for slip in slips)
        for slip in slips:
            truth[slip] = seen * _EXPECTED[slip] / expected
    holds, fails = (float(counts[o]) + expected for o, expected in zip(BOUNDED, _BOUNDED_FOR, strict=True))
    truth[BOUND_HOLDS], truth[BOUND_FAILS] = holds / (holds + fails), fails / (holds + fails)
    return [round(float(share), 5) for share in truth]


def outcomes_meant(found: MarkedSet, anchors: Iterable[int]) -> list[int]:
    """The outcome of the relation that each of these anchors states; anchors that state none give none."""
    meant = {at: hits for p in found.passages for at, hits in zip(p.anchors, p.meant, strict=True) if hits}
    starts, outcome = found.candidates.starts, found.candidates.outcome
    return [int(outcome[starts[at] + 1 + min(meant[at])]) for at in anchors if at in meant]
