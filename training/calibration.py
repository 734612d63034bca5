"""Calibration: how often readings of a stated posterior are right, as a monotone table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

MOST_POINTS = 12
LEAST_READINGS = 20  # of a point: fewer tell no share
BINS = 10
_AGREEING = (0.5, 1.0)  # right ones and readings that each point has before any is counted

Points = list[list[float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading with its posterior, and whether the labels have it; `fold` is that of its document."""

    posterior: float
    is_right: bool
    fold: int = 0


@dataclass
class _Block:
    readings: int
    posterior: float  # sums
    right: float

    @property
    def share(self) -> float:
        return self.right / self.readings

    def take(self, other: _Block) -> None:
        """Add a neighbour."""
        self.readings += other.readings
        self.posterior += other.posterior
        self.right += other.right


def calibrate(readings: Iterable[Reading]) -> Points:
    """Posteriors with the share that is right, rising, at most `MOST_POINTS`; empty where there are too few to tell."""
    blocks = _rising(_blocks(readings))
    if sum(block.readings for block in blocks) < 2 * LEAST_READINGS:
        return []
    while len(blocks) > 1 and (len(blocks) > MOST_POINTS or min(block.readings for block in blocks) < LEAST_READINGS):
        small = min(block.readings for block in blocks) < LEAST_READINGS
        least = [i for i, b in enumerate(blocks) if b.readings < LEAST_READINGS] if small else range(len(blocks))
        pairs = {(i, i + 1) for i in least if i + 1 < len(blocks)} | {(i - 1, i) for i in least if i}
        at, after = min(pairs, key=lambda pair: (_loss(blocks[pair[0]], blocks[pair[1]]), pair))
        blocks[at].take(blocks.pop(after))
    said = (round(block.posterior / block.readings, 4) for block in blocks)
    right = (round((block.right + _AGREEING[0]) / (block.readings + _AGREEING[1]), 4) for block in blocks)
    return [[posterior, share] for posterior, share in zip(said, accumulate(right, max), strict=True)]


def _blocks(readings: Iterable[Reading]) -> Iterator[_Block]:
    """A block for each posterior, rising."""
    for posterior, same in groupby(sorted(readings, key=_posterior), key=_posterior):
        held = list(same)
        yield _Block(len(held), posterior * len(held), float(sum(reading.is_right for reading in held)))


def _posterior(reading: Reading) -> float:
    return reading.posterior


def _rising(blocks: Iterable[_Block]) -> list[_Block]:
    """Neighbours pooled until their shares rise: isotonic regression."""
    risen: list[_Block] = []
    for block in blocks:
        risen.append(block)
        while len(risen) > 1 and risen[-2].share >= risen[-1].share:
            last = risen.pop()
            risen[-1].take(last)
    return risen


def _loss(a: _Block, b: _Block) -> float:
    """What squared error grows by where two blocks are one."""
    return a.readings * b.readings / (a.readings + b.readings) * (a.share - b.share) ** 2


def bins(readings: Sequence[Reading]) -> list[tuple[int, float, float]]:
    """Ten bins of posteriors: how many readings, their mean posterior, the share that is right."""
    found: list[list[Reading]] = [[] for _ in range(BINS)]
    for reading in readings:
        found[min(BINS - 1, int(BINS * reading.posterior))].append(reading)
    return [
        (len(held), sum(r.posterior for r in held) / len(held), sum(r.is_right for r in held) / len(held))
        if held
        else (0, 0.0, 0.0)
        for held in found
    ]


def expected_error(readings: Sequence[Reading]) -> float:
    """How far stated and right shares are apart, on average over readings."""
    total = max(1, len(readings))
    return sum(count * abs(said - right) for count, said, right in bins(readings)) / total
