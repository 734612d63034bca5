"""The page as the command serves it, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(data: Path, *arguments: object) -> Iterator[str]:
    """The address that opens the page of `de06-extract web`, whose data lie in a folder; it ends with Ctrl+C."""
    words = [sys.executable, "-m", "de06_extract", "web", "--no-open", *map(str, arguments)]
    environment = {**os.environ, "XDG_DATA_HOME": str(data), "PYTHONUNBUFFERED": "1", "DE06_LANG": "vi"}
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            assert "http://127.0.0.1:" in line, line + process.stderr.read()
            yield line.split()[-1]
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
