"""The command `explain`: why a claim, a finding or a figure is read as it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.commands.options import Lang, Model
from de06_extract.commands.settings.option import Config
from de06_extract.commands.terminal import problem, put, stop
from de06_extract.errors import ExplainError, ModelError, UnreadableError
from de06_extract.output.console import rendered
from de06_extract.pipeline.explain import explain
from de06_extract.schema.display import Language
from de06_extract.schema.explanation import Explanation

_STDIN = "-"


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
    config: Config = None,
) -> None:
    """Say why a figure of FILE is read as it is: the readings, what speaks for and against each, what became of it."""
    explanation = _explained(file, asked, lang, model)
    if form == "json":
        put(explanation.model_dump_json(indent=2) + "\n")
        return
    from de06_extract.output.explanation import show_explanation

    put(rendered(lambda console: show_explanation(explanation, console, lang)))


def _explained(file: Path, asked: str, lang: Language, model: Path | None) -> Explanation:
    try:
        if str(file) == _STDIN:
            return explain(sys.stdin.buffer.read(), asked, name="stdin.txt", lang=lang, model=model)
        name = os.fsencode(file.name).decode("utf-8", "replace")
        return explain(file, asked, name=name, lang=lang, model=model)
    except UnreadableError as error:
        stop(problem(error))
    except (ModelError, ExplainError) as error:
        stop(str(error))
