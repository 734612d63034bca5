"""Copies made by the annotator of a format: in this process, or in one of its own within limits of time and memory.

What is taken apart is the file that was read, with other libraries than those that read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any, Literal, NamedTuple

from de06_extract.archive.store.outcome import Options, Outcome, error_of, packed_or_failed
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.worker import Worker
from de06_extract.document.copies.notes import Copy, Edit, Note
from de06_extract.errors import NotCopiedError
from de06_extract.readers import annotators


class Wanted(NamedTuple):
    """What is to be made: a copy of a format with notes on it (`annotate`) or with changes (`revise`)."""

    media_type: str
    verb: Literal["annotate", "revise"]
    changes: Sequence[Note] | Sequence[Edit]
    made_at: datetime


def can_be_made(media_type: str, verb: str) -> bool:
    """True where the format has an annotator that does so."""
    return hasattr(annotators().get(media_type), verb)


def make_copy(
    data: bytes,
    name: str,
    wanted: Wanted,
    limits: Limits | None = None,
    *,
    command: Sequence[str] | None = COMMAND,
) -> Copy:
    """The copy of the file of this name.

    With `limits` a process of its own makes it, which is ended where it goes beyond them; `command` starts it, None
    makes it a copy of this one where that can be. Raises a `NotCopiedError`, an `UnreadableError` (for the limits a
    `LimitExceededError`), a `WorkerError` where no process can be started, an `InternalError` for a defect in it.
    """
    if limits is None:
        return _made(data, name, wanted)
    make = partial(copy_outcome_of, name=name, wanted=wanted)
    with Worker(Options(), limits, make=make, command=command) as worker:
        outcome = worker.outcome(data, PurePath(name).suffix).outcome
    if outcome.report is None:
        raise error_of(outcome, name)
    made = plain_values(outcome.report)
    if isinstance(made, str):
        raise NotCopiedError(made)
    return Copy(*made)


def copy_outcome_of(data: bytes, suffix: str, options: Options, *, name: str, wanted: Wanted) -> Outcome:
    """The outcome with the values of a copy, or with the word that says why there is none."""

    def values() -> object:
        try:
            copy = _made(data, name, wanted)
        except NotCopiedError as error:
            return error.reason
        return copy.data, dict(copy.cautions)

    return packed_or_failed(values, name)


def _made(data: bytes, name: str, wanted: Wanted) -> Copy:
    annotator: Any = annotators()[wanted.media_type]
    copy: Copy = getattr(annotator, wanted.verb)(data, name, wanted.changes, wanted.made_at)
    return copy
