"""The options that several commands have, and how their help names what is found: formats that are read and written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

from de06_extract.output.archive import archive_formats
from de06_extract.output.report import report_formats
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.readers import readers
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity

HELP_OPTIONS = ["--help", "-h"]

Reports = Annotated[
    list[Path] | None,
    typer.Option("--report", "-o", help="Write the results: {archive_endings}; repeatable."),
]
CsvDelimiter = Annotated[
    Delimiter | None,
    typer.Option(
        "--delimiter", help="{with_delimiter}: what stands between cells (comma); semicolon: with decimal commas."
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help="The language of messages and reports.")]
KeepPersonalData = Annotated[
    bool,
    typer.Option("--keep-personal-data", help="Do not mask identity and telephone numbers of citizens (***)."),
]
Indicators = Annotated[Path | None, typer.Option("--indicators", help="A TOML file with further indicators.")]
Model = Annotated[
    Path | None, typer.Option("--model", help="A file of weights, in place of those that come with the program.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0, max=1, metavar="X", help="Leave out findings that are less sure, 0 to 1."),
]
BaselineFile = Annotated[Path | None, typer.Option("--baseline", help="A file of dismissed findings to mark as such.")]
NewBaseline = Annotated[
    Path | None,
    typer.Option("--write-baseline", help="Dismiss all findings that there are now: write them to this file."),
]
Reason = Annotated[str | None, typer.Option("--reason", help="With --write-baseline: why they are dismissed.")]
FailOn = Annotated[
    Severity | None, typer.Option("--fail-on", help="Exit with 1 on such a finding or a worse one, not dismissed.")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show where a defect of the program lies; see exit code 70.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")]


class CommandWithFormats(TyperCommand):
    """A command in whose help «{endings}» and the like stand for what is found of readers and forms."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options with what is found put in; not before help is asked for, since all readers are loaded for it."""
        words = {
            "endings": alternatives(sorted(readers())),
            "archive_endings": alternatives(suffix for form in archive_formats() for suffix in form.suffixes),
            "with_tables": ", ".join(form.name for form in report_formats() if form.tables != "none"),
            "with_tables_apart": alternatives(form.name for form in report_formats() if form.tables == "apart"),
            "with_delimiter": ", ".join(form.name for form in report_formats() if form.has_delimiter),
        }
        for parameter in self.params:
            if isinstance(parameter, TyperArgument | TyperOption) and parameter.help is not None:
                parameter.help = re.sub(r"\{(\w+)\}", lambda found: words[found[1]], parameter.help)
        super().format_options(ctx, formatter)


def alternatives(words: Iterable[str]) -> str:
    """The words as a choice.

    >>> alternatives([".csv", ".json", ".txt"]), alternatives(["csv"])
    ('.csv, .json or .txt', 'csv')
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
