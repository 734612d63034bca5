"""Figures said more than once, parts and wholes: what must be held against them, and what must not."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from de06_extract import check_text

ENTRIES = json.loads((Path(__file__).parent / "repeats.json").read_text("utf-8"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["label"])
def test_what_is_held_against_figures(entry: dict[str, Any]) -> None:
    """The findings that rest on comparisons, whatever their severity, are those of the entry."""
    found = [f for f in check_text(entry["text"]).findings if f.comparisons]
    raised = sorted([f.rule, f.reported] for f in found)
    assert raised == sorted(entry["raised"]), [f.message for f in found]
    assert all(f.related for f in found if f.rule.startswith(("repeat", "part", "period")))


@pytest.mark.parametrize(("folder", "suffix"), [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx")])
def test_the_annotated_conflicts_are_found(folder: str, suffix: str) -> None:
    corpus = Path(__file__).parent.parent / "corpus"
    tally = benchmark().measure(corpus / "gold", corpus / folder, suffix)
    assert tally.conflicts == 8
    assert (tally.recall, tally.alarms) == (1.0, 0), tally.misses


def benchmark() -> ModuleType:
    path = Path(__file__).parent.parent / "benchmarks" / "repeats.py"
    spec = importlib.util.spec_from_file_location("repeats", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["repeats"] = module
    spec.loader.exec_module(module)
    return module
