"""The errors that `benchmarks/across.py` plants in an archive: most are found, and nothing else is accused."""

from __future__ import annotations

import pytest

import across

pytestmark = pytest.mark.slow


def test_errors_made_on_purpose_are_found_and_nothing_else_is() -> None:
    missed, false = across.measure(across.made(seed=6))
    assert false == []
    assert sum(map(len, missed.values())) <= 12
