"""Doubts: what fails and is likely without being sure, told once, and never beside a claim that explains the figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from de06_extract import check_text
from de06_extract.claims.prose.doubts import LIKELY, SAID, doubts
from de06_extract.claims.prose.links.linker import Link, links
from de06_extract.claims.prose.links.outcomes import Outcome
from de06_extract.claims.prose.links.relations import relation_of
from de06_extract.claims.prose.model_file import models_of
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.readers import read_document
from de06_extract.schema.report import Finding

RATIO = "Đã giải quyết 3.225 hồ sơ trong 3.265 hồ sơ tiếp nhận, đạt tỷ lệ 98,57%."
CHANGE = "Số khách năm 2022 là 12.480 lượt, năm 2023 là 13.915 lượt, tăng 11,05%."
SUM = "Tổng số 845 hồ sơ, gồm: 512 hồ sơ trực tuyến; 343 hồ sơ trực tiếp."


def found(text: str) -> dict[str, list[Link]]:
    return links(read_mentions(read_document(text.encode(), "made-up.txt")), models_of(None))


def link(text: str, kind: str, *, wrong: float, prior: float) -> dict[str, list[Link]]:
    """The reading of the one anchor that fails, as if it were that likely; nothing else."""
    (held,) = [link for link in found(text)[kind] if link.wrong > 0.5]
    held.wrong, held.prior = wrong, prior
    held.model = replace(held.model, calibration=())  # what is said is what is right
    return {kind: [held]}


def kinds(readings: dict[str, list[Link]]) -> list[str]:
    return [relation.kind for relation in doubts(readings, [])]


@pytest.mark.parametrize(("text", "kind"), [(RATIO, "ratio"), (SUM, "sum")])
def test_a_reading_is_told_from_two_thresholds_on(text: str, kind: str) -> None:
    assert kinds(link(text, kind, wrong=LIKELY, prior=SAID)) == [kind]
    assert kinds(link(text, kind, wrong=LIKELY - 0.01, prior=SAID)) == []
    assert kinds(link(text, kind, wrong=LIKELY, prior=SAID - 0.01)) == []


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "told"),
    [
        (SUM, "sum", Outcome.SLIP, True),
        (SUM, "sum", Outcome.FAILS, False),  # its parts may be others
        (SUM, "sum", Outcome.SHORT_SLIP, False),
        (RATIO, "ratio", Outcome.FAILS, True),
        (CHANGE, "change", Outcome.SLIP, True),
        (CHANGE, "change", Outcome.WRONG_WAY, True),
        (CHANGE, "change", Outcome.FAILS, False),  # its size may be an old value
    ],
)
def test_of_what_misses_by_far_only_a_ratio_is_told(text: str, kind: str, outcome: Outcome, told: bool) -> None:
    readings = link(text, kind, wrong=0.9, prior=0.6)
    readings[kind][0].candidate.outcome = outcome
    assert bool(kinds(readings)) is told


def test_a_figure_that_a_claim_explains_is_not_in_doubt_as_well() -> None:
    readings = link(RATIO, "ratio", wrong=0.9, prior=0.6)
    (stated,) = [relation_of(held) for held in readings["ratio"]]
    assert len(doubts(readings, [])) == 1
    assert doubts(readings, [stated]) == []


def test_the_same_figures_are_told_once() -> None:
    text = "Tiếp nhận 845 hồ sơ, đã giải quyết 512 hồ sơ, còn lại 343 hồ sơ."
    both = {kind: [held for held in of_kind if held.wrong > 0] for kind, of_kind in found(text).items()}
    for held in (held for of_kind in both.values() for held in of_kind):
        held.wrong, held.prior = 0.9, 0.6
    told = doubts(both, [])
    assert len({frozenset(relation.mentions()) for relation in told}) == len(told) == 1


# ---------------------------------------------------------------- as findings

DOUBTFUL = "Số giao dịch trực tuyến là 4.731 và số giao dịch nộp phí là 5.208, đạt tỷ lệ 93,84%."


def unsure(text: str) -> Finding:
    (finding,) = [finding for finding in check_text(text).findings if finding.rule == "unsure"]
    return finding


def test_a_doubt_is_a_note_with_the_reading_that_it_rests_on() -> None:
    finding = unsure(DOUBTFUL)
    assert finding.severity == "info"
    assert finding.message.startswith("Nếu “5.208” là mẫu số của “4.731” (tỷ lệ “93,84%”) thì phải là 90,84%, ")
    assert (finding.reported, finding.expected, finding.suggestions) == ("93,84%", "90,84%", ())
    assert [DOUBTFUL[related.span.start : related.span.end] for related in finding.related] == ["4.731", "5.208"]
    assert finding.confidence is not None
    assert 0 < finding.confidence < 1


def test_a_doubt_is_no_claim() -> None:
    report = check_text(DOUBTFUL)
    assert unsure(DOUBTFUL).claims == ()
    assert not [claim for claim in report.claims if claim.verdict == "inconsistent"]
    assert report.summary.findings["error"] == report.summary.findings["warning"] == 0


def test_the_message_is_in_english_too() -> None:
    (finding,) = check_text(DOUBTFUL, lang="en").findings
    assert finding.message.startswith("If “5.208” is meant as the base of “4.731” (the share “93,84%”), it should be")


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hộ nghèo giảm từ 12,5% xuống 15,2%.",
        "Số vụ cháy tăng từ 148 lên 96 vụ.",
    ],
)
def test_what_is_held_against_the_report_is_not_doubted_too(text: str) -> None:
    assert [finding.rule for finding in check_text(text).findings] == ["change-mismatch"]
