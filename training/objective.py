"""The objective: how likely labels and arithmetic are, given what words make of the candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from training.candidates import Floats, Ints
from training.features import Matrix

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


def shares(scores: Floats, starts: Ints) -> tuple[Floats, Floats]:
    """The logarithm of the sum of exponentials of each anchor, and the share of each row in it."""
    if not len(scores):
        return np.zeros(0), np.zeros(0)
    sizes = np.diff(starts)
    top = np.maximum.reduceat(scores, starts[:-1])
    powers = np.exp(scores - np.repeat(top, sizes))
    total = np.add.reduceat(powers, starts[:-1])
    return top + np.log(total), powers / np.repeat(total, sizes)
