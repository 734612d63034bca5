"""The five annotated reports, as text, PDF and DOCX: what the README says of them holds."""

from __future__ import annotations

import pytest

import accuracy
import known_errors
import tables
from tests.conftest import CORPUS
from tests.readers.pdf.scans.paper import needs_tesseract


@pytest.mark.parametrize(("folder", "suffix"), [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx"), ("fallback", ".pdf")])
def test_the_annotated_claims_are_found_and_judged(folder: str, suffix: str) -> None:
    tally = accuracy.measure(CORPUS / "gold", CORPUS / folder, suffix)
    figures = tally.figures()
    assert tally.wanted == 98
    assert figures["recall"] >= 0.97, tally.misses
    assert figures["verdicts"] >= 0.98, tally.misses
    assert figures["error_recall"] >= 0.95, tally.misses
    assert figures["error_precision"] >= 0.95, tally.misses


@pytest.mark.slow
@needs_tesseract
def test_the_annotated_claims_are_found_on_scans_and_nothing_else_is_accused() -> None:
    tally = accuracy.measure(CORPUS / "gold", CORPUS / "scan", ".pdf")
    figures = tally.figures()
    assert tally.wanted == 98
    assert figures["recall"] >= 0.97, tally.misses
    assert figures["error_recall"] >= 0.95, tally.misses
    assert figures["error_precision"] >= 0.95, tally.misses


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx"), ("fallback", ".pdf"), ("fallback", ".docx")],
)
def test_the_annotated_checks_of_tables_are_found_and_judged(folder: str, suffix: str) -> None:
    tally = tables.measure(CORPUS / "gold", CORPUS / folder, suffix)
    assert tally.wanted == 54
    assert tally.figures()["recall"] >= 0.98, tally.misses
    assert tally.figures()["verdicts"] >= 0.98, tally.misses
    assert tally.alarms == 0, tally.misses


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [("", ".txt"), ("pdf", ".pdf"), ("docx", ".docx"), ("fallback", ".pdf"), ("fallback", ".docx")],
)
def test_what_is_known_to_be_wrong_is_reported_and_what_is_right_is_not(folder: str, suffix: str) -> None:
    known = known_errors.measure(CORPUS / folder, suffix)
    assert len(known) == 33
    assert not [entry for entry in known if not entry.is_met]
