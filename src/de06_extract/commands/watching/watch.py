"""The command `watch`: reports are read again when they are saved, and a line says what changed."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from de06_extract.archive.baseline import Baseline, read_baseline
from de06_extract.archive.extract import LimitedExtractor
from de06_extract.archive.files.patterns import PathPatterns
from de06_extract.archive.watching.folder import FileEvent, WatchedFolder, causes_in
from de06_extract.commands.archive_output import errors_in_one_line
from de06_extract.commands.ending import INTERRUPTED
from de06_extract.commands.options import (
    BaselineFile,
    Debug,
    Exclude,
    Include,
    Indicators,
    KeepPersonalData,
    Lang,
    MinConfidence,
    Model,
)
from de06_extract.commands.settings.limits import MaxMemory, Stall, Timeout, limits_of
from de06_extract.commands.settings.option import Config
from de06_extract.commands.settings.selection import Ignore, Select, SeverityOf, selection_of
from de06_extract.commands.terminal import put, say, stop
from de06_extract.commands.watching.lines import lines_of
from de06_extract.language.messages import said, system_reason
from de06_extract.optional_libraries import load_extra

_TICK = 200  # milliseconds between two looks at files that are being written
_GATHERED = 200  # milliseconds in which changes that follow each other are told together
_A_TIME = 1.0  # seconds of reading what was there before, between two looks at what is being saved


def watch_folder(
    path: Annotated[Path, typer.Argument(metavar="FOLDER")],
    include: Include = None,
    exclude: Exclude = None,
    baseline: BaselineFile = None,
    lang: Lang = "vi",
    indicators: Indicators = None,
    keep_personal_data: KeepPersonalData = False,
    model: Model = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOf = None,
    min_confidence: MinConfidence = None,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    config: Config = None,
    debug: Debug = False,
) -> None:
    """Reads a report again when it is saved, and says what changed, until it is stopped."""
    with errors_in_one_line():
        wanted = selection_of(select, ignore, severity, min_confidence, lang)
        changes = load_extra("watchfiles", "watch")
        known = Baseline() if baseline is None else read_baseline(baseline)
        if not path.exists():
            stop(f"{path}: " + said("errors", "no_such_file"))
        with LimitedExtractor(
            limits_of(timeout, stall, max_memory),
            lang=lang,
            indicators=indicators,
            model=model,
            keep_personal_data=keep_personal_data,
        ) as extractor:
            watched = WatchedFolder(
                path,
                lambda file, name: extractor.extract(file, name=name).only(wanted),
                wanted=PathPatterns(include, exclude),
                but=[file for file in (indicators, model, config, baseline) if file is not None],
                baseline=known,
                language=lang,
            )
            try:
                _tell(watched, changes)
            except KeyboardInterrupt:
                say(said("watch", "ended"))
                raise typer.Exit(INTERRUPTED) from None


def _tell(watched: WatchedFolder, changes: Any) -> None:
    """Says what happens in the folder, until somebody stops it, nobody reads it, or the folder is gone."""
    before = iter(watched.reports())
    earlier: list[FileEvent] | None = []
    say(said("watch", "begun", path=watched.folder))
    with closing(_ticks(changes, watched)) as ticks:  # whatever ends it, the library lets go of the folder at once
        for changed in ticks:
            watched.changed(changed, time.monotonic())
            for event in watched.events(time.monotonic()):
                if not put(lines_of(event, with_cards=True)):
                    return
            if earlier is not None:
                earlier = _read_earlier(watched, before, earlier)


def _ticks(changes: Any, watched: WatchedFolder) -> Generator[set[str], None, None]:
    """The paths that changed, many times a second, also where none did. Stops where the folder is gone."""
    ticks = changes.watch(
        watched.folder,
        watch_filter=None,
        debounce=_GATHERED,
        step=_GATHERED // 2,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        recursive=watched.has_subfolders,
        ignore_permission_denied=True,
    )
    try:
        with closing(ticks):
            for changed in ticks:
                if not os.path.isdir(watched.folder):
                    stop(said("watch", "folder_gone", path=watched.folder))
                yield {path for _, path in changed}
    except OSError as error:
        stop(f"{watched.folder}: {system_reason(error)}")


def _read_earlier(watched: WatchedFolder, files: Iterator[str], events: list[FileEvent]) -> list[FileEvent] | None:
    """What was found in reports that were there before, some of them; None once all of them are read."""
    until = time.monotonic() + _A_TIME
    while time.monotonic() < until:
        file = next(files, None)
        if file is None:
            say(said("watch", "read", files=sum(e.what == "first" for e in events), count=causes_in(events)))
            return None
        event = watched.event(file, time.monotonic())
        if event is not None:
            events.append(event)
            if event.change.left or event.error is not None:
                put(lines_of(event, with_cards=False))
    return events
