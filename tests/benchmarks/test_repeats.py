"""The annotated conflicts between figures of the five reports are found."""

from __future__ import annotations

import pytest

import repeats
from tests.conftest import CORPUS


@pytest.mark.parametrize(("folder", "suffix"), [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx")])
def test_the_annotated_conflicts_are_found(folder: str, suffix: str) -> None:
    tally = repeats.measure(CORPUS / "gold", CORPUS / folder, suffix)
    assert tally.conflicts == 8
    assert (tally.recall, tally.alarms) == (1.0, 0), tally.misses
