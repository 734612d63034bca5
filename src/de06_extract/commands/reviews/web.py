"""The command `web`: reports are reviewed in a browser of this machine."""

from __future__ import annotations

import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from de06_extract.commands.archive_output import errors_in_one_line
from de06_extract.commands.ending import INTERRUPTED
from de06_extract.commands.options import Debug, KeepPersonalData, Lang, Reviewer
from de06_extract.commands.settings.limits import MaxMemory, Stall, Timeout, limits_of
from de06_extract.commands.settings.option import Config
from de06_extract.commands.terminal import say, stop
from de06_extract.language.messages import said
from de06_extract.optional_libraries import load_extra

_LIBRARIES = ("starlette", "uvicorn", "python_multipart")


def review_in_browser(
    store: Annotated[Path | None, typer.Argument(metavar="STORE")] = None,
    port: Annotated[int, typer.Option(min=0, max=65_535, metavar="NUMBER")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open")] = False,
    reviewer: Reviewer = None,
    lang: Lang = "vi",
    keep_personal_data: KeepPersonalData = False,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    config: Config = None,
    debug: Debug = False,
) -> None:
    """Serves the review page on this machine until it is stopped."""
    with errors_in_one_line():
        for library in _LIBRARIES:
            load_extra(library, "web")
        from de06_extract.web.desk.data_folder import data_folder
        from de06_extract.web.desk.desk import DeskError
        from de06_extract.web.server import serve
        from de06_extract.web.settings import WebSettings

        settings = WebSettings(
            data_folder(),
            archive=store,
            language=lang,
            reviewer=reviewer,
            keep_personal_data=keep_personal_data,
            limits=limits_of(timeout, stall, max_memory),
        )

        def opened(address: str) -> None:
            say(said("web", "opened", address=address))
            say(said("web", "opened_once"))
            if not no_open:
                webbrowser.open(address)

        try:
            with suppress(KeyboardInterrupt):  # the server ends without it where the shell lets Ctrl+C be ignored
                serve(settings, port, opened)
        except DeskError as error:
            stop(str(error))
        say(said("web", "ended"))
        raise typer.Exit(INTERRUPTED)
