"""The commands `check` and `report` on an archive: they convert and print, and decide nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from de06_extract.archive.baseline import Baseline, read_baseline, write_baseline
from de06_extract.archive.check import RETRIED, Engine, check_archive
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.store.file import StoreError, files_of
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import StoredResults, read_store
from de06_extract.archive.store.store import open_store
from de06_extract.archive.workers.dask_cluster import ClusterError
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.commands.overview import Overview, overview_of, show_overview
from de06_extract.commands.progress import Progress, clock, progress_bar
from de06_extract.errors import BaselineError, PathsError, ReportFormError, TaxonomyError
from de06_extract.indicators.taxonomy import read_taxonomy_file, taxonomy
from de06_extract.language.vocabulary import load
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.output.archive import form_of, report_files, write_report
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.output.terminal import put, rendered, say, stop
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity

EngineName = Literal["local", "dask"]

_STORE = Path("de06-extract.sqlite")
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?) *(?P<unit>[KMGT]?)B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_INTERRUPTED = 130
_PROBLEMS = (
    BaselineError,
    ClusterError,
    MissingExtraError,
    OSError,
    PathsError,
    ReportFormError,
    StoreError,
    TaxonomyError,
    WorkerError,
)


def _size(text: str) -> int:
    """The bytes that «2G» or «500 MB» are."""
    read = _SIZE.fullmatch(text.strip())
    if read is None:
        raise typer.BadParameter(f"«{text}» is no size such as 500M or 2G")
    return round(float(read["number"]) * _UNITS[read["unit"].upper()])


_Reports = Annotated[
    list[Path] | None,
    typer.Option(
        "--report", "-o", help="Write the results: .html, .xlsx, .csv, .parquet, .jsonl or .sarif; repeatable."
    ),
]
_Delimiter = Annotated[Delimiter | None, typer.Option(help="csv: what stands between cells (comma).")]
_BaselineFile = Annotated[Path | None, typer.Option("--baseline", help="A file of dismissed findings to mark as such.")]
_WriteBaseline = Annotated[
    Path | None, typer.Option(help="Dismiss all findings that there are now: write them to this file.")
]
_Reason = Annotated[str | None, typer.Option(help="With --write-baseline: why they are dismissed.")]
_FailOn = Annotated[Severity | None, typer.Option(help="Exit with 1 on such a finding or a worse one, not dismissed.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but problems.")]


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, patterns, ZIP archives, URLs.")
    ],
    report: _Reports = None,
    store: Annotated[
        Path | None,
        typer.Option(help="The file that keeps the results (beside the first report, else de06-extract.sqlite here)."),
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes (one a core).")] = None,
    timeout: Annotated[float, typer.Option(min=0, help="Seconds that a file may take; 0: no limit.")] = 600,
    stall: Annotated[float, typer.Option(min=0, help="Seconds without a page or stage done; 0: no limit.")] = 60,
    max_memory: Annotated[
        int, typer.Option(parser=_size, metavar="SIZE", help="Memory that a file may take; 0: no limit.")
    ] = "2G",  # type: ignore[assignment]
    retry: Annotated[
        bool, typer.Option("--retry", help="Try files again that took too long or too much, or broke the worker.")
    ] = False,
    baseline: _BaselineFile = None,
    write_baseline: _WriteBaseline = None,
    reason: _Reason = None,
    lang: Annotated[Language, typer.Option(help="The language of messages and reports.")] = "vi",
    indicators: Annotated[Path | None, typer.Option(help="A TOML file with further indicators.")] = None,
    delimiter: _Delimiter = None,
    fail_on: _FailOn = None,
    engine: Annotated[EngineName, typer.Option(help="This machine's processes, or a Dask cluster's.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="dask: where the scheduler is, tcp://host:8786.")
    ] = None,
    quiet: _Quiet = False,
) -> None:
    """Check all files of an archive; stopped and started again, it goes on where it was."""
    if (engine == "dask") != (scheduler is not None):
        stop("--engine dask and --scheduler ADDRESS go together")
    reports = report or []
    with _errors_in_one_line():
        asked = _Output(reports, baseline, write_baseline, reason, delimiter)
        file = store or (reports[0].with_suffix(".sqlite") if reports else _STORE)
        limits = Limits(timeout=timeout or None, stall=stall or None, max_memory=max_memory or None)
        options = Options(lang, read_taxonomy_file(indicators) if indicators is not None else None)
        known = None if options.indicators is None else taxonomy(options.indicators)
        own = (*files_of(file), *asked.files, *([] if indicators is None else [indicators]))
        found = find_entries(paths, but=own)
        words = load("archive")[lang]
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
            _conclude(opened, asked, lang, fail_on, quiet=quiet, count=count)


def report(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The file in which a check keeps its results.")],
    report: _Reports = None,
    baseline: _BaselineFile = None,
    write_baseline: _WriteBaseline = None,
    reason: _Reason = None,
    delimiter: _Delimiter = None,
    fail_on: _FailOn = None,
    quiet: _Quiet = False,
) -> None:
    """Write reports from the results of an earlier check, or print them at a glance."""
    with _errors_in_one_line():
        asked = _Output(report or [], baseline, write_baseline, reason, delimiter)
        with read_store(store) as opened:
            _conclude(opened, asked, opened.options["lang"], fail_on, quiet=quiet)


class _Output:
    """What is to come out: checked before any work is done."""

    def __init__(
        self,
        reports: list[Path],
        baseline: Path | None,
        write_baseline: Path | None,
        reason: str | None,
        delimiter: Delimiter | None,
    ) -> None:
        if reason is not None and write_baseline is None:
            stop("--reason: goes with --write-baseline")
        if delimiter is not None and not any(form_of(path) == "csv" for path in reports):
            stop("--delimiter: goes with --report FILE.csv")
        self.reports, self.delimiter = reports, delimiter or "comma"
        self.write_baseline, self.reason = write_baseline, reason
        self.written = [file for path in reports for file in report_files(path)]
        self.written += [] if write_baseline is None else [write_baseline]
        self.files = [*self.written, *([] if baseline is None else [baseline])]
        self.baseline = Baseline() if baseline is None else read_baseline(baseline)
        for file in self.written:
            if not file.parent.is_dir():
                stop(f"{file}: cannot be written (there is no such folder)")
        if baseline and write_baseline and write_baseline.exists() and not write_baseline.samefile(baseline):
            stop(f"{write_baseline}: is there already; --baseline and --write-baseline name one file, or a new one")


def _conclude(
    store: StoredResults,
    asked: _Output,
    lang: Language,
    fail_on: Severity | None,
    *,
    quiet: bool,
    count: Progress | None = None,
) -> None:
    """Writes what was asked for, says what there is, and exits with 1 where that was asked for."""
    words = load("archive")[lang]
    overview = _overview(store, asked.baseline)
    folder = overview.folder
    if asked.write_baseline is not None:
        results = store.results()
        today = date.today()
        known = asked.baseline if asked.baseline.dismissals else None
        write_baseline(
            asked.write_baseline, results, today=today, reason=asked.reason, known=known, folder=folder, language=lang
        )
    for output in asked.reports:
        write_report(
            store.results(),
            output,
            language=lang,
            delimiter=asked.delimiter,
            folder=folder,
            baseline=asked.baseline,
            made_on=date.today(),
        )
    if not quiet:
        time, earlier = (None, 0) if count is None else (clock(count.seconds), count.known - overview.same)
        put(rendered(lambda console: show_overview(overview, console, lang, time=time, known=earlier)))
        for path in asked.written:
            put(words["written"].format(path=path) + "\n")
    for dismissal in asked.baseline.stale:
        say(words["stale"].format(**dismissal.model_dump()))
    if fail_on is not None and overview.has(fail_on):
        raise typer.Exit(1)


def _overview(store: StoredResults, baseline: Baseline) -> Overview:
    """The overview of what the store holds; what the baseline dismisses is counted apart."""
    outlines = list(store.files())
    for outline in outlines:
        baseline.visit(outline.path, is_read=outline.reason is None)
    heads = ((head, baseline.dismissal(head.path, head.rule, head.quote) is not None) for head in store.finding_keys())
    return overview_of(outlines, heads)


@contextmanager
def _engine(
    name: EngineName, options: Options, limits: Limits, jobs: int | None, scheduler: str | None
) -> Iterator[Engine]:
    if name == "dask":
        from de06_extract.archive.workers.dask_engine import DaskEngine

        with DaskEngine(scheduler or "", options, limits, say=say) as cluster:
            yield cluster
        return
    with LocalEngine(options, limits, jobs=jobs or _cores()) as engine:
        yield engine


def _cores() -> int:
    """The cores that this process may use, as far as the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    """Turns what can go wrong with files and options into one line and exit 2."""
    try:
        yield
    except _PROBLEMS as error:
        stop(str(error))
