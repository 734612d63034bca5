"""What the commands print and how they stop: text as UTF-8, files whole or not at all, errors on one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import typer

from de06_extract.whole_files import replacing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 100  # a line longer than this is hard to read, however wide the window
_NARROWEST = 20  # characters a line, however narrow the window


def stop(message: str) -> NoReturn:
    """One line on standard error, whatever the names in it hold, and exit 2."""
    say(message)
    raise typer.Exit(2)


def say(message: str) -> None:
    """One line on standard error, whatever the names in it hold."""
    typer.echo("".join(character if character.isprintable() else "?" for character in message), err=True)


def rendered(show: Callable[[Console], None], *, plain: bool = False) -> str:
    """The text that `show` prints, styled for standard output if that is a terminal."""
    from rich.console import Console

    plain = plain or not sys.stdout.isatty()
    console = Console(width=WIDTH if plain else None, color_system=None if plain else "auto", highlight=False)
    with console.capture() as captured:
        show(console)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def put(text: str | bytes, output: Path | None = None) -> None:
    """Writes UTF-8 to standard output, where a reader that went away is not an error, or the whole of it to a file."""
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if output is not None:
        with saved(output) as (file,):
            file.write(data)
        return
    try:
        typer.echo(data, nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        stop(f"standard output: cannot be written ({error.strerror})")


@contextmanager
def saved(*outputs: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Files that take the places of the outputs, all of them or none; stops where they cannot be written."""
    try:
        with replacing(*outputs) as files:
            yield files
    except OSError as error:
        stop(f"{' '.join(map(str, outputs))}: cannot be written ({error.strerror})")


def show_text(console: Console, text: Text, indent: int = 0, hanging: int = 0) -> None:
    """Prints a text in lines that fit, without blanks at their ends; `hanging` indents the lines after the first."""
    from rich.text import Text

    width = max(min(console.width, WIDTH) - indent - hanging, _NARROWEST)
    for number, line in enumerate(text.wrap(console, width)):
        line.rstrip()
        blanks = indent + (hanging if number else 0)
        console.print(Text(" " * blanks).append_text(line), soft_wrap=True)
