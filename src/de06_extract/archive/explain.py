"""Explain, as others call it: in this process, or in one of its own within limits of time and memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from os import PathLike
from pathlib import Path, PurePath

from de06_extract.archive.store.outcome import Options, Outcome, error_of, packed_or_failed
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.worker import Worker
from de06_extract.claims.prose.model_file import ModelFile, read_model_file
from de06_extract.errors import ExplainError
from de06_extract.pipeline.explain import explain as explain_here
from de06_extract.pipeline.extract import printable_name, read_file
from de06_extract.rules.rule import Language
from de06_extract.schema.explanation import Explanation


def explain(
    source: str | PathLike[str] | bytes,
    asked: str,
    *,
    name: str | None = None,
    lang: Language = "vi",
    model: str | PathLike[str] | ModelFile | None = None,
    limits: Limits | None = None,
    command: Sequence[str] | None = COMMAND,
) -> Explanation:
    """Why a figure of a file, given by its path or as its bytes, is read as it is.

    With `limits` the file is read by a process of its own, which is ended where it goes beyond them. `command` starts
    it, None makes it a copy of this one where that can be. Raises what `explain` of the pipeline raises, a
    `LimitExceededError` for the limits, a `WorkerError` where no process can be started, an `InternalError`.
    """
    if limits is None:
        return explain_here(source, asked, name=name, lang=lang, model=model)
    if model is not None and not isinstance(model, ModelFile):
        model = read_model_file(Path(model))
    if isinstance(source, bytes):
        data, name = source, printable_name(name or "document.txt")
    else:
        data, name = read_file(Path(source), limits.most_bytes), printable_name(name or Path(source).name)
    make = partial(explained_outcome_of, asked=asked, name=name)
    with Worker(Options(lang, model=model), limits, make=make, command=command) as worker:
        outcome = worker.outcome(data, PurePath(name).suffix).outcome
    if outcome.report is None:
        raise error_of(outcome, name)
    explained = plain_values(outcome.report)
    if isinstance(explained, str):
        raise ExplainError(explained)
    return Explanation.model_validate(explained)


def explained_outcome_of(data: bytes, suffix: str, options: Options, *, asked: str, name: str) -> Outcome:
    """The outcome with the values of an explanation, or with the words that say why there is no such figure."""

    def explained() -> object:
        try:
            return explain_here(data, asked, name=name, lang=options.lang, model=options.model).model_dump()
        except ExplainError as error:
            return str(error)

    return packed_or_failed(explained, name)
