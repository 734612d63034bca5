"""How a worker and the process that started it talk: frames over pipes, each with its kind and length in front.

To the worker goes what the program itself made, pickled. What comes back was made while reading files of any origin,
so that it may hold nothing but plain values: a worker that such a file took over cannot take over its parent.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from struct import Struct
from typing import Any, BinaryIO, Literal

from de06_extract.archive.store.outcome import Outcome

# To the worker: the options and limits, once; then for each file its suffix and its bytes.
# From it: it is ready; then for each file that it begins, that it gets on, and the outcome.
Kind = Literal["options", "suffix", "data", "ready", "begun", "step", "outcome"]

GREETING = b"\x00de06-extract\x06\x15\x00"  # what a library prints before the worker's first frame is skipped
_KINDS: tuple[Kind, ...] = ("options", "suffix", "data", "ready", "begun", "step", "outcome")
_HEAD = Struct(">BQ")
LONGEST = 2**28  # bytes of what a worker sends; more is not a frame
_MOST_PRINTED = 2**20
_PLAIN = {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}


class BrokenWireError(Exception):
    """Raised where the other side is gone, or sends something that is not a frame."""


def send(pipe: BinaryIO, kind: Kind, data: bytes = b"") -> None:
    """Writes a frame. Raises an `OSError` where nobody reads it."""
    pipe.write(_HEAD.pack(_KINDS.index(kind), len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO, longest: int | None = None) -> tuple[Kind, bytes]:
    """The next frame. Raises a `BrokenWireError`."""
    kind, length = _HEAD.unpack(_exactly(pipe, _HEAD.size))
    if kind >= len(_KINDS) or (longest is not None and length > longest):
        raise BrokenWireError("not a frame")
    return _KINDS[kind], _exactly(pipe, length)


def frames(pipe: BinaryIO) -> Iterator[tuple[Kind, bytes]]:
    """The frames that a worker sends, from its greeting on. Raises a `BrokenWireError` at the end."""
    printed = bytearray()
    while not printed.endswith(GREETING):
        printed += _exactly(pipe, 1)
        if len(printed) > _MOST_PRINTED:
            raise BrokenWireError("no greeting")
    while True:
        yield receive(pipe, LONGEST)


def packed(outcome: Outcome, memory: int) -> bytes:
    """An outcome and the bytes of memory that its worker holds, as plain values.

    >>> unpacked(packed(Outcome(reason="empty", message="the file is empty"), 5))
    (Outcome(report=None, document={}, findings=(), indicators=(), reason='empty', message='the file is empty'), 5)
    """
    o = outcome
    return pickle.dumps((o.report, o.document, o.findings, o.indicators, o.reason, o.message, memory), protocol=5)


def unpacked(data: bytes) -> tuple[Outcome, int]:
    """The outcome and the memory that were packed. Raises a `BrokenWireError` where the bytes hold something else."""
    try:
        *cells, memory = plain_values(data)
        return Outcome(*cells), int(memory)
    except (TypeError, ValueError) as error:
        raise BrokenWireError(f"not an outcome: {error}") from error


def plain_values(data: bytes) -> Any:
    """The plain values that were pickled. Raises a `BrokenWireError` where the bytes hold something else."""
    try:
        return _Plain(BytesIO(data)).load()
    except Exception as error:  # bytes of any kind may make the unpickler fail in any way
        raise BrokenWireError(f"no plain values: {error}") from error


class _Plain(pickle.Unpickler):
    """Unpickles numbers, texts, dates and what holds them; nothing in the bytes can name anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _PLAIN[module, name]


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise BrokenWireError("the other side is gone")
    return data
