"""Tables without rules: what holds of one holds of it however its cells are parted, and lists are no tables."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest

from de06_extract import Report, extract
from tests.conftest import sentences
from tests.readers.plain_shapes import PLAIN, in_rules

Entry = dict[str, Any]

_TABLES = sentences("plain_tables")


def _claims(report: Report) -> list[tuple[str, str, str, list[str]]]:
    """Kind, verdict, name and figures of every claim of a table."""
    return sorted(
        (claim.kind, claim.verdict, claim.label, [figure.span.text for figure in claim.figures()])
        for claim in report.claims
        if claim.table
    )


def _errors(report: Report) -> list[str]:
    return sorted(finding.span.text for finding in report.findings if finding.severity != "info")


@pytest.mark.parametrize("shape", PLAIN, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("entry", _TABLES, ids=lambda entry: entry["label"])
def test_a_plain_table_says_what_the_ruled_one_says(entry: Entry, shape: Any) -> None:
    (_, ruled), (name, plain) = in_rules(entry["table"]), shape(entry["table"])
    expected, got = extract(ruled, name="ruled.docx"), extract(plain, name=name)
    assert len(got.tables) == len(expected.tables) == 1
    assert _claims(expected)
    assert _claims(got) == _claims(expected)
    assert _errors(got) == _errors(expected) == sorted(entry["findings"])
    assert got.coverage.numbers == expected.coverage.numbers


@pytest.mark.parametrize("entry", sentences("no_tables"), ids=lambda entry: entry["label"])
def test_what_only_looks_like_a_table_is_none(entry: Entry) -> None:
    report = extract(entry["text"].encode(), name="list.txt")
    assert report.tables == ()
    assert _errors(report) == []
    paragraphs = docx.Document()
    for line in entry["text"].splitlines():
        paragraphs.add_paragraph(line)
    stream = io.BytesIO()
    paragraphs.save(stream)
    assert extract(stream.getvalue(), name="list.docx").tables == ()
