"""The option that names a file of settings, and how what is set becomes what the other options are without a word."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, get_args

import typer

from de06_extract.commands.settings.file import (
    NOWHERE,
    ConfigurationError,
    Found,
    find_configuration,
    read_configuration,
    variables,
)
from de06_extract.commands.settings.selection import known_rules
from de06_extract.commands.terminal import stop
from de06_extract.commands.usage import FOUND_SETTINGS
from de06_extract.language.messages import said
from de06_extract.wording import VARIABLE, Language


def _configure(ctx: typer.Context, given: Path | None) -> Path | None:
    """The file of settings, whose values from here on are the defaults of the command's options."""
    if ctx.resilient_parsing:
        return None
    try:
        found = _found(given)
        values = {} if found is None and variables().keys() <= {VARIABLE} else _values(found)
    except ConfigurationError as error:
        stop(str(error))
    ctx.default_map = {**(ctx.default_map or {}), **values}
    if given is None and found is not None:  # nobody named it: it may have come with the documents
        heeded = _keys(found) & {str(parameter.name).replace("_", "-") for parameter in ctx.command.params}
        if heeded:
            ctx.meta[FOUND_SETTINGS] = said("configuration", "found", file=found.path, keys=", ".join(sorted(heeded)))
    return None if found is None else found.path


def _keys(found: Found) -> set[str]:
    """The settings of a file by the names of the options."""
    return {key.replace("_", "-") for key in found.values}


def _found(given: Path | None) -> Found | None:
    if given is None:
        return find_configuration(Path.cwd())
    return None if str(given) == NOWHERE else read_configuration(given)


def _values(found: Found | None) -> dict[str, object]:
    """The values that are set, by the names of the parameters. Raises a `ConfigurationError`."""
    from de06_extract.commands.settings.model import option_values, settings

    language = _language(found)
    stated = settings(found, language)
    place = "DE06_" if found is None else f"{found.path}: "
    for key, names in (("select", stated.select), ("ignore", stated.ignore), ("severity", stated.severity)):
        known_rules(f"{place}{key}", names, language)
    return option_values(stated)


def _language(found: Found | None) -> Language:
    stated = os.environ.get(VARIABLE) or (None if found is None else found.values.get("lang"))
    return next((language for language in get_args(Language) if language == stated), "vi")


Config = Annotated[
    Path | None,
    typer.Option("--config", is_eager=True, callback=_configure, metavar="FILE"),
]
