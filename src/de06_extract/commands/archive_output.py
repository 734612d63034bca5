"""What the commands on an archive give: reports, a new baseline, an overview, an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import typer

from de06_extract.archive.baseline import Baseline, read_baseline, write_baseline
from de06_extract.archive.files.permissions import mode_of
from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.results import StoredResults
from de06_extract.archive.workers.dask_cluster import ClusterError
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.commands.overview import Overview, overview_of, show_overview
from de06_extract.commands.progress import Progress, clock
from de06_extract.commands.terminal import put, say, stop
from de06_extract.errors import BaselineError, ModelError, PathsError, ReportFormError, TaxonomyError
from de06_extract.language.messages import messages
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.output.archive import archive_files, archive_format, write_archive
from de06_extract.output.console import rendered
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity

_PROBLEMS = (
    BaselineError,
    ClusterError,
    MissingExtraError,
    ModelError,
    OSError,
    PathsError,
    ReportFormError,
    StoreError,
    TaxonomyError,
    WorkerError,
)


class ArchiveOutput:
    """What is to come out of an archive: checked before any work is done."""

    def __init__(
        self,
        reports: list[Path],
        baseline: Path | None,
        new_baseline: Path | None,
        reason: str | None,
        delimiter: Delimiter | None,
        least: float | None = None,
    ) -> None:
        if reason is not None and new_baseline is None:
            stop("--reason: goes with --write-baseline")
        if delimiter is not None and not any(archive_format(path).has_delimiter for path in reports):
            stop("--delimiter: goes with --report FILE.csv")
        self.reports, self.delimiter, self.least = reports, delimiter or "comma", least
        self.new_baseline, self.reason = new_baseline, reason
        self.written = [file for path in reports for file in archive_files(path)]
        self.written += [] if new_baseline is None else [new_baseline]
        self.files = [*self.written, *([] if baseline is None else [baseline])]
        self.baseline = Baseline() if baseline is None else read_baseline(baseline)
        for file in self.written:
            if not file.parent.is_dir():
                stop(f"{file}: cannot be written (there is no such folder)")
        if baseline and new_baseline and new_baseline.exists() and not new_baseline.samefile(baseline):
            stop(f"{new_baseline}: is there already; --baseline and --write-baseline name one file, or a new one")


def conclude(
    store: StoredResults,
    output: ArchiveOutput,
    lang: Language,
    fail_on: Severity | None,
    *,
    quiet: bool,
    count: Progress | None = None,
) -> None:
    """Writes what was asked for, says what there is, and exits with 1 where that was asked for."""
    words = messages("archive")[lang]
    overview = _overview(store, output.baseline, output.least)
    _write(store, output, lang, overview.folder)
    if not quiet:
        time, earlier = (None, 0) if count is None else (clock(count.seconds), count.known - overview.same)
        put(rendered(lambda console: show_overview(overview, console, lang, time=time, known=earlier)))
        for path in output.written:
            put(words["written"].format(path=path) + "\n")
    for dismissal in output.baseline.stale:
        say(words["stale"].format(**dismissal.model_dump()))
    if fail_on is not None and overview.has(fail_on):
        raise typer.Exit(1)


def _write(store: StoredResults, output: ArchiveOutput, lang: Language, folder: str | None) -> None:
    """Writes the new baseline and the reports."""
    today, mode = date.today(), mode_of(store.path)
    if output.new_baseline is not None:
        write_baseline(
            output.new_baseline,
            store.results(),
            least=output.least,
            today=today,
            reason=output.reason,
            known=output.baseline if output.baseline.dismissals else None,
            folder=folder,
            language=lang,
            mode=mode,
        )
    for path in output.reports:
        write_archive(
            store.results(output.least),
            path,
            language=lang,
            delimiter=output.delimiter,
            folder=folder,
            baseline=output.baseline,
            made_on=today,
            mode=mode,
        )


def _overview(store: StoredResults, baseline: Baseline, least: float | None) -> Overview:
    """The overview of what the store holds; what the baseline dismisses, and what is less sure, is counted apart."""
    outlines = list(store.files())
    for outline in outlines:
        baseline.visit(outline.path, is_read=outline.reason is None)
    heads = ((key, baseline.dismissal(key.path, key.rule, key.quote) is not None) for key in store.finding_keys())
    return overview_of(outlines, heads, least)


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turns what can go wrong with files and options into one line and exit 2."""
    try:
        yield
    except _PROBLEMS as error:
        stop(str(error))
