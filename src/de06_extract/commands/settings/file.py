"""Settings that stand in a file or in the environment, and hold where the command line says nothing else.

The file is `de06-extract.toml`, or the table `[tool.de06-extract]` of a `pyproject.toml`, in the working folder or the
nearest one above it. Each setting is the option of the same name, `fail-on` or `DE06_FAIL_ON` that of `--fail-on`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from de06_extract.language.messages import said
from de06_extract.toml_files import TomlError, parse, read_text

OWN = "de06-extract.toml"
SHARED = "pyproject.toml"
PREFIX = "DE06_"
TABLE = ("tool", "de06-extract")
NOWHERE = "none"  # the name of no file: settings are not looked for


class ConfigurationError(Exception):
    """A file of settings or a variable cannot be used; the message is one line that says which and why."""


class Found(NamedTuple):
    """A file of settings and what it says."""

    path: Path
    values: Mapping[str, Any]


def find_configuration(folder: Path) -> Found | None:
    """The settings of the nearest file in a folder or one above it, None where there is none.

    A folder above that belongs to neither this user nor the system is passed over: what lies there is somebody else's
    word. Raises a `ConfigurationError` where the file cannot be used.
    """
    for place in (folder, *folder.parents):
        if place != folder and not _is_trusted(place):
            continue
        for name in (OWN, SHARED):
            file = place / name
            if file.is_file() and (found := read_configuration(file)) is not None:
                return found
    return None


def read_configuration(file: Path) -> Found | None:
    """The settings of a file, None of a `pyproject.toml` that has no table for them."""
    try:
        values: Any = parse(read_text(file))
    except TomlError as error:
        raise ConfigurationError(f"{file}: {error}") from error
    if file.name == SHARED:
        for key in TABLE:
            values = values.get(key, {})
            if not isinstance(values, dict):
                raise ConfigurationError(said("configuration", "no_table", file=file, table=".".join(TABLE)))
        if not values:
            return None
    return Found(file, values)


def variables() -> dict[str, str]:
    """The variables of the environment that may be settings."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}


def _is_trusted(folder: Path) -> bool:
    try:
        return not hasattr(os, "getuid") or folder.stat().st_uid in (0, os.getuid())
    except OSError:
        return False
