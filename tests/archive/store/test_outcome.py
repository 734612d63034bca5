"""An outcome depends on the bytes and the options alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import SOURCE, corpus

pytestmark = pytest.mark.slow

PRINT = """
import sys
from de06_extract.archive.store.outcome import Options, outcome_of
for path in sys.argv[1:]:
    print(outcome_of(open(path, "rb").read(), ".txt", Options()))
"""


def printed(seed: str) -> bytes:
    """The outcomes as a process makes them whose sets have an order of their own."""
    command = [sys.executable, "-c", PRINT, str(corpus("002")), str(corpus("004"))]
    paths = [str(SOURCE), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def test_the_order_of_sets_decides_nothing() -> None:
    first = printed("0")
    assert first.count(b"reason=None") == 2
    assert printed("1") == first
