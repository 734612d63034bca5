"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(*outputs: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Files to write to; what they hold takes the places of `outputs` once all is written, else nothing changes.

    A link stays a link to the file it names. A device or pipe is written to, not replaced. Raises an `OSError`.
    """
    with ExitStack() as stack:
        parts = [_part(output.resolve(), number) for number, output in enumerate(outputs)]
        for part, target in parts:
            if part != target:
                stack.callback(part.unlink, missing_ok=True)
        files = [stack.enter_context(part.open("wb")) for part, _ in parts]
        yield tuple(files)
        for file in files:
            file.close()
        for part, target in parts:
            if part != target:
                part.replace(target)


def _part(target: Path, number: int) -> tuple[Path, Path]:
    """The path to write to first, and the file that it becomes."""
    if target.exists() and not target.is_file():
        return target, target
    return target.with_name(f".de06-extract.{os.getpid()}.{number}.part"), target
