"""The command `check`: all files of an archive are checked, and what comes out of them is kept in a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.archive.check import RETRIED, WatchedEngine, update_store
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.patterns import PathPatterns
from de06_extract.archive.files.permissions import narrowest_mode
from de06_extract.archive.store.file import files_of
from de06_extract.archive.store.nearby import store_of, stores_in
from de06_extract.archive.store.outcome import Options, read_options
from de06_extract.archive.store.store import open_store
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine, usable_cores
from de06_extract.commands.archive_output import ArchiveOutput, conclude, errors_in_one_line
from de06_extract.commands.options import (
    BaselineFile,
    CsvDelimiter,
    CsvHeaders,
    Debug,
    DecisionFiles,
    Exclude,
    FailOn,
    Include,
    Indicators,
    KeepPersonalData,
    Lang,
    MinConfidence,
    Model,
    NewBaseline,
    PrintedForm,
    Quiet,
    Reason,
    Reports,
    Reviewer,
    SplitBy,
    refuse_without_csv,
)
from de06_extract.commands.progress import progress_bar
from de06_extract.commands.reviews.decisions import keep_decisions, refuse_to_lose_decisions
from de06_extract.commands.settings.limits import MaxMemory, Stall, Timeout, limits_of
from de06_extract.commands.settings.option import Config
from de06_extract.commands.settings.selection import Ignore, Select, SeverityOf, selection_of
from de06_extract.commands.terminal import say, stop
from de06_extract.indicators.taxonomy import taxonomy
from de06_extract.language.messages import messages, said
from de06_extract.output.archive import archive_format

EngineName = Literal["local", "dask"]

MOST_JOBS = 1024
_STORE = Path("de06-extract.sqlite")
_INTERRUPTED = 130


def check_files(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...")],
    report: Reports = None,
    form: PrintedForm = None,
    include: Include = None,
    exclude: Exclude = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FILE"),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, max=MOST_JOBS, metavar="NUMBER")] = None,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    retry: Annotated[bool, typer.Option("--retry")] = False,
    baseline: BaselineFile = None,
    new_baseline: NewBaseline = None,
    reason: Reason = None,
    decisions: DecisionFiles = None,
    reviewer: Reviewer = None,
    lang: Lang = "vi",
    indicators: Indicators = None,
    keep_personal_data: KeepPersonalData = False,
    model: Model = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOf = None,
    min_confidence: MinConfidence = None,
    delimiter: CsvDelimiter = "comma",
    headers: CsvHeaders = "words",
    split_by: SplitBy = None,
    fail_on: FailOn = None,
    engine: Annotated[EngineName, typer.Option()] = "local",
    scheduler: Annotated[str | None, typer.Option(metavar="ADDRESS")] = None,
    config: Config = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check all files of an archive; stopped and started again, it goes on where it was."""
    if (engine == "dask") != (scheduler is not None):
        stop(said("command", "dask_and_scheduler"))
    reports = report or []
    with errors_in_one_line():
        wanted = selection_of(select, ignore, severity, min_confidence, lang)
        refuse_without_csv(ctx, map(archive_format, reports), "--report FILE.csv")
        by_unit = split_by is not None
        output = ArchiveOutput(
            reports, baseline, new_baseline, reason, delimiter, headers, wanted, form, decisions, by_unit=by_unit
        )
        usual, earlier = _stores(store, reports)
        limits = limits_of(timeout, stall, max_memory)
        options = read_options(lang, indicators, model, keep_personal_data=keep_personal_data)
        known = None if options.indicators is None else taxonomy(options.indicators)
        own = [*output.files, *(file for file in (indicators, model, config) if file is not None)]
        own += chain.from_iterable(map(files_of, (usual, *earlier)))
        with Containers(limits) as containers:
            found = find_entries(paths, but=own, wanted=PathPatterns(include, exclude), containers=containers)
        words = messages("archive")[lang]
        if not found.entries:
            stop(words["nothing"])
        file = store_of([entry.path for entry in found.entries], earlier) or usual
        with open_store(file, options, narrowest_mode(found.entries)) as opened:
            keep_decisions(opened, output.decisions, lang, reviewer, quiet=quiet)
            refuse_to_lose_decisions(output.reports, opened, lang)
            is_error = output.errors_of(Decisions(opened.decisions(), output.baseline, lang))
            shown = partial(progress_bar, len(found.entries), lang, quiet=quiet, is_error=is_error)
            try:
                with (
                    _engine(engine, options, limits, jobs, scheduler) as works,
                    shown(at_work=works.at_work) as (count, watch),
                ):
                    gone = update_store(
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
            for what, number in (("forgotten", gone), ("excluded", len(found.left_out))):
                if number and not quiet:
                    say(words[what].format(count=number))
            with opened.limited_to(entry.path for entry in found.entries) as results:
                conclude(results, output, lang, fail_on, quiet=quiet, count=count, whole=opened)


def _stores(named: Path | None, reports: list[Path]) -> tuple[Path, tuple[Path, ...]]:
    """Where the results are kept, and the stores beside it that may know the files where there is none of that name."""
    usual = named or (reports[0].with_suffix(".sqlite") if reports else _STORE)
    return usual, () if named or usual.exists() else stores_in(usual.parent)


@contextmanager
def _engine(
    name: EngineName, options: Options, limits: Limits, jobs: int | None, scheduler: str | None
) -> Iterator[WatchedEngine]:
    if name == "dask":
        from de06_extract.archive.workers.dask_engine import DaskEngine

        with DaskEngine(scheduler or "", options, limits, say=say) as cluster:
            yield cluster
        return
    with LocalEngine(options, limits, jobs=jobs or usable_cores()) as engine:
        yield engine
