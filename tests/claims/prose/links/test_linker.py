"""Posteriors: what is chosen, what speaks against it, and that a figure is explained once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from de06_extract.claims.prose.links.candidate import Anchor
from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.links.generators import generators
from de06_extract.claims.prose.links.linker import Link, links
from de06_extract.claims.prose.links.model import KindModel, shipped_model
from de06_extract.claims.prose.links.outcomes import WRONG, Outcome
from de06_extract.claims.prose.links.relations import believed
from de06_extract.claims.prose.mentions import Reading
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document

RATIO = "Tiếp nhận 3.265 hồ sơ, đã giải quyết 3.225 hồ sơ (đạt 98,77%)."
CHANGE = "Toàn tỉnh xảy ra 1.379 vụ, giảm 1.351 vụ (giảm 49,49%) so với cùng kỳ năm trước (2.730 vụ)."
TEXTS = (
    RATIO,
    CHANGE,
    "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến; 333 hồ sơ trực tiếp, trong đó 40 hồ sơ khẩn.",
    "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 333 hồ sơ.",
    "Trong đó: loại tốt 46,18%; loại khá 38,95%; loại trung bình 14,87%.",
)


def read(text: str) -> Reading:
    return read_mentions(read_document(text.encode(), "made-up.txt"))


def even_model() -> dict[str, KindModel]:
    """A model to which all words are the same, and all outcomes as likely by chance as where they are meant."""
    even = [1 / len(Outcome)] * len(Outcome)
    return {g.kind: KindModel(g.kind, {}, even, {"other": [even] * 10}) for g in generators()}


def link(found: dict[str, list[Link]], kind: str, value: str) -> Link:
    return next(x for x in found[kind] if str(x.anchor.mention.figure.value) == value)


@pytest.mark.parametrize("text", TEXTS)
def test_the_probabilities_of_an_anchor_sum_to_one(text: str) -> None:
    """A model that knows nothing gives each reading and «none» the same; readings with the same values are added."""
    for found in links(read(text), even_model()).values():
        for one in found:
            share = 1 / (1 + len(one.anchor.candidates))
            assert one.none == pytest.approx(share)
            assert all(prior == pytest.approx(share) for prior in one.priors.values())
            failing = sum(candidate.outcome in WRONG for candidate in one.anchor.candidates)
            if one.kind not in ("ratio", "change"):  # those are held against each other
                assert one.wrong == pytest.approx(failing * share)
                assert one.posterior / share == pytest.approx(round(one.posterior / share))


@pytest.mark.parametrize("text", TEXTS)
def test_with_the_shipped_model_no_probability_leaves_its_bounds(text: str) -> None:
    for found in links(read(text), shipped_model()).values():
        for one in found:
            assert 0 <= one.none <= 1
            assert 0 <= one.wrong <= 1 - one.none + 1e-9
            assert 0 <= one.posterior <= 1 - one.none + 1e-9
            assert sum(one.priors.values()) <= 1 + 1e-9


def test_what_fits_and_is_said_is_chosen() -> None:
    chosen = link(links(read(RATIO), shipped_model()), "ratio", "98.77")
    assert [str(m.figure.value) for m in chosen.candidate.roles if m is not None] == ["3225", "3265"]
    assert chosen.candidate.outcome == Outcome.HOLDS
    assert chosen.posterior > 0.9
    assert chosen.prior > 0.5


def test_the_reading_that_fails_is_spoken_of_where_most_of_the_mass_fails() -> None:
    """No other figure fits 98,57%, and a slip explains it."""
    chosen = link(links(read(RATIO.replace("98,77", "98,57")), shipped_model()), "ratio", "98.57")
    assert chosen.candidate.outcome == Outcome.SLIP
    assert chosen.wrong > 0.7
    relations = believed(links(read(RATIO.replace("98,77", "98,57")), shipped_model()))
    assert [(r.kind, r.judgement.verdict) for r in relations] == [("ratio", "inconsistent")]


def test_the_confidence_is_that_of_the_model_that_weighed_the_readings() -> None:
    models = {kind: replace(model, calibration=[(0.5, 0.25)]) for kind, model in shipped_model().items()}
    assert {relation.confidence for text in TEXTS for relation in believed(links(read(text), models))} == {0.25}


def test_a_percentage_is_explained_once() -> None:
    """49,49% is a change; 1.351 of 2.730 would be a share just as well."""
    found = links(read(CHANGE), shipped_model())
    share, change = link(found, "ratio", "49.49"), link(found, "change", "49.49")
    assert share.posterior + change.posterior <= 1 + 1e-9
    assert change.posterior > 0.5 > share.posterior
    kinds = [r.kind for r in believed(found) if (m := r.one("percent")) and str(m.figure.value) == "49.49"]
    assert kinds == ["change"]


def test_arbitration_shares_the_mass_by_the_odds_of_both_kinds() -> None:
    """With a model that knows nothing, n readings of one kind and m of the other have n + m of n + m + 1."""
    found = links(read(CHANGE), even_model())
    share, change = link(found, "ratio", "49.49"), link(found, "change", "49.49")
    n, m = len(share.anchor.candidates), len(change.anchor.candidates)
    for one, own in ((share, n), (change, m)):
        same = one.posterior * (1 + n + m)
        assert same == pytest.approx(round(same)), (own, one.kind)
    assert share.posterior + change.posterior < 1


def test_figures_of_other_texts_are_not_linked() -> None:
    ev = Evidence(read("Ngày 12/5/2024, Sở ban hành văn bản."))
    found: list[Anchor] = [anchor for generator in generators() for anchor in generator.find(ev)]
    assert found == []
