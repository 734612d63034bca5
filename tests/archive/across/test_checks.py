"""Rules across reports find something in their wrong archives and nothing in what looks wrong and is right."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.rule import AcrossRule
from tests.archive.across.made_up import NEAR_MISSES, found

WRONG = [pytest.param(rule, one, id=f"{rule.id}-{n}") for rule in across_rules() for n, one in enumerate(rule.wrong)]
RIGHT = [pytest.param(rule, one, id=f"{rule.id}-{n}") for rule in across_rules() for n, one in enumerate(rule.right)]


@pytest.mark.parametrize(("rule", "reports"), WRONG)
def test_a_wrong_archive_is_found(rule: AcrossRule[Any], reports: tuple[str, ...]) -> None:
    rows = [(path, row) for path, row in found(reports) if row["rule"] == rule.id]
    assert rows
    for path, row in rows:
        text = reports[int(Path(path).stem) - 1]
        assert str(row["figure"]) in text[int(str(row["start"])) : int(str(row["end"]))]
        assert re.search(r"[1-9]\.txt: «", str(row["related"]))


@pytest.mark.parametrize(("rule", "reports"), RIGHT)
def test_a_right_archive_is_left_alone(rule: AcrossRule[Any], reports: tuple[str, ...]) -> None:
    assert [row["message"] for _, row in found(reports)] == []


@pytest.mark.parametrize("rule", across_rules(), ids=lambda rule: rule.id)
def test_a_rule_says_that_it_is_across_reports_and_accuses_none(rule: AcrossRule[Any]) -> None:
    assert rule.id.startswith("across-")
    assert rule.severity in ("warning", "info")


@pytest.mark.parametrize("reports", [pytest.param(right, id=name) for name, (right, _) in NEAR_MISSES.items()])
def test_what_looks_wrong_and_is_right(reports: tuple[str, ...]) -> None:
    assert [row["message"] for _, row in found(reports)] == []


@pytest.mark.parametrize("reports", [pytest.param(wrong, id=name) for name, (_, wrong) in NEAR_MISSES.items()])
def test_the_same_without_what_makes_it_right(reports: tuple[str, ...]) -> None:
    assert len(found(reports)) == 1
