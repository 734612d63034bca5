"""The fit: what always goes with the right reading counts for it, with labels and without."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from de06_extract.claims.prose.learning.candidates import Candidates
from de06_extract.claims.prose.learning.features import CUE_DOCUMENTS, WORD_DOCUMENTS, select
from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.outcomes import FAILS, HOLDS, Outcome
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.links.values import Value
from de06_extract.claims.prose.mentions import Mention
from training.fit import Fit, fit, prepare
from training.folds import FOLDS, fold
from training.labelled import Passage
from training.labels import Label
from training.marks import Marked, MarkedSet

VALUE = Value(70.0, 0.5, 1.0, False)
NOWHERE = cast(Mention, None)


def anchor(names: tuple[tuple[str, Outcome], ...]) -> Anchor:
    """A percentage with a candidate of each feature and outcome."""
    candidates = [
        Candidate((NOWHERE, NOWHERE), outcome, 6, "pair", [Piece("", (name,)), Piece("", ("pair",))], lambda _: FAILS)
        for name, outcome in names
    ]
    return Anchor("ratio", NOWHERE, [Piece("", ("none",))], candidates)


def learned(told: bool) -> Fit:
    """From passages or texts in which «base: near» goes with the right reading and «base: far» does not."""
    texts, labelled, passages = Candidates("ratio"), Candidates("ratio"), []
    for number in range(3 * CUE_DOCUMENTS):
        one = anchor((("base: near", HOLDS), ("base: far", FAILS)))
        texts.add(anchor((("base: near", FAILS if told else HOLDS), ("base: far", FAILS))), number, 1.0, VALUE)
        if told:
            labelled.add(one, number)
            passage = Passage(f"made/{number}", "", (label := Label("ratio", (7.0, 10.0, 70.0)),))
            values = (((7.0, 10.0, 70.0), (7.0, 90.0, 70.0)),)
            passages.append(Marked(passage, "made", False, number, ("ratio",), values, (frozenset({0}),), (label,), ()))
    return fit(prepare(texts.set(), MarkedSet(labelled.set(), tuple(passages))))


@pytest.mark.parametrize("told", [True, False], ids=["labels", "arithmetic"])
def test_what_goes_with_the_right_reading_counts_for_it(told: bool) -> None:
    weights = learned(told).named
    assert weights["base: near"] > 0.05
    assert weights["base: far"] < 0


def test_a_fit_comes_out_the_same_twice() -> None:
    assert np.array_equal(learned(told=True).weights, learned(told=True).weights)


def test_features_stand_in_enough_documents() -> None:
    found = Candidates("ratio")
    for number in range(WORD_DOCUMENTS):
        names = ["base: word behind xã", "base: cue before total"]
        if number < WORD_DOCUMENTS - 1:
            names.append("base: before, words hồ sơ")
        if number < CUE_DOCUMENTS - 1:
            names.append("base: range")
        found.add(Anchor("ratio", NOWHERE, [Piece("", ("none", *names))], []), number)
    assert select([found.set()]) == ["base: cue before total", "base: word behind xã", "none"]


def test_folds_go_by_the_name_of_a_document() -> None:
    assert fold("corpus/001") == fold("corpus/001")
    assert {fold(f"made/{number}") for number in range(100)} == set(range(FOLDS))
