"""Every rule finds something in its wrong sentences, nothing in its right ones, and its proposals cure."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import check_text
from de06_extract.document.document import Block, Document, Place
from de06_extract.pipeline.extract import check
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule
from de06_extract.schema.report import Finding, Location, OcrPage, Suggestion
from tests.conftest import REPORTS, corpus

WRONG = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in rules() for text in rule.wrong]
RIGHT = [pytest.param(rule, text, id=f"{rule.id}: {text}") for rule in rules() for text in rule.right]
TEXTS = [pytest.param(text, id=text) for rule in rules() for text in rule.wrong] + [
    pytest.param(corpus(name).read_text("utf-8"), id=f"corpus/{name}.txt") for name in REPORTS
]


OF_SCANS = "ocr-doubt"  # what this rule finds stands on a page that was read from its image


def scanned(text: str, confidence: int = 96) -> Document:
    """The text as one line of a scanned page, every character read with this confidence."""
    place = Place(0, len(text), Location(page=1, bbox=(80, 90, 520, 104)), confidences=bytes([confidence]) * len(text))
    page = OcrPage(page=1, width=595, height=842, confidence=confidence)
    blocks = (Block("paragraph", ((0, len(text)),)),)
    return Document("scan.pdf", text, text_from="ocr", pages=1, ocr_pages=(page,), blocks=blocks, places=(place,))


@pytest.mark.parametrize(("rule", "text"), WRONG)
def test_a_wrong_sentence_is_found(rule: Rule[Any], text: str) -> None:
    report = check(scanned(text)) if rule.id == OF_SCANS else check_text(text)
    findings = [finding for finding in report.findings if finding.rule == rule.id]
    assert findings
    for finding in findings:
        assert text[finding.span.start : finding.span.end] == finding.span.text


@pytest.mark.parametrize(("rule", "text"), RIGHT)
def test_a_right_sentence_is_left_alone(rule: Rule[Any], text: str) -> None:
    findings = check_text(text).findings
    assert [finding.message for finding in findings if finding.rule == rule.id or finding.severity == "error"] == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_proposal_makes_its_finding_vanish(text: str) -> None:
    for finding in check_text(text).findings:
        for suggestion in finding.suggestions:
            assert not _still_found(finding, check_text(_edited(text, suggestion)).findings), finding.message


def _edited(text: str, suggestion: Suggestion) -> str:
    assert text[suggestion.span.start : suggestion.span.end] == suggestion.text
    return text[: suggestion.span.start] + suggestion.replacement + text[suggestion.span.end :]


def _still_found(finding: Finding, findings: tuple[Finding, ...]) -> list[Finding]:
    """What the same rule, or a rule of its family, still holds against the figure at that place."""
    family = finding.rule.split("-")[0]
    return [f for f in findings if f.span.start == finding.span.start and f.rule.split("-")[0] == family]


@pytest.mark.parametrize("name", REPORTS)
def test_a_finding_says_what_is_written_and_where(name: str) -> None:
    text = corpus(name).read_text("utf-8")
    report = check_text(text)
    claims = {claim.id for claim in report.claims}
    for finding in report.findings:
        assert text[finding.span.start : finding.span.end] == finding.span.text
        assert set(finding.claims) <= claims
        assert finding.locations
        assert len({f.id for f in report.findings}) == len(report.findings)


@pytest.mark.parametrize("name", REPORTS)
def test_a_finding_keeps_its_id_when_it_moves(name: str) -> None:
    text = corpus(name).read_text("utf-8")
    before = {finding.id for finding in check_text(text).findings}
    assert {finding.id for finding in check_text(f"Kính gửi: Ủy ban nhân dân tỉnh.\n\n{text}").findings} == before
