"""Libraries that are installed on demand: a missing one is named with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtraError(Exception):
    """A format needs a library that is not installed; the message is one line with the command that installs it."""


def load_extra(library: str, extra: str) -> Any:
    """The module of a library that the extra of this name installs."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{extra}: needs {library.split('.')[0]}, which is not installed: pip install 'de06-extract[{extra}]'"
        ) from error
