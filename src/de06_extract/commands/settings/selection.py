"""The options that choose findings: rules that are wanted or not, other severities, a least confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Annotated, cast, get_args

import typer

from de06_extract.commands.terminal import stop
from de06_extract.language.messages import messages
from de06_extract.schema.display import Language
from de06_extract.schema.selection import Selection
from de06_extract.schema.severity import Severity

_LIKELY = 70  # of 100, from which a name is taken for another one written wrong

Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE"),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="RULE")]
SeverityOf = Annotated[
    list[str] | None,
    typer.Option("--severity", metavar="RULE_LEVEL"),
]


def selection_of(
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    severity: Iterable[str] | None,
    least: float | None,
    lang: Language,
) -> Selection:
    """The selection that the options state. Stops where a name fits no rule, or a level is none."""
    return Selection(
        select=known_rules("--select", _listed(select), lang),
        ignore=known_rules("--ignore", _listed(ignore), lang),
        severities=dict(_severities(_listed(severity), lang)),
        least=least,
    )


def _listed(options: Iterable[str] | None) -> list[str]:
    """What stands between the commas of an option, of all times that it is given."""
    return [name for option in options or () for part in option.split(",") if (name := part.strip())]


def _severities(options: Iterable[str], lang: Language) -> Iterator[tuple[str, Severity]]:
    for written in options:
        rule, _, level = written.partition("=")
        if level not in get_args(Severity):
            levels = ", ".join(get_args(Severity))
            stop(messages("selection")[lang]["no_severity"].format(option="--severity", written=written, levels=levels))
        yield from ((name, cast(Severity, level)) for name in known_rules("--severity", [rule], lang))


def known_rules(option: str, names: Iterable[str], lang: Language) -> tuple[str, ...]:
    """The names, each of which fits a rule. Stops where one does not, and says of which option it is."""
    listed = tuple(names)
    for name in listed:
        if not any(fnmatchcase(rule, name) for rule in _rule_ids()):
            words = messages("selection")[lang]
            from rapidfuzz import process

            near = process.extractOne(name, _rule_ids(), score_cutoff=_LIKELY)
            nearest = words["nearest"].format(rule=near[0]) if near else ""
            stop(words["no_rule"].format(option=option, rule=name, nearest=nearest))
    return listed


def _rule_ids() -> list[str]:
    from de06_extract.archive.across.checks import across_rules
    from de06_extract.rules.checks import rules

    return [rule.id for rule in (*rules(), *across_rules())]
