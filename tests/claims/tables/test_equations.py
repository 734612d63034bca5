"""Tables as annexes have them: which equations must be found in them, and which wrong figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from rich.console import Console

from de06_extract import Report, check_text
from de06_extract.output.text import show_report
from de06_extract.rules.rule import Language
from tests.conftest import sentences

Entry = dict[str, Any]

_TABLES = sentences("tables")


def _wrong() -> Iterator[Any]:
    for entry in _TABLES:
        for edit in entry.get("wrong", ()):
            yield pytest.param(entry, edit, id=f"{entry['label']}: {edit['to']}")


def _findings(report: Report) -> list[list[str]]:
    """Rule and figure of every finding but notes."""
    return sorted([f.rule, f.span.text] for f in report.findings if f.severity != "info")


@pytest.mark.parametrize("entry", _TABLES, ids=lambda entry: entry["label"])
def test_a_right_table_is_read_and_left_alone(entry: Entry) -> None:
    report = check_text(entry["text"])
    assert Counter(claim.kind for claim in report.claims if claim.table) == Counter(entry["claims"])
    assert _findings(report) == sorted(entry.get("findings", []))


@pytest.mark.parametrize(("entry", "edit"), list(_wrong()))
def test_a_wrong_figure_is_found(entry: Entry, edit: Entry) -> None:
    assert entry["text"].count(edit["of"]) == 1
    report = check_text(entry["text"].replace(edit["of"], edit["to"]))
    assert _findings(report) == sorted([*entry.get("findings", []), *edit["findings"]])


SHORT = """STT\tĐơn vị\tQuý I\tQuý II\tQuý III\tGhi chú
1\tHòa An\t12\t15\t11\t
2\tBình Minh\t22\t25\t19\t
3\tPhú Lộc\t9\t13\t
"""


def test_coverage_says_which_figures_of_tables_were_not_checked_and_why() -> None:
    coverage = check_text(SHORT).coverage
    assert (coverage.numbers, coverage.in_claims, coverage.checked) == (8, 0, 0)
    held = {unchecked.reason: [span.text for span in unchecked.examples] for unchecked in coverage.unchecked}
    assert held == {"table-alignment": ["9", "13"], "table-no-equation": ["12", "15", "11", "22", "25"]}


def test_figures_of_a_checked_table_are_counted() -> None:
    text = "Đơn vị\tTổng số\tTrực tuyến\tTỷ lệ\nHòa An\t150\t120\t80%\nBình Minh\t240\t90\t37,5%\n"
    coverage = check_text(text).coverage
    assert (coverage.numbers, coverage.in_claims, coverage.checked) == (6, 6, 6)
    assert not coverage.unchecked


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "không rõ thuộc cột nào"), ("en", "whose columns are not clear")]
)
def test_the_reasons_are_worded(language: Language, words: str) -> None:
    console = Console(record=True, width=100)
    show_report(check_text(SHORT, lang=language), console, language)
    assert words in " ".join(console.export_text().split())


@pytest.mark.slow
def test_a_changed_digit_is_found_and_nothing_else_is_accused() -> None:
    """One digit of one checked figure after the other is changed: what is found then holds that figure."""
    random, changed, found = Random(6), 0, 0
    for entry in _TABLES:
        for start, end in _some_checked(entry["text"], random):
            report = check_text(_with_another_digit(entry["text"], start, end, random))
            known = Counter(map(tuple, entry.get("findings", ())))
            new = [f for f in report.findings if f.severity != "info" and (f.rule, f.span.text) not in known]
            claims = {claim.id: claim for claim in report.claims}
            for finding in new:
                held = {q.span.start for claim in finding.claims for q in claims[claim].figures()}
                assert start in held, (entry["label"], finding.message)
                assert finding.rule != "table-cell-mismatch" or finding.span.start == start, finding.message
            changed += 1
            found += bool(new)
    assert changed > 200
    assert found / changed > 0.9  # the rest is within rounding, or too little is left to bear the equation out


def _some_checked(text: str, random: Random) -> list[tuple[int, int]]:
    """A few of the figures in claims that hold."""
    claims = [claim for claim in check_text(text).claims if claim.table and claim.verdict == "consistent"]
    spans = sorted({(q.span.start, q.span.end) for claim in claims for q in claim.figures()})
    return random.sample(spans, min(4, len(spans)))


def _with_another_digit(text: str, start: int, end: int, random: Random) -> str:
    digits = [at for at in range(start, end) if text[at].isdigit()]
    at = random.choice(digits)
    other = random.choice([d for d in "123456789" if d != text[at]])
    return text[:at] + other + text[at + 1 :]


@pytest.mark.parametrize(("wrong", "right"), [("33622", "3362"), ("332", "3362"), ("80", "08")])
def test_a_proposal_is_written_as_the_figures_beside_it(wrong: str, right: str) -> None:
    table = (
        "Đơn vị\tTổng số\tĐúng hạn\tQuá hạn\nXã Hòa An\t3370\t3362\t08\nXã Phú Lộc\t4125\t4120\t05\n"
        "Xã Tân Tiến\t5053\t5046\t07\nTổng cộng\t12548\t12528\t20\n"
    )
    (finding,) = check_text(table.replace(right, wrong, 1)).findings
    assert [(s.text, s.replacement) for s in finding.suggestions] == [(wrong, right)]
