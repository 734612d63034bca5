"""TOML files that a user gives: read within limits, and whatever is wrong with one said in a line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from de06_extract.wording import said, system_reason

MOST = 16 << 20  # bytes of such a file; one of the project's own, with every indicator, has a hundredth of it


class TomlError(Exception):
    """The file cannot be used; the message is what to say behind its name."""


def read_text(path: str | Path) -> str:
    """The text of the file. Raises a `TomlError` where it cannot be opened, is no text, or has too many bytes."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST + 1)
    except (OSError, ValueError) as error:
        raise TomlError(said("errors", "unopened", reason=system_reason(error))) from error
    if len(data) > MOST:
        raise TomlError(said("errors", "above_size", size=MOST >> 20))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError(said("errors", "no_toml", reason=error)) from error


def parse(text: str) -> dict[str, Any]:
    """What the text says. Raises a `TomlError` where it is no TOML, or holds what Python does not read.

    >>> parse("a = 5")
    {'a': 5}
    >>> for text in ("a = ", "a = " + "9" * 5_000, "a = " + "[" * 5_000):
    ...     try:
    ...         parse(text)
    ...     except TomlError as error:
    ...         print(error)
    is not TOML (Invalid value (at end of document))
    is not TOML (a number in it has too many digits)
    is not TOML (it is nested too deep)
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(said("errors", "no_toml", reason=error)) from error
    except RecursionError as error:
        raise TomlError(said("errors", "toml_nested")) from error
    except ValueError as error:
        raise TomlError(said("errors", "toml_number")) from error
