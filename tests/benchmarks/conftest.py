"""The benchmarks that score the five reports take the reports that the other tests have read."""

from __future__ import annotations

import pytest

import accuracy
import header
import known_errors
import references
import repeats
import tables
from tests.conftest import report_on


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for benchmark in (accuracy, header, known_errors, references, repeats, tables):
        monkeypatch.setattr(benchmark, "extract", report_on)
