"""The command `de06-extract`; its commands have a module each, loaded when it is called: they convert and print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from de06_extract.commands.ending import run_to_end
from de06_extract.commands.extract import print_version
from de06_extract.commands.list_rules import is_whole_list, show_every_rule
from de06_extract.commands.options import HELP_OPTIONS
from de06_extract.commands.routing import is_many, misspelt, paths_of
from de06_extract.commands.terminal import stop
from de06_extract.commands.usage import Command, write_commands, write_help
from de06_extract.language.messages import asked_language, said, speaking, spoken

_DEFAULT, _MANY = "extract", "check"
_COMMANDS = {  # each with its module and function
    "extract": ("extract", "extract_file"),
    "explain": ("explain", "explain_figure"),
    "rules": ("list_rules", "list_rules"),
    "check": ("check", "check_files"),
    "watch": ("watching.watch", "watch_folder"),
    "web": ("reviews.web", "review_in_browser"),
    "report": ("report", "report_results"),
    "learn": ("learn", "learn_weights"),
}
_COMPLETION = ("--install-completion", "--show-completion")  # options of the group itself, made by the library


class FileOrCommand(TyperGroup):
    """A group in which what names no command is a FILE of `extract`, and several files or a folder are a `check`."""

    def main(self, args: Sequence[str] | None = None, *words: Any, **extra: Any) -> Any:
        """Runs in the language that the arguments ask for."""
        with speaking(asked_language(sys.argv[1:] if args is None else args)):
            return super().main(args, *words, **extra)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, name: str) -> Any:
        """The command of this name, loaded now; None where there is none."""
        if name not in _COMMANDS:
            return None
        if name not in self.commands:
            module, function = _COMMANDS[name]
            one = typer.Typer(**_SETTINGS)
            one.command(name, cls=Command)(getattr(import_module(f"de06_extract.commands.{module}"), function))
            self.commands[name] = typer.main.get_command(one)
        return self.commands[name]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts a command where none is named: that for one file, or that for many."""
        if is_whole_list(args):  # for the library that reads options takes longer than these two
            show_every_rule(spoken())
            raise typer.Exit
        if args == ["--version"]:
            print_version(True)
        is_open = ctx.resilient_parsing and not args  # the first word is being completed: it may be a command yet
        if args and args[0] in HELP_OPTIONS:
            args = args[:1]  # the language that may stand behind it is known already
        elif not is_open and (not args or args[0] not in (*_COMMANDS, *_COMPLETION)):
            args = [self._meant(ctx, args), *args]
        return super().parse_args(ctx, args)

    def _meant(self, ctx: Any, args: list[str]) -> str:
        """The command that is meant; stops where the first path is a command misspelt."""
        commands = [self.get_command(ctx, _DEFAULT)]
        paths = paths_of(args, commands)
        if paths is None:  # an option of another command is among them
            paths = paths_of(args, [*commands, self.get_command(ctx, _MANY)]) or []
        meant = misspelt(paths, _COMMANDS)
        if meant is not None:
            behind = " ".join(args[args.index(paths[0]) + 1 :])
            stop(said("command", "misspelt", path=paths[0], command=f"de06-extract {meant} {behind}".rstrip()))
        return _MANY if is_many(paths) else _DEFAULT

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The options of the default command, then the commands."""
        write_help(self.get_command(ctx, _DEFAULT), ctx, formatter, said("help", "or_command"))
        write_commands(formatter, _COMMANDS)


_SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": HELP_OPTIONS},
}
app = typer.Typer(cls=FileOrCommand, **{**_SETTINGS, "add_completion": True})


@app.callback()
def _group() -> None:
    """What the options of the group would be; they all belong to the commands."""


def main() -> None:
    """The entry point."""
    sys.exit(run_to_end(app, sys.argv[1:]))
