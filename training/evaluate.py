"""What a fit finds in labelled passages, what it says wrongly of them, and which planted errors it would notice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from de06_extract.claims.prose.learning.arithmetic import log_ratios
from de06_extract.claims.prose.learning.candidates import CandidateSet, Floats
from de06_extract.claims.prose.learning.features import Matrix
from de06_extract.claims.prose.learning.objective import shares
from de06_extract.claims.prose.links.outcomes import HOLDS, OPEN, SLIP, WRONG, Outcome
from training.calibration import Reading
from training.fit import Fit
from training.folds import fold, original
from training.labels import Label, Values, agree
from training.marks import Marked, MarkedSet

THRESHOLDS = (0.5, 0.8, 0.9)
BELIEVED = 0.5  # posterior from which a reading counts as found
_FAINT = 1e-4  # posteriors below are left out of the sums

_WRONG = np.zeros(len(Outcome), bool)
_WRONG[sorted(WRONG)] = True


@dataclass
class Score:
    """Counts of one set; `by` holds those at each threshold of failing mass."""

    labelled: int = 0  # relations that can be checked
    found: int = 0
    stated: int = 0  # readings that are believed
    stated_right: int = 0
    errors: int = 0  # labelled relations that do not hold
    planted: int = 0  # relations that hold, were each given a slip
    accused: Counter[float] = field(default_factory=Counter)  # readings said to fail that labels do not have so
    errors_found: Counter[float] = field(default_factory=Counter)
    planted_found: Counter[float] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Count what another counted."""
        for name in ("labelled", "found", "stated", "stated_right", "errors", "planted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.accused += other.accused
        self.errors_found += other.errors_found
        self.planted_found += other.planted_found


@dataclass(frozen=True, slots=True)
class Best:
    """The best reading of an anchor: `values` with their posterior, the mass of readings that fail, the outcome."""

    anchor: int
    anchor_kind: str
    values: Values
    posterior: float
    wrong: float
    outcome: int
    failing: Values | None


@dataclass
class Assessment:
    """Scores by set, and readings to calibrate with."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    readings: list[Reading] = field(default_factory=list)

    def add(self, other: Assessment) -> None:
        """Count what another assessed."""
        for group, score in other.scores.items():
            self.scores[group].add(score)
        self.readings.extend(other.readings)


def assess(found: MarkedSet, rows: Matrix, passages: Iterable[Marked], fitted: Fit) -> Assessment:
    """What a fit makes of labelled passages that it has not learned from."""
    candidates = found.candidates
    scores, told = rows @ fitted.weights, log_ratios(fitted.model, candidates)
    posteriors = shares(scores + told, candidates.starts)[1]
    slipped = log_ratios(fitted.model, candidates, np.full_like(candidates.outcome, SLIP))
    assessment = Assessment()
    for passage in passages:
        best = [one for at in passage.anchors if (one := _best(candidates, passage, at, posteriors)) is not None]
        score = _score(passage, best)
        for at, hits in zip(passage.anchors, passage.meant, strict=True):
            held = [r for r in sorted(hits or ()) if candidates.outcome[candidates.starts[at] + 1 + r] == HOLDS]
            if held:
                score.planted += 1
                score.planted_found += _over(_planted(candidates, at, held, scores, told, slipped))
        assessment.scores[passage.group].add(score)
        if passage.group == original(passage.group):
            assessment.readings.extend(_readings(passage, best))
    return assessment


def _best(found: CandidateSet, passage: Marked, anchor: int, posteriors: Floats) -> Best | None:
    first, last = int(found.starts[anchor]) + 1, int(found.starts[anchor + 1])
    stated, outcomes = passage.values[anchor - passage.first], found.outcome[first:last]
    mass: dict[Values, float] = defaultdict(float)
    strongest: dict[Values, int] = {}
    for at, (values, posterior) in enumerate(zip(stated, posteriors[first:last], strict=True)):
        if posterior >= _FAINT:
            mass[values] += float(posterior)
            if values not in strongest or posterior > posteriors[first + strongest[values]]:
                strongest[values] = at
    if not mass:
        return None
    values = max(mass, key=lambda values: mass[values])
    fails = _WRONG[outcomes]
    wrong = float(posteriors[first:last][fails].sum())
    failing = stated[int(np.argmax(np.where(fails, posteriors[first:last], -1.0)))] if fails.any() else None
    kind = passage.anchor_kinds[anchor - passage.first]
    return Best(anchor, kind, values, mass[values], wrong, int(outcomes[strongest[values]]), failing)


def _over(mass: float) -> Counter[float]:
    return Counter({threshold: 1 for threshold in THRESHOLDS if mass > threshold})


def _score(passage: Marked, best: Sequence[Best]) -> Score:
    score, used = Score(), set[int]()
    for label in passage.labels:
        if label.is_checkable:
            score.labelled += 1
            score.errors += label.is_error
            hit = next((b for b in best if b.anchor not in used and _finds(b, label)), None)
            if hit is not None:
                used.add(hit.anchor)
                score.found += 1
                if label.is_error:
                    score.errors_found += _over(hit.wrong)
    for b in best:
        tolerated = _is_tolerated(passage, b.values)
        if b.posterior >= BELIEVED and b.outcome != OPEN:
            score.stated += 1
            score.stated_right += tolerated or any(label.is_partly_stated_by(b.values) for label in passage.labels)
        known = any((x.is_error or x.debatable) and x.is_partly_stated_by(b.values) for x in passage.labels)
        if not tolerated and not known:
            score.accused += _over(b.wrong)
    return score


def _finds(best: Best, label: Label) -> bool:
    return best.posterior >= BELIEVED and label.is_stated_by(best.values)


def _is_tolerated(passage: Marked, values: Values) -> bool:
    return any(agree(one, values) for one in passage.tolerated)


def _readings(passage: Marked, best: Sequence[Best]) -> Iterable[Reading]:
    """The readings as the linker states them: a failing one where such have the most mass, otherwise the best."""
    for b in best:
        fails = b.wrong > BELIEVED and b.failing is not None
        values = b.failing if fails and b.failing is not None else b.values
        if passage.meant[b.anchor - passage.first] is None or (b.outcome == OPEN and not fails):
            continue
        labels = [label for label in passage.labels if label.is_partly_stated_by(values)]
        if _is_tolerated(passage, values) or any(label.debatable for label in labels):
            continue
        right = any(label.is_error for label in labels) if fails else bool(labels)
        yield Reading(min(1.0, b.wrong if fails else b.posterior), right, fold(passage.passage.name))


def _planted(
    found: CandidateSet, anchor: int, held: Sequence[int], scores: Floats, told: Floats, slipped: Floats
) -> float:
    """The mass of failing readings, were the anchor one slip away from what its relation gives."""
    first, last = int(found.starts[anchor]), int(found.starts[anchor + 1])
    own, outcomes = told[first:last].copy(), found.outcome[first:last].copy()
    for at in held:
        own[at + 1], outcomes[at + 1] = slipped[first + at + 1], SLIP
    posteriors = shares(scores[first:last] + own, np.array([0, last - first]))[1]
    return float(posteriors[1:][_WRONG[outcomes[1:]]].sum())


def accusations(found: CandidateSet, rows: Matrix, fitted: Fit) -> dict[float, float]:
    """Anchors in 100 unlabelled documents whose failing readings have more mass than each threshold."""
    scores = rows @ fitted.weights + log_ratios(fitted.model, found)
    posteriors = shares(scores, found.starts)[1]
    posteriors[found.starts[:-1]] = 0.0
    failing = np.add.reduceat(np.where(_WRONG[found.outcome], posteriors, 0.0), found.starts[:-1])
    documents = max(1, found.documents)
    return {t: 100 * float(found.weight[failing > t].sum()) / documents for t in THRESHOLDS}
