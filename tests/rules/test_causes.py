"""Findings that one repair settles have one cause; it names one right value for each figure."""

from __future__ import annotations

import random
from collections import Counter, defaultdict

import pytest

from de06_extract import Finding, Report, check_text
from de06_extract.claims.prose.model_file import models_of
from de06_extract.pipeline.stages import find_claims, judge, take_apart
from de06_extract.readers import read_document
from de06_extract.rules.causes import with_causes
from tests.conftest import CORPUS, REPORTS, report_on
from tests.rules.repairs.drafts import DRAFTS, SLIPS, Draft, noise, stale

FILES = tuple(f"{folder}{name}{end}" for folder, end in (("", ".txt"), ("pdf/", ".pdf")) for name in REPORTS)


def causes(report: Report) -> list[list[str]]:
    """The rules of the findings, cause by cause, in the order of the text."""
    held: dict[str | None, list[str]] = defaultdict(list)
    for finding in report.findings:
        held[finding.cause].append(finding.rule)
    return list(held.values())


def slipped(seed: int, each: int) -> list[str]:
    """Texts with one figure written wrong."""
    texts = []
    for make in DRAFTS:
        rng = random.Random(f"{seed} {make.__name__}")
        for _ in range(each):
            draft: Draft = make(rng)
            slot = rng.choice(sorted(draft.slots))
            changed = rng.choice((*SLIPS, noise, stale))(draft.slots[slot], rng)
            if changed is not None and changed != draft.slots[slot]:
                texts.append(draft.written(**{slot: changed}))
    return texts


@pytest.fixture(scope="module")
def planted() -> list[Report]:
    return [check_text(text) for text in slipped(21, 8)]


def test_a_single_slip_is_a_single_cause(planted: list[Report]) -> None:
    several = [report for report in planted if len(report.findings) > 1]
    apart = [report for report in several if report.summary.causes > 1]
    assert len(several) > 10
    assert len(apart) <= len(several) // 20, [[finding.message for finding in report.findings] for report in apart]


def test_slips_of_different_paragraphs_are_different_causes() -> None:
    texts = slipped(22, 8)
    rng = random.Random(23)
    together = apart = 0
    for first, second in zip(texts, rng.sample(texts, len(texts)), strict=True):
        if first == second:
            continue
        report = check_text(f"I. HỒ SƠ\n{first}\n\nII. ĐƠN VỊ KHÁC\n{second}")
        sides = defaultdict(set)
        for finding in report.findings:
            sides[finding.cause].add(finding.span.start > len(first) + len("I. HỒ SƠ\n"))
        together += sum(len(side) > 1 for side in sides.values())
        apart += len(sides)
    assert apart > 60
    assert together <= apart // 50


def right_values(findings: list[Finding]) -> dict[int, set[str]]:
    """For each figure what the findings say it should be."""
    values: dict[int, set[str]] = defaultdict(set)
    for finding in findings:
        changes = [change for suggestion in finding.suggestions for change in suggestion.changes]
        for change in changes:
            values[change.span.start].add(change.replacement.replace(".", ""))
        if finding.expected is not None and not changes:
            values[finding.span.start].add(finding.expected.replace(".", ""))
    return values


def assert_one_right_value(report: Report) -> None:
    held: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        assert finding.cause is not None
        held[finding.cause].append(finding)
        changes = [change for suggestion in finding.suggestions for change in suggestion.changes]
        if changes:
            assert finding.expected == "; ".join(change.replacement for change in changes)
            assert finding.reported == "; ".join(change.span.text for change in changes)
    for found in held.values():
        for start, values in right_values(found).items():
            assert len(values) == 1, (start, values, [finding.message for finding in found])


@pytest.mark.parametrize("file", FILES)
def test_no_two_right_values_in_the_corpus(file: str) -> None:
    report = report_on(CORPUS / file)
    assert_one_right_value(report)


def test_no_two_right_values_of_planted_errors(planted: list[Report]) -> None:
    assert sum(bool(report.findings) for report in planted) > 40
    for report in planted:
        assert_one_right_value(report)


def test_a_figure_of_which_two_different_values_were_computed_has_no_right_value() -> None:
    text = "Đã tiếp nhận 1.250 hồ sơ, giải quyết 1.100 hồ sơ, còn lại 140 hồ sơ."
    parts, figures = take_apart(read_document(text.encode(), "a.txt"))
    facts = find_claims(parts, figures, models_of(None))
    (one,) = judge(facts, "vi").findings
    other = one.model_copy(update={"id": "another", "expected": "160"})
    same = one.model_copy(update={"id": "the-same", "expected": " 150"})
    assert [finding.expected for finding in with_causes([one, same], facts, {})] == ["150", " 150"]
    assert [(found.expected, found.cause) for found in with_causes([one, other], facts, {})] == [(None, one.id)] * 2


def test_every_cause_is_named_after_its_gravest_finding() -> None:
    order = ["error", "warning", "info"]
    report = report_on(CORPUS / "002.txt")
    by_id = {finding.id: finding for finding in report.findings}
    for finding in report.findings:
        assert order.index(by_id[finding.cause or ""].severity) <= order.index(finding.severity)
    assert report.summary.causes == len({finding.cause for finding in report.findings})


def test_the_slip_of_004_is_one_place_to_look_at() -> None:
    found = [rules for rules in causes(report_on(CORPUS / "pdf" / "004.pdf")) if "sum-mismatch" in rules]
    assert found == [["sum-mismatch", "repeat-total", "repeat-total"]]


def test_what_002_says_more_than_once_is_one_cause() -> None:
    found = Counter(map(tuple, causes(report_on(CORPUS / "pdf" / "002.pdf"))))
    assert found[("known-document-date", "known-document-date")] == 1
    assert found[("remainder-mismatch", "remainder-mismatch")] == 1
    assert found[("remainder-mismatch", "remainder-mismatch", "repeat-mismatch")] == 1
    assert found[("ratio-undefined", "repeat-mismatch", "ratio-undefined")] == 1
    assert found[("repeat-mismatch", "ratio-truncated")] == 1


def test_small_figures_that_are_the_same_elsewhere_are_no_common_cause() -> None:
    text = "Xã A: cài đặt 20/27 máy, đạt 80%.\n\nXã B: cài đặt 20/27 máy, đạt 80%.\n"
    assert [len(rules) for rules in causes(check_text(text))] == [1, 1]


def test_the_same_statement_said_twice_is_one_cause() -> None:
    sentence = "Đã tiếp nhận 1.250 hồ sơ, giải quyết 1.100 hồ sơ, còn lại 140 hồ sơ."
    report = check_text(f"I. KẾT QUẢ\n{sentence}\n\nII. TỔNG HỢP\n{sentence}\n")
    assert [len(rules) for rules in causes(report)] == [2]


def test_percentages_rounded_wrong_of_one_base_are_different_causes() -> None:
    text = "Trong 3.235 hồ sơ: trực tuyến 1.226/3.235 hồ sơ, đạt 37,8%; trực tiếp 2.009/3.235 hồ sơ, đạt 62,2%."
    assert causes(check_text(text)) == [["ratio-truncated"], ["ratio-mismatch"]]
