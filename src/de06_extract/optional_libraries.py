"""Libraries that are installed on demand: a missing one is named with the command that installs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from de06_extract.wording import said


class MissingExtraError(Exception):
    """A format needs a library that is not installed; the message is one line with the command that installs it."""


def load_extra(library: str, extra: str) -> Any:
    """The module of a library that the extra of this name installs."""
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{extra}: " + said("errors", "extra_missing", value=library.split(".")[0], extra=extra)
        ) from error
