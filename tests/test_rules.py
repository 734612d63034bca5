"""What holds of every rule, be it for one report or across reports."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import pytest

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.across.rule import AcrossRule
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule

EVERY: tuple[Rule[Any] | AcrossRule[Any], ...] = (*rules(), *across_rules())
LONGEST_JUDGE = 30  # lines without the docstring; the house style asks for 20


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule[Any] | AcrossRule[Any]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.id)
    assert rule.wrong
    assert rule.right
    assert all(text.strip() == text and text for text in (rule.title, rule.title_en, rule.explanation))
    assert rule.title_en.isascii()


def test_ids_and_titles_are_unique() -> None:
    for values in ([rule.id for rule in EVERY], [rule.title for rule in EVERY], [rule.title_en for rule in EVERY]):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_judge_is_short(rule: Rule[Any] | AcrossRule[Any]) -> None:
    source = textwrap.dedent(inspect.getsource(rule.judge))
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    docstring = function.body[0]
    lines = source.count("\n") - ((docstring.end_lineno or 0) - docstring.lineno + 1)
    assert lines <= LONGEST_JUDGE, f"{rule.id}: judge has {lines} lines"
