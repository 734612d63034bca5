"""The command `check`: all files of an archive are checked, and what comes out of them is kept in a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.archive.check import RETRIED, Engine, check_archive
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.file import files_of
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.store import open_store
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.commands.archive_output import ArchiveOutput, conclude, errors_in_one_line
from de06_extract.commands.options import (
    BaselineFile,
    CsvDelimiter,
    FailOn,
    Indicators,
    Lang,
    NewBaseline,
    Quiet,
    Reason,
    Reports,
    size,
)
from de06_extract.commands.progress import progress_bar
from de06_extract.commands.terminal import say, stop
from de06_extract.cores import all_cores
from de06_extract.indicators.taxonomy import read_taxonomy_file, taxonomy
from de06_extract.language.messages import messages

EngineName = Literal["local", "dask"]

_STORE = Path("de06-extract.sqlite")
_INTERRUPTED = 130


def check_files(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, patterns, ZIP archives, URLs.")
    ],
    report: Reports = None,
    store: Annotated[
        Path | None,
        typer.Option(help="The file that keeps the results (beside the first report, else de06-extract.sqlite here)."),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes (one a core).")] = None,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds that a file may take; 0: no limit.")] = 600,
    stall: Annotated[float, typer.Option(min=0, help="Seconds without a page or stage done; 0: no limit.")] = 60,
    max_memory: Annotated[
        int, typer.Option(parser=size, metavar="SIZE", help="Memory that a file may take; 0: no limit.")
    ] = "2G",  # type: ignore[assignment]
    retry: Annotated[
        bool, typer.Option("--retry", help="Try files again that took too long or too much, or broke the worker.")
    ] = False,
    baseline: BaselineFile = None,
    new_baseline: NewBaseline = None,
    reason: Reason = None,
    lang: Lang = "vi",
    indicators: Indicators = None,
    delimiter: CsvDelimiter = None,
    fail_on: FailOn = None,
    engine: Annotated[EngineName, typer.Option(help="This machine's processes, or a Dask cluster's.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="dask: where the scheduler is, tcp://host:8786.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Check all files of an archive; stopped and started again, it goes on where it was."""
    if (engine == "dask") != (scheduler is not None):
        stop("--engine dask and --scheduler ADDRESS go together")
    reports = report or []
    with errors_in_one_line():
        output = ArchiveOutput(reports, baseline, new_baseline, reason, delimiter)
        file = store or (reports[0].with_suffix(".sqlite") if reports else _STORE)
        limits = Limits(timeout=timeout or None, stall=stall or None, max_memory=max_memory or None)
        options = Options(lang, read_taxonomy_file(indicators) if indicators is not None else None)
        known = None if options.indicators is None else taxonomy(options.indicators)
        own = (*files_of(file), *output.files, *([] if indicators is None else [indicators]))
        found = find_entries(paths, but=own)
        words = messages("archive")[lang]
        if not found.entries:
            stop(words["nothing"])
        with open_store(file, options) as opened:
            try:
                with (
                    _engine(engine, options, limits, jobs, scheduler) as works,
                    progress_bar(len(found.entries), lang, quiet=quiet) as (count, watch),
                ):
                    gone = check_archive(
                        opened,
                        found,
                        works,
                        arguments=paths,
                        retried=RETRIED if retry else (),
                        language=lang,
                        known=known,
                        watch=watch,
                    )
            except KeyboardInterrupt:
                say(words["interrupted"])
                raise typer.Exit(_INTERRUPTED) from None
            if gone and not quiet:
                say(words["forgotten"].format(count=gone))
            conclude(opened, output, lang, fail_on, quiet=quiet, count=count)


@contextmanager
def _engine(
    name: EngineName, options: Options, limits: Limits, jobs: int | None, scheduler: str | None
) -> Iterator[Engine]:
    if name == "dask":
        from de06_extract.archive.workers.dask_engine import DaskEngine

        with DaskEngine(scheduler or "", options, limits, say=say) as cluster:
            yield cluster
        return
    with LocalEngine(options, limits, jobs=jobs or all_cores()) as engine:
        yield engine
