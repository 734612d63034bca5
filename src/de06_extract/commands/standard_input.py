"""Standard input as a file: no more of it is read than may be held."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from de06_extract.language.messages import said, system_reason

NAME = "stdin.txt"
_DASH = "-"
_PIECE = 1 << 20  # bytes at a time


def is_standard_input(file: Path) -> bool:
    """True of «-», which stands for standard input."""
    return str(file) == _DASH


def named_source(file: Path, most: int) -> tuple[Path | bytes, str]:
    """The file that is named, or the bytes of standard input, of which there may be so many; and what it is called.

    Raises an `UnreadableError`.
    """
    if is_standard_input(file):
        return _standard_input(most), NAME
    return file, printable(file.name)


def printable(name: Path | str) -> str:
    """The name as text, for systems where it may be any bytes."""
    return os.fsencode(name).decode("utf-8", "replace")


def _standard_input(most: int) -> bytes:
    """What stands on standard input. Raises a `TooLargeError` as soon as it is more than so many bytes."""
    from de06_extract.archive.workers.limits import mebibytes
    from de06_extract.errors import MissingFileError, TooLargeError

    read = BytesIO()
    try:
        while piece := sys.stdin.buffer.read(_PIECE):
            read.write(piece)
            if read.tell() > most:
                raise TooLargeError(said("command", "stdin_too_large", name=NAME, most=mebibytes(most)))
    except OSError as error:
        raise MissingFileError(said("command", "stdin_unreadable", name=NAME, reason=system_reason(error))) from error
    return read.getvalue()
