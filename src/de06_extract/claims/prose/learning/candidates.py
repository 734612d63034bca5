"""Candidates as arrays: what may be said of every anchor of many documents, and with which features."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from de06_extract.claims.prose.learning.texts import Text, draw
from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.outcomes import CUT, HOLDS, LAST_DIGIT, OPEN, SLIPS
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.mentions import Mention

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KINDS = tuple(sorted(generator.kind for generator in generators()))
FIND = {generator.kind: generator.find for generator in generators()}
NONE = "none"  # the shape of «says nothing of others», the first row of every anchor

# Of unlabelled anchors that nothing fits only so many are kept, by kind of anchor, and those stand for the others:
# they tell how words look where nothing is meant, and there are far more of them than it takes.
KEPT = {"ratio": 0.5, "change": 0.3, "size": 0.5, "level": 0.25, "sum": 0.1, "remainder": 1.0, "distribution": 0.5}
DIRECTION_ONLY = "level"  # anchors that a direction alone judges, which fits by chance every second time
FITTING = SLIPS | {HOLDS, CUT, LAST_DIGIT}
MOST_CANDIDATES = 400  # of an unlabelled anchor; more come of tables that lost their lines

POOL_TEXTS = 400  # texts from which values are taken to exchange others for
_POOL_LEAST = 20  # values of one kind and grain
_POOL_NEAR = 5  # others of them near the value that is exchanged
_NEAR = (0.6, 1.6)  # times that value


@dataclass(frozen=True)
class CandidateSet:
    """The anchors of one kind, one after another; the rows of each are «none» and its candidates.

    `swapped` is the outcome with a value for the anchor that stood elsewhere, -1 where none was tried.
    """

    kind: str
    names: tuple[str, ...]
    features: Ints
    feature_starts: Ints
    shapes: tuple[str, ...]
    shape: Ints
    outcome: Ints
    swapped: Ints
    resolution: Ints
    starts: Ints
    weight: Floats
    document: Ints
    anchor_kind: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(self.outcome)

    @property
    def anchors(self) -> int:
        return len(self.weight)

    @property
    def documents(self) -> int:
        return int(self.document.max()) + 1 if self.anchors else 0

    def anchor_of_rows(self) -> Ints:
        """The anchor of every row."""
        return np.repeat(np.arange(self.anchors), np.diff(self.starts))


@dataclass
class Candidates:
    """A candidate set while it grows."""

    kind: str
    _numbers: dict[str, int] = field(default_factory=dict)
    _shapes: dict[str, int] = field(default_factory=dict)
    _features: array[int] = field(default_factory=lambda: array("l"))
    _feature_starts: array[int] = field(default_factory=lambda: array("l", [0]))
    _rows: array[int] = field(default_factory=lambda: array("l"))  # shape, outcome, swapped, resolution of each
    _starts: array[int] = field(default_factory=lambda: array("l", [0]))
    _weights: array[float] = field(default_factory=lambda: array("d"))
    _documents: array[int] = field(default_factory=lambda: array("l"))
    _anchor_kinds: list[str] = field(default_factory=list)

    @property
    def anchors(self) -> int:
        return len(self._weights)

    def add(self, anchor: Anchor, document: int, weight: float = 1.0, other: Value | None = None) -> None:
        """Puts an anchor behind those there are; `other` is the value to exchange for its own."""
        self._add_row(anchor.pieces, NONE, 0, -1, 0)
        for c in anchor.candidates:
            exchanged = other is not None and anchor.kind != DIRECTION_ONLY and c.outcome != OPEN
            swapped = c.judge(other) if exchanged and other is not None else -1
            self._add_row(c.all_pieces(), shape_of(anchor, c), c.outcome, swapped, c.resolution)
        self._starts.append(len(self._rows) // 4)
        self._weights.append(weight)
        self._documents.append(document)
        self._anchor_kinds.append(anchor.kind)

    def _add_row(self, pieces: Iterable[Piece], shape: str, outcome: int, swapped: int, resolution: int) -> None:
        numbers, shapes = self._numbers, self._shapes
        self._features.extend([numbers.setdefault(name, len(numbers)) for piece in pieces for name in piece])
        self._feature_starts.append(len(self._features))
        self._rows.extend((shapes.setdefault(shape, len(shapes)), outcome, swapped, resolution))

    def set(self) -> CandidateSet:
        """What was added, features and shapes in the order of their names: sets of words come in any order."""
        names, shapes = sorted(self._numbers), sorted(self._shapes)
        features = _renumbered(self._features, self._numbers, names)
        starts = np.array(self._feature_starts, np.int64)
        rows = np.array(self._rows, np.int64).reshape(-1, 4)
        row_of_feature = np.repeat(np.arange(len(rows)), np.diff(starts))
        return CandidateSet(
            self.kind,
            tuple(names),
            features[np.lexsort((features, row_of_feature))],
            starts,
            tuple(shapes),
            _renumbered(rows[:, 0], self._shapes, shapes),
            rows[:, 1],
            rows[:, 2],
            rows[:, 3],
            np.array(self._starts, np.int64),
            np.array(self._weights, np.float64),
            np.array(self._documents, np.int64),
            tuple(self._anchor_kinds),
        )


def _renumbered(held: Iterable[int], numbers: dict[str, int], names: Sequence[str]) -> Ints:
    place = np.zeros(len(names), np.int64)
    for at, name in enumerate(names):
        place[numbers[name]] = at
    return place[np.array(held, np.int64)] if len(names) else np.zeros(0, np.int64)


def shape_of(anchor: Anchor, candidate: Candidate) -> str:
    """The name under which the model knows how often candidates of this form fit by chance."""
    return f"{anchor.kind} {candidate.shape}"


class Pool:
    """Values of figures by kind and grain, to exchange one that stands in a text for another that might."""

    def __init__(self, documents: Iterable[Evidence]) -> None:
        held: dict[tuple[str, int], list[float]] = defaultdict(list)
        for ev in documents:
            for m in ev.mentions:
                held[m.figure.kind, _grain(ev.value(m))].append(ev.value(m).value)
        self._values = {key: sorted(values) for key, values in held.items() if len(values) >= _POOL_LEAST}

    def other(self, ev: Evidence, mention: Mention, name: str) -> Value | None:
        """A value of the mention's kind, grain and size; always the same in the document of that name."""
        value = ev.value(mention)
        values = self._values.get((mention.figure.kind, _grain(value)), [])
        first, last = bisect_left(values, _NEAR[0] * value.value), bisect_right(values, _NEAR[1] * value.value)
        own, behind = bisect_left(values, value.value), bisect_right(values, value.value)
        others = (own - first) + (last - behind)  # its own value would fit whatever it fits
        if others < _POOL_NEAR:
            return None
        at = first + int(others * draw("other", name, mention.start))
        return value._replace(value=values[at if at < own else at + behind - own])


def _grain(value: Value) -> int:
    """The power of ten of the last digit that is not 0."""
    digits, unit = round(value.value / value.unit), value.unit
    while digits and digits % 10 == 0:
        digits, unit = digits // 10, unit * 10
    return round(math.log10(unit))


Read = Callable[[str], Evidence | None]  # the evidence of a text, None where it cannot be read


def gather(texts: Sequence[Text], read: Read, pool: Pool | None = None) -> dict[str, CandidateSet]:
    """The candidates of unlabelled texts by kind; of anchors that nothing fits a sample."""
    pool = pool or pool_of(texts, read)
    found = {kind: Candidates(kind) for kind in KINDS}
    for number, text in enumerate(texts):
        ev = read(text.text)
        if ev is None:
            continue
        for kind in KINDS:
            for at, anchor in enumerate(FIND[kind](ev)):
                share = _share(anchor)
                if draw("kept", kind, at, text.name) < share:
                    found[kind].add(anchor, number, 1 / share, pool.other(ev, anchor.mention, text.name))
    return {kind: candidates.set() for kind, candidates in found.items()}


def pool_of(texts: Sequence[Text], read: Read) -> Pool:
    """The values of the first texts, to exchange those of all for."""
    return Pool(ev for text in texts[:POOL_TEXTS] if (ev := read(text.text)) is not None)


def _share(anchor: Anchor) -> float:
    """How many of such anchors are kept."""
    if len(anchor.candidates) > MOST_CANDIDATES:
        return 0.0
    fits = anchor.kind != DIRECTION_ONLY and any(c.outcome in FITTING for c in anchor.candidates)
    return 1.0 if fits else KEPT[anchor.kind]
