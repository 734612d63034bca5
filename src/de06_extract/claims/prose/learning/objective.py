"""The objective: how likely labels and arithmetic are, given what words make of the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from de06_extract.claims.prose.learning.arithmetic import log_ratios
from de06_extract.claims.prose.learning.candidates import DIRECTION_ONLY, CandidateSet, Floats, Ints
from de06_extract.claims.prose.learning.features import Matrix
from de06_extract.claims.prose.links.model import KindModel

DIRECTION_ONLY_TEXTS = 0.1  # of the weight of unlabelled ones: an old and a new value fit every second time
EXCLUDED = -60.0  # in logarithms: what a candidate is told that a label rules out


@dataclass(frozen=True)
class Likelihood:
    """Anchors of which `told` says, row by row and in logarithms, how well what was seen goes with that reading.

    Of unlabelled anchors that is the arithmetic's ratio, of labelled ones 0 for what is meant and `EXCLUDED` for
    what is not. An anchor contributes log Σ P(row) · exp(told).
    """

    rows: Matrix
    starts: Ints
    told: Floats
    weight: Floats

    def value_and_slope(self, weights: Floats) -> tuple[float, Floats]:
        """The weighted sum over anchors, and how it changes with each weight."""
        scores = self.rows @ weights
        prior, prior_shares = shares(scores, self.starts)
        told, told_shares = shares(scores + self.told, self.starts)
        each = np.repeat(self.weight, np.diff(self.starts))
        return float((self.weight * (told - prior)).sum()), self.rows.T @ ((told_shares - prior_shares) * each)


def of_texts(found: CandidateSet, rows: Matrix, model: KindModel, weight: float) -> Likelihood:
    """The likelihood of the arithmetic of unlabelled anchors; each counts as much as it stands for, times a weight."""
    kinds = [DIRECTION_ONLY_TEXTS if kind == DIRECTION_ONLY else 1.0 for kind in found.anchor_kind]
    return Likelihood(rows, found.starts, log_ratios(model, found), weight * found.weight * np.array(kinds))


def maximised(
    parts: Sequence[Likelihood],
    start: Floats,
    shrinkage: float,
    *,
    rounds: int,
    centre: Floats | None = None,
) -> Floats:
    """The weights under which the parts are likeliest, shrunk towards a centre (0 where none is given) by L2.

    Found by L-BFGS in at most so many rounds, from `start`.
    """
    from scipy.optimize import minimize

    middle = np.zeros(len(start)) if centre is None else centre

    def loss(weights: Floats) -> tuple[float, Floats]:
        found = [part.value_and_slope(weights) for part in parts if len(part.weight)]
        away = weights - middle
        value = sum(value for value, _ in found) - shrinkage / 2 * float((away * away).sum())
        slope = sum((slope for _, slope in found), np.zeros(len(weights))) - shrinkage * away
        return -value, -slope

    weights: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return weights


def shares(scores: Floats, starts: Ints) -> tuple[Floats, Floats]:
    """The logarithm of the sum of exponentials of each anchor, and the share of each row in it."""
    if not len(scores):
        return np.zeros(0), np.zeros(0)
    sizes = np.diff(starts)
    top = np.maximum.reduceat(scores, starts[:-1])
    powers = np.exp(scores - np.repeat(top, sizes))
    total = np.add.reduceat(powers, starts[:-1])
    return top + np.log(total), powers / np.repeat(total, sizes)
