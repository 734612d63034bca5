"""The command `de06-extract`: it converts and prints, and decides nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, get_args

import typer
from typer.core import TyperGroup

from de06_extract.errors import TaxonomyError, UnreadableError
from de06_extract.pipeline import NAME, extract
from de06_extract.rule import Language
from de06_extract.rules import rules
from de06_extract.schema import Report, Severity

if TYPE_CHECKING:
    from rich.console import Console

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
    form: Annotated[Literal["json", "text"], typer.Option("--format", help="For programs or for people.")] = "json",
    lang: Annotated[Language, typer.Option(help="The language of the messages.")] = "vi",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, not stdout.")] = None,
    indicators: Annotated[Path | None, typer.Option(help="A TOML file with further indicators.")] = None,
    fail_on: Annotated[Severity | None, typer.Option(help="Exit with 1 on such a finding or a worse one.")] = None,
    _: Annotated[bool, _VERSION] = False,
) -> None:
    """Check FILE; «de06-extract FILE» is short for this."""
    if output is not None and _is_same(file, output):
        _stop(f"{output}: is the file to read, it is not overwritten")
    report = _read(file, lang, indicators)
    if form == "json":
        text = report.model_dump_json(indent=2) + "\n"
    else:
        from de06_extract.render import show_report

        text = _rendered(lambda console: show_report(report, console, lang), plain=output is not None)
    if output is None:
        _print(text)
    else:
        _save(text, output)
    severities: tuple[Severity, ...] = get_args(Severity)
    if fail_on and any(report.summary.findings[s] for s in severities[: severities.index(fail_on) + 1]):
        raise typer.Exit(1)


@app.command(name="rules")
def _rules(
    rule: Annotated[str | None, typer.Argument(metavar="[RULE]", help="The id of one rule.")] = None,
    lang: Annotated[Language, typer.Option(help="The language of the titles.")] = "vi",
) -> None:
    """List the rules, or explain one."""
    from de06_extract.render import show_rule, show_rules

    if rule is None:
        _print(_rendered(lambda console: show_rules(rules(), console, lang)))
        return
    by_id = {known.id: known for known in rules()}
    if rule not in by_id:
        _stop(f"{rule}: there is no such rule ({NAME} rules lists them)")
    _print(_rendered(lambda console: show_rule(by_id[rule], console, lang)))


def _read(file: Path, lang: Language, indicators: Path | None) -> Report:
    """The report on a file or on standard input; the name is made printable for systems where it may be any bytes."""
    try:
        if str(file) == "-":
            return extract(sys.stdin.buffer.read(), name="stdin.txt", lang=lang, indicators=indicators)
        name = os.fsencode(file.name).decode("utf-8", "replace")
        return extract(file, name=name, lang=lang, indicators=indicators)
    except (UnreadableError, TaxonomyError) as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    """One line on standard error, whatever the names in it hold, and exit 2."""
    typer.echo("".join(character if character.isprintable() else "?" for character in message), err=True)
    raise typer.Exit(2)


def _is_same(file: Path, output: Path) -> bool:
    try:
        return output.samefile(file)
    except OSError:
        return False


def _rendered(show: Callable[[Console], None], *, plain: bool = False) -> str:
    """What `show` prints, styled for standard output if that is a terminal."""
    from rich.console import Console

    from de06_extract.render import WIDTH

    plain = plain or not sys.stdout.isatty()
    console = Console(width=WIDTH if plain else None, color_system=None if plain else "auto", highlight=False)
    with console.capture() as captured:
        show(console)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _print(text: str) -> None:
    """Writes UTF-8 to standard output; a reader that went away is no error."""
    try:
        typer.echo(text.encode(), nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _stop(f"standard output: cannot be written ({error.strerror})")


def _save(text: str, output: Path) -> None:
    """Writes the whole text or leaves what was there; a device or pipe is written to, not replaced."""
    target = output.resolve()
    part = target.with_name(f".{NAME}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        try:
            part.write_bytes(text.encode())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        _stop(f"{output}: cannot be written ({error.strerror})")


def main() -> None:
    """The entry point."""
    app()
