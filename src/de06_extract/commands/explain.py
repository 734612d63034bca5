"""The command `explain`: why a claim, a finding or a figure is read as it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.commands.options import Lang, Model
from de06_extract.commands.terminal import put, stop
from de06_extract.errors import ExplainError, ModelError, UnreadableError
from de06_extract.output.console import rendered
from de06_extract.pipeline.explain import explain
from de06_extract.schema.display import Language
from de06_extract.schema.explanation import Explanation

_STDIN = "-"


def explain_figure(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A {endings} file, or - for stdin.")],
    asked: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="The id of a claim (c12) or of a finding or its beginning, a figure as written (98,57%), or @OFFSET.",
        ),
    ],
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="Text for people, or JSON.")] = "text",
    lang: Lang = "vi",
    model: Model = None,
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
    except (UnreadableError, ModelError, ExplainError) as error:
        stop(str(error))
