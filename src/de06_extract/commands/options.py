"""The options that several commands have; what their help says is in `data/messages/help.toml`, by their names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from de06_extract.commands.terminal import stop
from de06_extract.commands.usage import alternatives
from de06_extract.language.messages import VARIABLE, Language, said
from de06_extract.output.tables.csv_tables import Delimiter, Headers
from de06_extract.schema.severity import Severity

if TYPE_CHECKING:
    from de06_extract.output.format import Format

HELP_OPTIONS = ["--help", "-h"]

Reports = Annotated[list[Path] | None, typer.Option("--output", "--report", "-o", metavar="FILE")]
CsvDelimiter = Annotated[Delimiter, typer.Option("--delimiter")]
CsvHeaders = Annotated[Headers, typer.Option("--headers")]
Lang = Annotated[Language, typer.Option("--lang", envvar=VARIABLE)]
KeepPersonalData = Annotated[bool, typer.Option("--keep-personal-data")]
Indicators = Annotated[Path | None, typer.Option("--indicators", metavar="FILE")]
Model = Annotated[Path | None, typer.Option("--model", metavar="FILE")]
MinConfidence = Annotated[float | None, typer.Option("--min-confidence", min=0, max=1, metavar="X")]
BaselineFile = Annotated[Path | None, typer.Option("--baseline", metavar="FILE")]
NewBaseline = Annotated[Path | None, typer.Option("--write-baseline", metavar="FILE")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT")]
DecisionFiles = Annotated[list[Path] | None, typer.Option("--decisions", metavar="FILE")]
Reviewer = Annotated[str | None, typer.Option("--reviewer", metavar="TEXT")]
SplitBy = Annotated[Literal["unit"] | None, typer.Option("--split-by")]
Include = Annotated[list[str] | None, typer.Option("--include", metavar="PATTERN")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", metavar="PATTERN")]
FailOn = Annotated[Severity | None, typer.Option("--fail-on")]
Debug = Annotated[bool, typer.Option("--debug")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v")]


def _printed_name(text: str) -> str:
    """The name, if it is that of a form in which an archive can be printed."""
    from de06_extract.output.archive import printed_formats

    names = [form.name for form in printed_formats()]
    if text not in names:
        raise typer.BadParameter(said("command", "no_form", name=text, known=alternatives(names)))
    return text


PrintedForm = Annotated[str | None, typer.Option("--format", parser=_printed_name, metavar="FORM")]


def refuse_without_csv(ctx: typer.Context, forms: Iterable[Format], command: str) -> None:
    """Stops where an option of CSV alone was given on the command line and none of the forms is CSV.

    In a file of settings it says how CSV is written wherever it is.
    """
    has_csv = any(form.has_delimiter for form in forms)
    for name in ("delimiter", "headers"):
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE" and not has_csv:
            stop(said("command", "goes_with", option=f"--{name}", other=command))
