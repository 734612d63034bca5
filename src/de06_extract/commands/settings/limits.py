"""The options that limit what a file may take, of the commands that read one, and what is written there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from de06_extract.language.messages import said

if TYPE_CHECKING:
    from de06_extract.archive.workers.limits import Limits

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?) *(?P<unit>[KMGT]?)B?", re.IGNORECASE)
_SHOWN = 40  # characters of what is no number
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}


def size(text: str) -> int:
    """The bytes that «2G» or «500 MB» are, 0 for no limit.

    >>> size("1.5 KB")
    1536
    """
    from de06_extract.archive.workers.limits import MOST_MEMORY

    read = _SIZE.fullmatch(text.strip())
    if read is None:
        raise typer.BadParameter(said("command", "no_size", text=_shown(text)))
    bytes_ = float(read["number"]) * _UNITS[read["unit"].upper()]
    if bytes_ > MOST_MEMORY:
        raise typer.BadParameter(said("command", "too_much", text=_shown(text)))
    return round(bytes_)


def seconds(text: str) -> float:
    """The seconds that are written, 0 for no limit; at most those of a day.

    >>> seconds("0.5")
    0.5
    """
    from de06_extract.archive.workers.limits import LONGEST_TIME

    try:
        read = float(text)
    except ValueError:
        read = -1.0
    if not 0 <= read <= LONGEST_TIME:
        raise typer.BadParameter(said("command", "no_seconds", text=_shown(text), most=f"{LONGEST_TIME:.0f}"))
    return read


def limits_of(timeout: float, stall: float, max_memory: int) -> Limits:
    """The limits that the options state, where 0 is none."""
    from de06_extract.archive.workers.limits import Limits

    return Limits(timeout=timeout or None, stall=stall or None, max_memory=max_memory or None)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


Timeout = Annotated[float, typer.Option("--timeout", parser=seconds, metavar="SECONDS")]
Stall = Annotated[float, typer.Option("--stall", parser=seconds, metavar="SECONDS")]
MaxMemory = Annotated[int, typer.Option("--max-memory", parser=size, metavar="SIZE")]
NoLimits = Annotated[bool, typer.Option("--no-limits")]
