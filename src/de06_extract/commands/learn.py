"""The command `learn`: weights adapted to an archive of one's own, after it is shown what that does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.permissions import narrowest_mode
from de06_extract.archive.learning import FEWEST, adapt_to, read_texts
from de06_extract.claims.prose.model_file import read_model_file
from de06_extract.commands.archive_output import errors_in_one_line
from de06_extract.commands.options import Debug, Lang, Quiet
from de06_extract.commands.settings.limits import MaxMemory, Stall, Timeout, limits_of
from de06_extract.commands.terminal import put, saved, say, stop
from de06_extract.language.messages import messages, said
from de06_extract.optional_libraries import load_extra
from de06_extract.output.console import rendered

# Sums over threads come in another order on another machine; the file is to be the same to the byte.
_THREADS = ("OMP", "OPENBLAS", "MKL")


def learn_weights(
    paths: Annotated[list[str], typer.Argument(metavar="FOLDER...")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")],
    base: Annotated[Path | None, typer.Option("--base", metavar="FILE")] = None,
    lang: Lang = "vi",
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Adapt the weights that decide which figures belong together to an archive, by its arithmetic alone."""
    from de06_extract.output.adaptation import show_adaptation

    words = messages("learn")[lang]
    for library in _THREADS:
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    with errors_in_one_line():
        for library in ("numpy", "scipy"):
            load_extra(library, "learn")
        if not output.parent.is_dir():
            stop(said("command", "unwritable", path=output, reason=said("command", "no_folder")))
        model = None if base is None else read_model_file(base)
        limits = limits_of(timeout, stall, max_memory)
        with Containers(limits) as containers:
            found = find_entries(paths, but=(output, *([] if base is None else [base])), containers=containers)
        read = read_texts(found.entries, limits, command=None)
    if len(read.texts) < FEWEST:
        stop(words["too_few"].format(texts=len(read.texts), fewest=FEWEST))
    adaptation, text = adapt_to(read.texts, model)
    if not quiet:
        put(rendered(lambda console: show_adaptation(adaptation, read, console, lang)))
    if not adaptation.is_better:
        stop(words["in_vain"].format(output=output))
    with saved(output, mode=narrowest_mode(found.entries)) as (file,):
        file.write(text.encode())
    if not quiet:
        say(words["written"].format(output=output))
