"""The command `explain`: why a claim, a finding or a figure is read as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.archive.explain import explain
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.commands.options import Debug, Lang, Model
from de06_extract.commands.settings.limits import MaxMemory, NoLimits, Stall, Timeout, limits_of
from de06_extract.commands.settings.option import Config
from de06_extract.commands.standard_input import named_source
from de06_extract.commands.terminal import problem, put, stop
from de06_extract.errors import ExplainError, ModelError, UnreadableError
from de06_extract.output.console import rendered
from de06_extract.schema.display import Language
from de06_extract.schema.explanation import Explanation


def explain_figure(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    asked: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
        ),
    ],
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    lang: Lang = "vi",
    model: Model = None,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    no_limits: NoLimits = False,
    config: Config = None,
    debug: Debug = False,
) -> None:
    """Say why a figure of FILE is read as it is: the readings, what speaks for and against each, what became of it."""
    limits = None if no_limits or debug else limits_of(timeout, stall, max_memory)
    explanation = _explained(file, asked, lang, model, limits)
    if form == "json":
        put(explanation.model_dump_json(indent=2) + "\n")
        return
    from de06_extract.output.explanation import show_explanation

    put(rendered(lambda console: show_explanation(explanation, console, lang)))


def _explained(file: Path, asked: str, lang: Language, model: Path | None, limits: Limits | None) -> Explanation:
    """The explanation, made by a copy of this process, or by itself without limits."""
    try:
        source, name = named_source(file, (limits or Limits(max_memory=None)).most_bytes)
        return explain(source, asked, name=name, lang=lang, model=model, limits=limits, command=None)
    except UnreadableError as error:
        stop(problem(error))
    except (ModelError, ExplainError, WorkerError) as error:
        stop(str(error))
