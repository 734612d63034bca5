"""How a command is used, in the language that is asked for: its help, and what is wrong with its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from typer.core import TyperArgument, TyperCommand

from de06_extract.commands.terminal import say
from de06_extract.language.messages import messages, said, spoken

_WIDTH = 100
_INDENT = 2


FOUND_SETTINGS = "de06_extract.found_settings"  # where a context has the line that says which file set what


class Command(TyperCommand):
    """A command whose help is in `data/messages/help.toml`, by its name and those of its options."""

    def invoke(self, ctx: Any) -> Any:
        """Says which file set what, if it was found and not named, and runs the command."""
        line = ctx.meta.get(FOUND_SETTINGS)
        if line is not None and not ctx.params.get("quiet"):
            say(line)
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help of this command alone."""
        write_help(self, ctx, formatter)


def write_help(command: Any, ctx: Any, formatter: Any, shown: str = "") -> None:
    """Writes the usage, what the command does, its arguments and options; `shown` is how it is used, if otherwise."""
    formatter.width = min(formatter.width, _WIDTH) if formatter.width else _WIDTH
    arguments = [parameter for parameter in command.params if isinstance(parameter, TyperArgument)]
    options = [p for p in command.params if not isinstance(p, TyperArgument) and not p.hidden]
    pieces = shown or " ".join((said("help", "with_options"), *map(name_of, arguments)))
    formatter.write_usage(ctx.command_path, pieces, prefix=said("help", "usage"))
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(said("help", f"about.{'program' if shown else command.name}"))
    rows = [(name_of(argument), help_of(command, argument)) for argument in arguments]
    _write_rows(formatter, "arguments", rows)
    rows = [(_names(option), help_of(command, option) + _default(option)) for option in options]
    _write_rows(
        formatter, "options", [*rows, (", ".join(sorted(ctx.help_option_names, key=len)), said("help", "help_option"))]
    )


def _write_rows(formatter: Any, heading: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(said("help", heading)):
            formatter.write_dl(rows)


def write_commands(formatter: Any, names: Iterable[str]) -> None:
    """Writes the commands with what each does, and how the program ends."""
    _write_rows(formatter, "commands", [(name, said("help", f"about.{name}")) for name in names])
    formatter.write_paragraph()
    formatter.write_text(said("help", "exit_codes"))
    formatter.write_text(said("help", "language"))
    formatter.write_text(said("help", "completion"))


def help_of(command: Any, parameter: Any) -> str:
    """The words on an option or argument: the command's own, those of all commands, or what the code says of it."""
    tables: dict[str, Any] = messages("help")[spoken()]
    for table in (command.name, "option"):
        template = tables.get(table, {}).get(parameter.name)
        if template is not None:
            found = {name: alternatives(words) for name, words in messages("help")["found"].items()}
            return str(template).format_map(found)
    return parameter.help or ""


def alternatives(words: Iterable[str]) -> str:
    """The words as a choice.

    >>> alternatives([".csv", ".json", ".txt"]), alternatives(["csv"])
    ('.csv, .json or .txt', 'csv')
    """
    *others, last = words
    return f"{', '.join(others)} {said('help', 'or')} {last}" if others else last


def name_of(argument: Any) -> str:
    """How an argument is called: «FILE», «PATH...»."""
    name = _metavar(argument)
    shown = said("help", "several", name=name) if argument.nargs == -1 else name
    return shown if argument.required else f"[{shown}]"


def _names(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {_metavar(option)}"


def _metavar(parameter: Any) -> str:
    """What stands for the value: a choice, or a noun in the language that is spoken."""
    choices = choices_of(parameter)
    if choices and parameter.metavar is None:
        return "|".join(choices)
    name = str(parameter.metavar or "TEXT").strip("[].")
    words: dict[str, str] = messages("help")[spoken()]["metavar"]
    return words.get(name, name)


def choices_of(parameter: Any) -> tuple[str, ...]:
    """The values that an option takes, if they are a few words."""
    held = getattr(parameter, "choices", None) or getattr(getattr(parameter, "type", None), "choices", None)
    if held is None:
        held = getattr(getattr(parameter, "type_descriptor", None), "choices", None)
    return tuple(map(str, held or ()))


def _default(option: Any) -> str:
    value = option.default
    if option.is_flag or value is None or callable(value) or option.show_default is False:
        return ""
    return f" [{said('help', 'default', value=value)}]"


def usage_problem(error: Any) -> Iterator[str]:
    """The lines on wrong usage: what is wrong, and where there is help."""
    yield said("help", "wrong.line", problem=_problem(error))
    ctx = getattr(error, "ctx", None)
    command = "de06-extract" if ctx is None else ctx.command_path
    yield said("help", "wrong.see", command=command.removesuffix(" extract"))


def _problem(error: Any) -> str:
    """What is wrong, by the kind of error: the library says it in English only."""
    kind, option = type(error).__name__, getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        problem = said("help", "wrong.no_such_option", option=option)
        known = alternatives(sorted(error.possibilities)) if error.possibilities else ""
        return said("help", "wrong.did_you_mean", problem=problem, known=known) if known else problem
    if kind == "BadOptionUsage":
        return said("help", "wrong.lacks_value", option=option)
    if kind == "MissingParameter" and error.param is not None:
        return said("help", "wrong.missing", name=_called(error.param))
    if kind == "BadParameter" and error.param is not None:
        return _bad_value(error)
    if error.message.startswith(_EXTRA):
        return said("help", "wrong.unexpected", arguments=error.message[error.message.rfind("(") + 1 : -1])
    return str(error.message)


_EXTRA = "Got unexpected extra argument"


def _bad_value(error: Any) -> str:
    """What is wrong with the value of an option."""
    parameter, option = error.param, _called(error.param)
    choices = choices_of(parameter)
    info = getattr(getattr(parameter, "type_descriptor", None), "parameter_info", None)
    low, high = (getattr(info or getattr(parameter, "type", None), end, None) for end in ("min", "max"))
    if choices:
        return said("help", "wrong.choice", option=option, choices=", ".join(choices))
    if low is not None and high is not None:
        return said("help", "wrong.range", option=option, low=low, high=high)
    return said("help", "wrong.value", option=option, problem=error.message.removeprefix("Value error, "))


def _called(parameter: Any) -> str:
    if isinstance(parameter, TyperArgument):
        return name_of(parameter).strip("[]")
    return str(max(parameter.opts, key=len))
