"""The path of a store, an outcome to keep in it, and no waiting for its lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from de06_extract.archive.store import lock
from de06_extract.archive.store.outcome import Outcome, outcome_of
from tests.archive.store.stores import OPTIONS
from tests.conftest import corpus


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a store to become free."""
    monkeypatch.setattr(lock, "_GRACE", 0.05)


@pytest.fixture(scope="module")
def read() -> Outcome:
    """The outcome of a report with findings and indicators."""
    outcome = outcome_of(corpus("004").read_bytes(), ".txt", OPTIONS)
    assert outcome.findings
    assert outcome.indicators
    return outcome


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"
