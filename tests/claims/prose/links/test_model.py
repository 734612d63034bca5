"""The model: weights by the names of features, and what arithmetic may say."""

from __future__ import annotations

import math

import pytest

from de06_extract.claims.prose.links.candidate import Anchor, Candidate
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.model import Scores, read_model, shipped_model
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.piece import Piece
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

PARSED = {
    "version": 1,
    "kinds": {
        "sum": {
            "weights": {"none": 2.0, "total: cue before total": 0.5, "parts: behind, and: so": 1.25},
            "truth": [0.9, 0, 0, 0, 0, 0.1, 0, 0, 0, 1, 0],
            "chance": {
                "sum 2 behind": [[0.1, 1, 1, 1, 1, 0.9, 1, 1, 1, 1, 1]] * 9 + [[1e-9, 1, 1, 1, 1, 0.9, 1, 1, 1, 1, 1]],
                "other": [[0.5] * 11] * 10,
            },
        }
    },
}


def candidate(outcome: Outcome, resolution: int, shape: str = "2 behind") -> tuple[Anchor, Candidate]:
    ev = Evidence(read_mentions(read_document("Tổng số 845 hồ sơ.".encode(), "made-up.txt")))
    reading = Candidate((), outcome, resolution, shape, [], lambda value: outcome)
    return Anchor("sum", ev.mentions[0], [], [reading]), reading


def test_weights_are_found_by_the_full_names_of_features() -> None:
    model = read_model(PARSED)["sum"]
    scores = Scores(model)
    assert scores.of([Piece("", ("none",))]) == 2.0
    assert scores.of([Piece("total", ("cue before total", "depth 0"))]) == 0.5
    assert scores.of([Piece("parts", ("behind, and: so",))]) == 1.25  # only the first mark ends the role
    assert scores.of([Piece("base", ("cue before total",)), Piece("", ("cue before total",))]) == 0.0


def test_a_piece_gives_the_full_names_of_its_features() -> None:
    assert list(Piece("base", ("depth 0", "slash none"))) == ["base: depth 0", "base: slash none"]
    assert list(Piece("", ("order npb",))) == ["order npb"]


def test_arithmetic_says_how_much_more_often_what_is_meant_comes_out_so() -> None:
    model = read_model(PARSED)["sum"]
    assert model.ratio(*candidate(Outcome.FAILS, 8)) == pytest.approx(math.log(0.1 / 0.9))
    assert model.ratio(*candidate(Outcome.HOLDS, 8)) == pytest.approx(math.log(0.9 / 0.1))
    assert model.ratio(*candidate(Outcome.HOLDS, 8, "3 before")) == pytest.approx(math.log(0.9 / 0.5))
    assert model.ratio(*candidate(Outcome.OPEN, 8)) == 0.0


def test_arithmetic_says_only_so_much_and_of_coarse_sums_less() -> None:
    model = read_model(PARSED)["sum"]
    assert model.ratio(*candidate(Outcome.HOLDS, 9)) == 8.0
    assert model.ratio(*candidate(Outcome.HOLDS, 2)) == pytest.approx(1.2)
    assert model.ratio(*candidate(Outcome.HOLDS, 1)) == 0.0


def test_the_shipped_model_knows_every_kind_and_names_features_that_are_said() -> None:
    models = shipped_model()
    assert set(models) == {generator.kind for generator in generators()}
    for model in models.values():
        assert "none" in model.weights[""]
        assert len(model.truth) == len(Outcome)
        assert all(
            len(table) == 10 and {len(row) for row in table} == {len(Outcome)} for table in model.chance.values()
        )
