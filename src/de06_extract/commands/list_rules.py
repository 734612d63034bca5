"""The command `rules`: it lists them, or explains one."""

from __future__ import annotations

from typing import Annotated

import typer

from de06_extract.commands.terminal import put, stop
from de06_extract.output.console import rendered
from de06_extract.pipeline.program import NAME
from de06_extract.rules.checks import rules
from de06_extract.schema.display import Language


def list_rules(
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
