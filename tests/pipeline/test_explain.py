"""Explanations: the very probabilities of the linker, what speaks for and against each reading, what became of it."""

from __future__ import annotations

import json
import math

import pytest
from jsonschema import Draft202012Validator

from de06_extract import check_text, extract
from de06_extract.claims.prose.links.linker import links
from de06_extract.claims.prose.links.model import shipped_model
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.pipeline.explain import explain
from de06_extract.readers import read_document
from de06_extract.schema.explanation import ExplainedAnchor, ExplainedReading, Explanation, explanation_schema
from de06_extract.schema.report import Quantity
from tests.conftest import ROOT, corpus

RATIO = "Tiếp nhận 3.265 hồ sơ, đã giải quyết 3.225 hồ sơ (đạt 98,57%)."
CHANGE = "Toàn tỉnh xảy ra 1.379 vụ, giảm 1.351 vụ (giảm 49,49%) so với cùng kỳ năm trước (2.730 vụ)."
SUM = "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến; 333 hồ sơ trực tiếp."
REST = "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 333 hồ sơ."
SHARES = "Trong đó: loại tốt 46,18%; loại khá 38,95%; loại trung bình 14,87%."
UNSURE = "Số giao dịch trực tuyến là 4.731 và số giao dịch nộp phí là 5.208, đạt tỷ lệ 93,84%."


def explained(text: str, asked: str) -> Explanation:
    return explain(text.encode(), asked, name="made-up.txt")


def anchor(explanation: Explanation, kind: str) -> ExplainedAnchor:
    return next(anchor for anchor in explanation.anchors if anchor.kind == kind)


def texts(reading: ExplainedReading) -> dict[str, object]:
    assert reading.quantities is not None
    return {
        role: held.text if isinstance(held, Quantity) else held and [quantity.text for quantity in held]
        for role, held in reading.quantities.items()
    }


@pytest.mark.parametrize(
    ("text", "asked", "kind", "roles"),
    [
        (RATIO, "98,57%", "ratio", {"numerator": "3.225", "denominator": "3.265", "percent": "98,57%"}),
        (CHANGE, "49,49%", "change", {"old": "2.730", "new": "1.379", "delta": "1.351", "percent": "49,49%"}),
        (SUM, "845", "sum", {"total": "845", "parts": ["512", "333"]}),
        (REST, "333", "remainder", {"total": "845", "done": "512", "left": "333"}),
        (SHARES, "46,18%", "distribution", {"base": None, "percents": ["46,18%", "38,95%", "14,87%"]}),
    ],
)
def test_the_likeliest_reading_of_each_kind(text: str, asked: str, kind: str, roles: dict[str, object]) -> None:
    explanation = explained(text, asked)
    told = anchor(explanation, kind)
    assert texts(told.readings[0]) == roles
    assert told.status == "stated"
    assert told.lacks == ()
    (claim,) = [claim for claim in explanation.claims if claim.id == told.readings[0].claim]
    assert claim in check_text(text).claims


@pytest.mark.parametrize(("text", "asked"), [(RATIO, "98,57%"), (CHANGE, "49,49%"), (SUM, "845"), (REST, "333")])
def test_the_probabilities_are_those_of_the_linker(text: str, asked: str) -> None:
    found = links(read_mentions(read_document(text.encode(), "a.txt")), shipped_model())
    for told in explained(text, asked).anchors:
        (link,) = [
            link
            for link in found[told.kind]
            if link.anchor.mention.start == text.index(asked) and len(link.anchor.candidates) == told.candidates
        ]
        posteriors = [reading.posterior for reading in told.readings]
        assert posteriors == sorted(posteriors, reverse=True)
        best = next(reading for reading in told.readings if reading.quantities is not None)
        assert best.posterior == pytest.approx(link.posterior, abs=2e-4)
        none = next(reading for reading in told.readings if reading.quantities is None)
        assert none.posterior == pytest.approx(link.none, abs=2e-4)


def test_the_weights_make_the_odds_of_words_alone() -> None:
    told = anchor(explained(UNSURE, "93,84%"), "ratio")
    none = next(reading for reading in told.readings if reading.quantities is None)
    for reading in told.readings[:2]:
        sums = [sum(feature.weight for feature in one.evidence) for one in (reading, none)]
        assert math.log(reading.prior / none.prior) == pytest.approx(sums[0] - sums[1], abs=0.01)
        odds = math.log(reading.posterior / none.posterior) - math.log(reading.prior / none.prior)
        assert odds == pytest.approx(reading.arithmetic, abs=0.01)


def test_evidence_is_the_strongest_first_and_names_the_figure_it_speaks_of() -> None:
    reading = anchor(explained(RATIO, "98,57%"), "ratio").readings[0]
    sizes = [abs(feature.weight) for feature in reading.evidence]
    assert sizes == sorted(sizes, reverse=True)
    spoken = {feature.feature.partition(": ")[0]: feature.span and feature.span.text for feature in reading.evidence}
    assert (spoken["base"], spoken["part"], spoken["rate-base"]) == ("3.265", "3.225", "3.265")


def test_a_doubt_is_explained_as_one() -> None:
    explanation = explained(UNSURE, "unsure")
    assert explanation.figure.text == "93,84%"
    assert [finding.rule for finding in explanation.findings] == ["unsure"]
    told = anchor(explanation, "ratio")
    assert told.status == "unsure"
    assert [lack.reason for lack in told.lacks] == ["wrong"]
    for lack in told.lacks:
        assert lack.has is not None
        assert lack.needs is not None
        assert lack.has < lack.needs


def test_why_nothing_is_stated_of_a_figure() -> None:
    text = "Xã có 312 hộ. Doanh thu chợ đạt 45 triệu đồng. Lãi suất ngân hàng trong tháng là 6,7%."
    explanation = explained(text, "6,7%")
    assert [claim.verdict for claim in explanation.claims] in ([], ["unverifiable"])
    assert {told.status for told in explanation.anchors} == {"none"}
    assert all(told.lacks for told in explanation.anchors)


def test_a_figure_that_begins_nothing_says_where_it_stands() -> None:
    explanation = explained(RATIO, "3.265")
    (part,) = [part for part in explanation.part_of if part.kind == "ratio"]
    assert (part.figure.text, part.role) == ("98,57%", "denominator")
    assert part.posterior > 0.5
    assert [claim.kind for claim in explanation.claims] == ["ratio"]


def test_two_kinds_that_want_one_percentage_leave_something_to_each_other() -> None:
    left = [told.left for told in explained(CHANGE, "49,49%").anchors if told.kind in ("ratio", "change")]
    assert left[0] < 1 or left[-1] < 1
    assert all(0 <= share <= 1 for share in left)


@pytest.mark.parametrize("name", ["002", "004"])
def test_every_claim_and_finding_of_a_report_can_be_asked_for(name: str) -> None:
    report = extract(corpus(name))
    claims = [claim.id for claim in report.claims if claim.table is None and claim.verdict == "inconsistent"]
    for asked in claims[:2]:
        explanation = explain(corpus(name), asked)
        assert asked in [claim.id for claim in explanation.claims]
        assert any(asked in finding.claims for finding in explanation.findings)


def test_the_json_is_what_its_schema_says() -> None:
    stated = json.loads((ROOT / "schemas" / "explanation.schema.json").read_text("utf-8"))
    assert stated == explanation_schema(), "regenerate it: make schema"
    parsed = json.loads(explained(RATIO, "98,57%").model_dump_json())
    assert list(Draft202012Validator(stated).iter_errors(parsed)) == []


if __name__ == "__main__":
    print(json.dumps(explanation_schema(), ensure_ascii=False, indent=2))
