"""What the commands print and how they stop: text as UTF-8, files whole or not at all, errors on one line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn, TextIO

import typer

from de06_extract.errors import UnreadableError
from de06_extract.language.messages import messages, said, spoken, system_reason
from de06_extract.whole_files import replacing

_ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes of a name in a locale that does not know them; names are UTF-8


def stop(message: str) -> NoReturn:
    """One line on standard error, whatever the names in it hold, and exit 2."""
    say(message)
    raise typer.Exit(2)


def problem(error: UnreadableError) -> str:
    """Why a file could not be read, and what to do about it, on one line."""
    advice: dict[str, str] = messages("page")[spoken()]["advice"]
    known = advice.get(error.reason)
    return (
        f"{error}. {known}"
        if known and not str(error).endswith((".", ")"))
        else f"{error} – {known}"
        if known
        else str(error)
    )


def say(message: str) -> None:
    """One line on standard error, whatever the names in it hold; where it cannot be written, it is not."""
    line = _ESCAPED.sub(lambda held: held[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace"), message)
    try:
        typer.echo("".join(character if character.isprintable() else "?" for character in line), err=True)
    except OSError:  # what is done counts, not that nobody is told
        give_up(sys.stderr)


def put(text: str | bytes) -> bool:
    """Writes UTF-8 to standard output, where a reader that went away is not an error; False says that it did."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    try:
        typer.echo(data, nl=False)
    except BrokenPipeError:
        give_up(sys.stdout)
        return False
    except OSError as error:
        give_up(sys.stdout)
        stop(said("command", "stdout_unwritable", reason=system_reason(error)))
    return True


def give_up(stream: TextIO) -> None:
    """Lets a stream that cannot be written to lead nowhere, so that what is left in it is no error at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


@contextmanager
def saved(*outputs: Path, mode: int) -> Iterator[tuple[BinaryIO, ...]]:
    """Files that take the places of the outputs, all of them or none, for those to read whom the mode lets.

    Stops where they cannot be written.
    """
    try:
        with replacing(*outputs, mode=mode) as files:
            yield files
    except OSError as error:
        stop(said("command", "unwritable", path=" ".join(map(str, outputs)), reason=system_reason(error)))
