"""The command `rules`: it lists them, or explains one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from de06_extract.commands.options import Lang
from de06_extract.commands.terminal import put, stop
from de06_extract.language.messages import said
from de06_extract.output.console import rendered
from de06_extract.rules.checks import rules


def list_rules(
    rule: Annotated[str | None, typer.Argument(metavar="RULE")] = None,
    lang: Lang = "vi",
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
        alike = next(iter(get_close_matches(rule, by_id, 1)), None)
        stop(said("command", "no_rule" if alike is None else "no_rule_but", rule=rule, known=alike))
    put(rendered(lambda console: show_rule(by_id[rule], console, lang)))
