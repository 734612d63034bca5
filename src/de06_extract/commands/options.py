"""The options that several commands have; what their help says is in `data/messages/help.toml`, by their names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from de06_extract.language.messages import VARIABLE, Language
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.schema.severity import Severity

HELP_OPTIONS = ["--help", "-h"]

Reports = Annotated[list[Path] | None, typer.Option("--output", "--report", "-o", metavar="FILE")]
CsvDelimiter = Annotated[Delimiter | None, typer.Option("--delimiter")]
Lang = Annotated[Language, typer.Option("--lang", envvar=VARIABLE)]
KeepPersonalData = Annotated[bool, typer.Option("--keep-personal-data")]
Indicators = Annotated[Path | None, typer.Option("--indicators", metavar="FILE")]
Model = Annotated[Path | None, typer.Option("--model", metavar="FILE")]
MinConfidence = Annotated[float | None, typer.Option("--min-confidence", min=0, max=1, metavar="X")]
BaselineFile = Annotated[Path | None, typer.Option("--baseline", metavar="FILE")]
NewBaseline = Annotated[Path | None, typer.Option("--write-baseline", metavar="FILE")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT")]
FailOn = Annotated[Severity | None, typer.Option("--fail-on")]
Debug = Annotated[bool, typer.Option("--debug")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v")]
