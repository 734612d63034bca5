"""The procedure: from texts and labelled passages to the models of all kinds, with what they find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from de06_extract.claims.prose.learning.candidates import KINDS, CandidateSet, gather
from de06_extract.claims.prose.learning.features import matrix
from de06_extract.claims.prose.learning.texts import Text
from de06_extract.pipeline.evidence import read_evidence
from training.calibration import Points, Reading, calibrate, expected_error
from training.contexts import in_other_contexts
from training.evaluate import Assessment, accusations, assess
from training.fit import Fit, Observations, fit, prepare
from training.folds import FOLDS, fold
from training.labelled import PassageSet
from training.marks import MarkedSet, gather_marked

Say = Callable[[str], None]


@dataclass(frozen=True)
class Learned:
    """One kind: the fit on all passages, and what fits on other passages find in those left out."""

    kind: str
    fit: Fit
    calibration: Points
    features: int
    text_anchors: int
    labelled_anchors: int
    validated: Assessment
    scored: Assessment
    accusations: dict[float, float]
    error: float  # of posteriors, expected
    calibrated_error: float  # the same once calibrated on the other folds


def learn(texts: Sequence[Text], groups: Sequence[PassageSet], scored: Sequence[PassageSet], say: Say) -> list[Learned]:
    """Learns every kind; of the sets that are only scored nothing is learned."""
    say(f"reading {len(texts)} texts")
    of_texts = gather(texts, read_evidence)
    say(f"reading {sum(len(group.passages) for group in groups)} labelled passages")
    of_labels, of_scored = gather_marked([*groups, *in_other_contexts(groups)]), gather_marked(scored)
    return [_learn(of_texts[kind], of_labels[kind], of_scored[kind], say) for kind in KINDS]


def _learn(texts: CandidateSet, marked: MarkedSet, scored: MarkedSet, say: Say) -> Learned:
    given = prepare(texts, marked)
    labelled = sum(1 for passage in marked.passages for hits in passage.meant if hits)
    say(f"{given.kind}: {texts.anchors} anchors in texts, {labelled} labelled, {len(given.names)} features")
    fitted = fit(given)
    validated = _validate(given)
    columns = {name: at for at, name in enumerate(given.names)}
    of_scored = assess(scored, matrix(scored.candidates, columns), scored.passages, fitted)
    readings = validated.readings
    return Learned(
        given.kind,
        fitted,
        calibrate(readings),
        len(given.names),
        texts.anchors,
        labelled,
        validated,
        of_scored,
        accusations(texts, given.text_rows, fitted),
        expected_error(readings),
        expected_error(_calibrated(fitted, readings)),
    )


def _validate(given: Observations) -> Assessment:
    """What is found in each fold's passages by a fit on the others."""
    validated = Assessment()
    for left_out in range(FOLDS):
        passages = [passage for passage in given.marked.passages if fold(passage.passage.name) == left_out]
        if passages:
            fitted = fit(given, left_out=(left_out,))
            validated.add(assess(given.marked, given.marked_rows, passages, fitted))
    return validated


def _calibrated(fitted: Fit, readings: Sequence[Reading]) -> list[Reading]:
    """Each reading with the posterior that a calibration on the other folds makes of its own."""
    found: list[Reading] = []
    model = fitted.model
    for left_out in range(FOLDS):
        calibrated = replace(model, calibration=calibrate(r for r in readings if r.fold != left_out))
        own = (r for r in readings if r.fold == left_out)
        found += (Reading(calibrated.calibrated(r.posterior), r.is_right, left_out) for r in own)
    return found
