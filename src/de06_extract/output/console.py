"""Text as a console prints it: wrapped to lines that can be read, with styles where there is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 100  # a line longer than this is hard to read, however wide the window
_NARROWEST = 20  # characters a line, however narrow the window


def rendered(show: Callable[[Console], None], *, plain: bool = False, stream: TextIO | None = None) -> str:
    """The text that `show` prints, styled for the stream, by default standard output, if that is a terminal."""
    from rich.console import Console

    plain = plain or not (stream or sys.stdout).isatty()
    console = Console(width=WIDTH if plain else None, color_system=None if plain else "auto", highlight=False)
    with console.capture() as captured:
        show(console)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def show_text(console: Console, text: Text, indent: int = 0, hanging: int = 0) -> None:
    """Prints a text in lines that fit, without blanks at their ends; `hanging` indents the lines after the first."""
    from rich.text import Text

    width = max(min(console.width, WIDTH) - indent - hanging, _NARROWEST)
    for number, line in enumerate(text.wrap(console, width)):
        line.rstrip()
        blanks = indent + (hanging if number else 0)
        console.print(Text(" " * blanks).append_text(line), soft_wrap=True)
