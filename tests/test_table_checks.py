"""Tables as annexes have them: which equations must be found in them, and which wrong figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from de06_extract import Report, check_text

Entry = dict[str, Any]

_TABLES: list[Entry] = json.loads(Path(__file__).with_name("tables.json").read_text("utf-8"))


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


@pytest.mark.parametrize(("entry", "edit"), _wrong())
def test_a_wrong_figure_is_found(entry: Entry, edit: Entry) -> None:
    assert entry["text"].count(edit["of"]) == 1
    report = check_text(entry["text"].replace(edit["of"], edit["to"]))
    assert _findings(report) == sorted([*entry.get("findings", []), *edit["findings"]])
