"""The command `rules`: it lists them, or explains one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from de06_extract.commands.options import Lang
from de06_extract.commands.terminal import put, stop
from de06_extract.language.messages import Language, said
from de06_extract.output.console import rendered

NAME = "rules"


def list_rules(
    rule: Annotated[str | None, typer.Argument(metavar="RULE")] = None,
    lang: Lang = "vi",
) -> None:
    """Lists the rules, or explains one."""
    if rule is None:
        show_every_rule(lang)
        return
    from difflib import get_close_matches

    from de06_extract.archive.across.checks import across_rules
    from de06_extract.output.text import AnyRule, show_rule
    from de06_extract.rules.checks import rules

    every: list[AnyRule] = [*rules(), *across_rules()]
    by_id = {known.id: known for known in every}
    if rule not in by_id:
        alike = next(iter(get_close_matches(rule, by_id, 1)), None)
        stop(said("command", "no_rule" if alike is None else "no_rule_but", rule=rule, known=alike))
    put(rendered(lambda console: show_rule(by_id[rule], console, lang)))


def show_every_rule(lang: Language) -> None:
    """Prints the list of the rules."""
    from de06_extract.output.rule_list import show_rules

    put(rendered(lambda console: show_rules(console, lang)))


def is_whole_list(arguments: Sequence[str]) -> bool:
    """True where the arguments of the program ask for the list alone, in whatever language.

    >>> is_whole_list(["rules"]), is_whole_list(["rules", "--lang", "en"]), is_whole_list(["rules", "sum-mismatch"])
    (True, True, False)
    """
    return [*arguments[:1]] == [NAME] and tuple(arguments[1:]) in ((), ("--lang", "vi"), ("--lang", "en"))
