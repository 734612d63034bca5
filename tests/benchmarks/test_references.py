"""The annotated sections, lists and references of the five reports are found."""

from __future__ import annotations

import pytest

import references
from tests.conftest import CORPUS

FOLDERS = pytest.mark.parametrize(
    ("folder", "suffix"), [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx"), ("fallback", ".pdf")]
)


@FOLDERS
def test_the_annotated_sections_and_lists_are_found(folder: str, suffix: str) -> None:
    found = references.measure(CORPUS / "gold", CORPUS / folder, suffix)
    assert found["sections"].recall >= 0.97, found["sections"].misses
    assert found["sections"].precision >= 0.97, found["sections"].misses
    assert found["numbering"].recall == found["numbering"].precision == 1, found["numbering"].misses
    assert found["lists"].right >= 8, found["lists"].misses
    assert found["lists"].beyond == 0, found["lists"].misses


@FOLDERS
def test_the_annotated_references_are_found(folder: str, suffix: str) -> None:
    tally = references.measure(CORPUS / "gold", CORPUS / folder, suffix)["references"]
    assert tally.wanted == 93
    assert tally.recall >= 0.97, tally.misses
    assert tally.precision >= 0.97, tally.misses
