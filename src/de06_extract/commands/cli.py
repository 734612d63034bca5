"""The command `de06-extract`; its commands have a module each: they convert and print, and decide nothing."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from de06_extract.commands.check import check_files
from de06_extract.commands.ending import run_to_end
from de06_extract.commands.explain import explain_figure
from de06_extract.commands.extract import extract_file
from de06_extract.commands.learn import learn_weights
from de06_extract.commands.list_rules import list_rules
from de06_extract.commands.options import HELP_OPTIONS, CommandWithFormats
from de06_extract.commands.report import report_results

_DEFAULT = "extract"


class FileOrCommand(TyperGroup):
    """A group in which an argument that names no command is the FILE of `extract`: «de06-extract FILE»."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default command where none is named."""
        named = bool(args) and args[0] in (*self.commands, *HELP_OPTIONS)
        return super().parse_args(ctx, args if named else [_DEFAULT, *args])

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The usage of the default command, and that there are others."""
        return ["[OPTIONS] FILE | COMMAND ..."]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options of the default command, then the commands."""
        self.commands[_DEFAULT].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


app = typer.Typer(
    cls=FileOrCommand,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP_OPTIONS},
    help="Reads a Vietnamese administrative report, finds the numbers it claims, and says which cannot all be true.",
    epilog=(
        "Exit codes: 0 read (with or without findings), 1 --fail-on was met, 2 unreadable file or wrong usage,"
        " 70 a defect of the program, 130 interrupted."
    ),
)


@app.callback()
def _group() -> None:
    """What the options of the group would be; they all belong to the commands."""


app.command(name=_DEFAULT, cls=CommandWithFormats)(extract_file)
app.command(name="explain", cls=CommandWithFormats)(explain_figure)
app.command(name="rules")(list_rules)
app.command(name="check", cls=CommandWithFormats)(check_files)
app.command(name="report", cls=CommandWithFormats)(report_results)
app.command(name="learn")(learn_weights)


def main() -> None:
    """The entry point."""
    sys.exit(run_to_end(app, sys.argv[1:]))
