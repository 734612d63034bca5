"""What tests of the commands leave as they found it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def heard_interrupts() -> Iterator[None]:
    """A run that comes to its end lets Ctrl+C be ignored; the tests that follow, and what they start, hear it again."""
    held = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, held)
