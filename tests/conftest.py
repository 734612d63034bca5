"""What the tests of all rooms share: the five reports, each read once, and the sentences of `tests/sentences`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from de06_extract import Report, extract

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
CORPUS = ROOT / "corpus"
REPORTS = ("000", "001", "002", "003", "004")
FORMATS = ("txt", "pdf", "docx")

pytest.register_assert_rewrite(
    "tests.archive.store.stores",
    "tests.output.html.pages",
    "tests.readers.docx.building",
)


def corpus(name: str, form: str = "txt") -> Path:
    """The file of one of the five reports in one of the three formats."""
    return CORPUS / f"{name}.txt" if form == "txt" else CORPUS / form / f"{name}.{form}"


@cache
def report_on(path: Path) -> Report:
    """The report on a file of the corpus, made once however many tests ask for it."""
    return extract(path)


@cache
def sentences(name: str) -> tuple[dict[str, Any], ...]:
    """The entries of a file of sentences: made_up, negative, known_failures, repeats or tables."""
    return tuple(json.loads((ROOT / "tests" / "sentences" / f"{name}.json").read_text("utf-8")))
