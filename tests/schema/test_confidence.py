"""Findings below a confidence: left out of a report and of its JSON alike, and counted."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from de06_extract import Report, check_text
from de06_extract.schema.confidence import only_from

TEXT = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%. Có 10/12 xã (đạt 83,4%). Ngày 31/02/2024 có báo cáo.\n"


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with a sure finding, a less sure one, and one of a date, which has no confidence."""
    made = check_text(TEXT)
    sure = {"ratio-mismatch": iter((0.95, 0.9))}
    findings = tuple(
        finding.model_copy(update={"confidence": next(sure[finding.rule]) if finding.rule in sure else None})
        for finding in made.findings
    )
    assert [finding.confidence for finding in findings] == [0.95, 0.9, None]
    return made.model_copy(update={"findings": findings})


@pytest.mark.parametrize(("least", "left"), [(0, 0), (0.9, 0), (0.91, 1), (0.95, 1), (1, 2)])
def test_what_is_less_sure_is_left_out_and_counted(report: Report, least: float, left: int) -> None:
    kept = report.only_from(least)
    assert len(kept.findings) == 3 - left
    assert kept.findings[-1].confidence is None
    assert kept.summary.left_out == left
    assert sum(kept.summary.findings.values()) == len(kept.findings)
    assert kept.claims == report.claims
    if left < 2:
        assert kept.summary.findings["warning"] == report.summary.findings["warning"] - left


@pytest.mark.parametrize("least", [0, 0.9, 0.91, 1])
def test_the_json_says_the_same(report: Report, least: float) -> None:
    parsed = json.loads(report.model_dump_json(), parse_float=Decimal)
    assert only_from(parsed, least) == json.loads(report.only_from(least).model_dump_json(), parse_float=Decimal)


def test_leaving_out_more_goes_on_counting(report: Report) -> None:
    assert report.only_from(0.91).only_from(1).summary.left_out == 2


def test_the_json_of_an_older_version_has_no_such_fields(report: Report) -> None:
    parsed = json.loads(report.model_dump_json())
    del parsed["summary"]["left_out"], parsed["findings"][0]["confidence"]
    assert only_from(parsed, 1)["summary"]["left_out"] == 1
