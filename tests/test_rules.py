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
from de06_extract.language.messages import messages
from de06_extract.rules.checks import rules
from de06_extract.rules.rule import Rule

EVERY: tuple[Rule[Any] | AcrossRule[Any], ...] = (*rules(), *across_rules())
PIECES = {  # of a sentence
    "about", "and", "before", "behind", "change", "days", "distribution", "down", "issuer", "month", "near", "ratio",
    "remainder", "share", "size", "sum", "up",
}  # fmt: skip
LONGEST_JUDGE = 30  # lines without the docstring; the house style asks for 20


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule[Any] | AcrossRule[Any]) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.id)
    assert rule.wrong
    assert rule.right
    assert all(text.strip() == text and text for text in (rule.title, rule.title_en, rule.explanation))
    assert rule.title_en.isascii()


def test_the_list_of_rules_is_that_of_the_rules() -> None:
    severities = messages("findings")["severity"]
    assert list(severities.items()) == [(rule.id, rule.severity) for rule in EVERY]
    for language in ("vi", "en"):
        assert set(messages("findings")[language]) == {rule.id for rule in EVERY}


def test_messages_fill_the_same_blanks_in_both_languages_and_begin_with_a_capital() -> None:
    vi, en = (messages("findings")[language] for language in ("vi", "en"))
    for rule in EVERY:
        assert vi[rule.id].keys() == en[rule.id].keys()
        for key, template in vi[rule.id].items():
            blanks = re.findall(r"\{\w+\}", template)
            assert set(re.findall(r"\{\w+\}", en[rule.id][key])) <= set(blanks), (rule.id, key)
            if key not in PIECES:
                assert template[0].isupper() or template[0] in "{“", (rule.id, key)


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
