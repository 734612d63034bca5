"""Findings that are wanted: the others are left out of a report and of its JSON alike."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from de06_extract import Report, Selection, check_text

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
    assert Selection(least=least).of_report(parsed) == json.loads(
        report.only_from(least).model_dump_json(), parse_float=Decimal
    )


def test_leaving_out_more_goes_on_counting(report: Report) -> None:
    assert report.only_from(0.91).only_from(1).summary.left_out == 2


def test_the_json_of_an_older_version_has_no_such_fields(report: Report) -> None:
    parsed = json.loads(report.model_dump_json())
    del parsed["summary"]["left_out"], parsed["findings"][0]["confidence"]
    assert Selection(least=1).of_report(parsed)["summary"]["left_out"] == 1


CHOICES = [
    Selection(),
    Selection(select=("ratio-mismatch",)),
    Selection(ignore=("ratio-*",)),
    Selection(select=("date-*", "ratio-*"), ignore=("date-impossible",)),
    Selection(severities={"ratio-*": "info", "date-impossible": "error"}, least=0.93),
    Selection(severities={"*": "info", "date-impossible": "error"}),
]


@pytest.mark.parametrize("wanted", CHOICES)
def test_a_choice_of_rules_gives_the_same_of_the_json(report: Report, wanted: Selection) -> None:
    parsed = json.loads(report.model_dump_json(), parse_float=Decimal)
    assert wanted.of_report(parsed) == json.loads(report.only(wanted).model_dump_json(), parse_float=Decimal)


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        (Selection(select=("date-*",)), ["date-impossible"]),
        (Selection(ignore=("date-impossible",)), ["ratio-mismatch", "ratio-mismatch"]),
        (Selection(select=("ratio-*",), ignore=("ratio-mismatch",)), []),
    ],
)
def test_rules_are_chosen_and_no_others_are_said_to_be_checked(
    report: Report, wanted: Selection, rules: list[str]
) -> None:
    kept = report.only(wanted)
    assert [finding.rule for finding in kept.findings] == rules
    assert kept.checked == {rule: cases for rule, cases in report.checked.items() if wanted.has_rule(rule)}
    assert sum(kept.summary.findings.values()) == len(rules)
    assert kept.summary.left_out == 0, "they were not asked for; that is no doubt"


def test_a_severity_holds_for_a_rule_and_the_last_that_fits_counts(report: Report) -> None:
    kept = report.only(Selection(severities={"ratio-mismatch": "error", "*": "info", "date-impossible": "warning"}))
    assert [finding.severity for finding in kept.findings] == ["info", "info", "warning"]
    assert kept.summary.findings == {"error": 0, "warning": 1, "info": 2}
