"""Figures said more than once, parts and wholes: what must be held against them, and what must not."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import check_text
from tests.conftest import sentences


@pytest.mark.parametrize("entry", sentences("repeats"), ids=lambda entry: entry["label"])
def test_what_is_held_against_figures(entry: dict[str, Any]) -> None:
    """The findings that rest on comparisons, whatever their severity, are those of the entry."""
    found = [f for f in check_text(entry["text"]).findings if f.comparisons]
    raised = sorted([f.rule, f.reported] for f in found)
    assert raised == sorted(entry["raised"]), [f.message for f in found]
    assert all(f.related for f in found if f.rule.startswith(("repeat", "part", "period")))
