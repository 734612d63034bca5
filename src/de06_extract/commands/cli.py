"""The command `de06-extract`: it converts and prints, and decides nothing."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal, get_args

import typer
from typer.core import TyperGroup

from de06_extract.commands.archive import check, report
from de06_extract.errors import TaxonomyError, UnreadableError
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.output.tables.write import BINARY, TableForm, destinations, require, write_tables
from de06_extract.output.terminal import put, rendered, saved, stop
from de06_extract.pipeline.extract import extract
from de06_extract.pipeline.program import NAME
from de06_extract.rules.checks import rules
from de06_extract.schema.display import Language
from de06_extract.schema.report import Report, Severity
from de06_extract.schema.rows import Kind

Form = Literal["json", "text", "csv", "xlsx", "parquet"]

_DEFAULT = "extract"
_HELP = ["--help", "-h"]


class FileOrCommand(TyperGroup):
    """A group in which an argument that names no command is the FILE of `extract`: «de06-extract FILE»."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts the default command where none is named."""
        named = bool(args) and args[0] in (*self.commands, *_HELP)
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
    context_settings={"help_option_names": _HELP},
    help="Reads a Vietnamese administrative report, finds the numbers it claims, and says which cannot all be true.",
    epilog="Exit codes: 0 read (with or without findings), 1 --fail-on was met, 2 unreadable file or wrong usage.",
)


@app.callback()
def _group() -> None:
    """What the options of the group would be; they all belong to the commands."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {version(NAME)}")
        raise typer.Exit


_VERSION = typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")


@app.command(name=_DEFAULT)
def _extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .pdf, .docx, .txt or .md file, or - for stdin.")],
    form: Annotated[
        Form,
        typer.Option("--format", help="For programs, for people, or tables for both."),
    ] = "json",
    lang: Annotated[Language, typer.Option(help="The language of the messages.")] = "vi",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, not stdout.")] = None,
    table: Annotated[
        Kind | None, typer.Option(help="csv, xlsx, parquet: this table alone (csv and parquet on stdout: findings).")
    ] = None,
    delimiter: Annotated[
        Delimiter | None, typer.Option(help="csv: what stands between cells (comma); semicolon: with decimal commas.")
    ] = None,
    indicators: Annotated[Path | None, typer.Option(help="A TOML file with further indicators.")] = None,
    fail_on: Annotated[Severity | None, typer.Option(help="Exit with 1 on such a finding or a worse one.")] = None,
    _: Annotated[bool, _VERSION] = False,
) -> None:
    """Check FILE; «de06-extract FILE» is short for this."""
    files = _checked_files(form, file, output, table, delimiter)
    report = _read(file, lang, indicators)
    if form == "json":
        put(report.model_dump_json(indent=2) + "\n", output)
    elif form == "text":
        from de06_extract.output.text import show_report

        put(rendered(lambda console: show_report(report, console, lang), plain=output is not None), output)
    else:
        path = None if str(file) == "-" else os.fsencode(file).decode("utf-8", "replace")
        _put_tables(form, report, path, files, lang, delimiter or "comma")
    severities: tuple[Severity, ...] = get_args(Severity)
    if fail_on and any(report.summary.findings[s] for s in severities[: severities.index(fail_on) + 1]):
        raise typer.Exit(1)


@app.command(name="rules")
def _rules(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="The id of one rule.")] = None,
    lang: Annotated[Language, typer.Option(help="The language of the titles.")] = "vi",
) -> None:
    """List the rules, or explain one."""
    from de06_extract.archive.across.checks import across_rules
    from de06_extract.output.text import AnyRule, show_rule, show_rules

    every: list[AnyRule] = [*rules(), *across_rules()]
    if rule is None:
        put(rendered(lambda console: show_rules(every, console, lang)))
        return
    by_id = {known.id: known for known in every}
    if rule not in by_id:
        stop(f"{rule}: there is no such rule ({NAME} rules lists them)")
    put(rendered(lambda console: show_rule(by_id[rule], console, lang)))


def _checked_files(
    form: Form, file: Path, output: Path | None, table: Kind | None, delimiter: Delimiter | None
) -> dict[Kind, Path | None]:
    """The file of each table, None for standard output; stops where the options do not fit, before anything is read."""
    if table and (form == "json" or form == "text"):
        stop("--table: goes with --format csv, xlsx or parquet")
    if delimiter and form != "csv":
        stop("--delimiter: goes with --format csv")
    files: dict[Kind, Path | None] = {}
    if form != "json" and form != "text":
        if output is None and form in BINARY and sys.stdout.isatty():
            stop(f"{form}: is not for a terminal; write it to a file: --output FILE.{form}")
        try:
            require(form)
        except MissingExtraError as error:
            stop(str(error))
        files = destinations(form, output, table)
    for target in (output, *files.values()):
        if target is not None and _is_same(file, target):
            stop(f"{target}: is the file to read, it is not overwritten")
    return files


def _read(file: Path, lang: Language, indicators: Path | None) -> Report:
    """The report on a file or on standard input; the name is made printable for systems where it may be any bytes."""
    try:
        if str(file) == "-":
            return extract(sys.stdin.buffer.read(), name="stdin.txt", lang=lang, indicators=indicators)
        name = os.fsencode(file.name).decode("utf-8", "replace")
        return extract(file, name=name, lang=lang, indicators=indicators)
    except (UnreadableError, TaxonomyError) as error:
        stop(str(error))


def _is_same(file: Path, output: Path) -> bool:
    try:
        return output.samefile(file)
    except OSError:
        return False


def _put_tables(
    form: TableForm,
    report: Report,
    path: str | None,
    files: dict[Kind, Path | None],
    lang: Language,
    delimiter: Delimiter,
) -> None:
    """Prints the tables, or writes all of them to their files."""
    outputs = tuple(dict.fromkeys(files.values()))
    named = tuple(output for output in outputs if output is not None)
    printed = BytesIO()
    with saved(*named) as opened_files:
        opened: dict[Path | None, BinaryIO] = {**dict(zip(named, opened_files, strict=True)), None: printed}
        by_kind = {kind: opened[output] for kind, output in files.items()}
        folder = named[0].parent if named else Path()
        write_tables(form, [(report, path)], by_kind, language=lang, delimiter=delimiter, folder=folder)
    if not named:
        put(printed.getvalue())


app.command(name="check")(check)
app.command(name="report")(report)


def main() -> None:
    """The entry point."""
    app()
