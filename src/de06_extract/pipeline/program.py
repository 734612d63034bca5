"""The name and the version of this program, as its reports give them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

NAME = "de06-extract"


@cache
def program_version() -> str:
    """The version of the program that runs, looked up once: it stays what it is if another one is installed now."""
    return version(NAME)
