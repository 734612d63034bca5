"""What the commands on an archive give: reports, a new baseline, an overview, an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

import typer

from de06_extract.archive.baseline import Baseline, read_baseline, write_baseline
from de06_extract.archive.decision import Check, Decision
from de06_extract.archive.decisions import Decisions, settled
from de06_extract.archive.files.permissions import mode_of
from de06_extract.archive.store.file import StoreError
from de06_extract.archive.store.results import FindingKey, StoredResults
from de06_extract.archive.workers.dask_cluster import ClusterError
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.commands.overview import Overview, overview_of, show_overview
from de06_extract.commands.progress import Progress
from de06_extract.commands.reviews.decisions import decisions_at_a_glance, decisions_of, refuse_to_lose_decisions
from de06_extract.commands.terminal import put, say, stop
from de06_extract.errors import BaselineError, DecisionsError, ModelError, PathsError, ReportFormError, TaxonomyError
from de06_extract.language.durations import duration
from de06_extract.language.messages import messages, said
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.output.archive import archive_files, archive_format, print_archive, write_archive, write_units
from de06_extract.output.console import rendered
from de06_extract.output.formats import formats
from de06_extract.output.tables.csv_tables import Delimiter, Headers
from de06_extract.schema.display import Language
from de06_extract.schema.report import Severity
from de06_extract.schema.selection import EVERYTHING, Selection

_PIECE = 1 << 20  # bytes printed at a time
_PROBLEMS = (
    BaselineError,
    ClusterError,
    DecisionsError,
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
        delimiter: Delimiter,
        headers: Headers,
        wanted: Selection = EVERYTHING,
        printed: str | None = None,
        decisions: list[Path] | None = None,
        *,
        by_unit: bool = False,
    ) -> None:
        if reason is not None and new_baseline is None:
            stop(said("command", "goes_with", option="--reason", other="--write-baseline"))
        self.reports, self.wanted = reports, wanted
        self.delimiter, self.headers = delimiter, headers
        self.new_baseline, self.reason = new_baseline, reason
        self.by_unit = _checked_split(reports, by_unit=by_unit)
        self.decisions = _checked_decisions(decisions)
        self.printed = printed
        self.written = [file for path in reports for file in archive_files(path)]
        self.written += [] if new_baseline is None else [new_baseline]
        self.files = [*self.written, *self.decisions, *([] if baseline is None else [baseline])]
        self.baseline = Baseline() if baseline is None else read_baseline(baseline)
        for file in self.written:
            if not file.parent.is_dir():
                stop(said("command", "unwritable", path=file, reason=said("command", "no_folder")))
        if baseline and new_baseline and new_baseline.exists() and not new_baseline.samefile(baseline):
            stop(said("command", "two_baselines", path=new_baseline))

    def errors_of(self, decisions: Decisions) -> Callable[[FindingKey], bool]:
        """What is true of the findings that count as errors in the end: wanted, as bad as that, and not dismissed."""

        def is_error(key: FindingKey) -> bool:
            severity = self.wanted.severity(key.rule, key.severity)
            return severity == "error" and self.wanted.has(key.rule, key.confidence) and not decisions.dismisses(key)

        return is_error


def _checked_split(reports: list[Path], *, by_unit: bool) -> bool:
    """Whether notes are parted by unit; stops where there are none to part."""
    if by_unit and not any(archive_format(path).of_units for path in reports):
        stop(said("command", "goes_with", option="--split-by", other="--report FILE.docx"))
    return by_unit


def _checked_decisions(files: list[Path] | None) -> list[Path]:
    """The files of decisions; raises a `DecisionsError` where one is not there, before any work is done."""
    for file in files or ():
        if not file.is_file():
            raise DecisionsError(said("decisions", "missing", path=file))
    return files or []


def conclude(
    store: StoredResults,
    output: ArchiveOutput,
    lang: Language,
    fail_on: Severity | None,
    *,
    quiet: bool,
    count: Progress | None = None,
    whole: StoredResults | None = None,
) -> None:
    """Writes what was asked for, says what there is, and exits with 1 where that was asked for.

    `whole` is all that the store holds, where the results are those of a run; then it is said where they are kept.
    """
    words = messages("archive")[lang]
    decisions = Decisions(store.decisions(), output.baseline, lang)
    for outline in () if whole is None else whole.files():  # what was not looked at is not stale
        output.baseline.visit(outline.path, is_read=False)
    overview = _overview(store, decisions, output.wanted)
    gone = [*settled(store, decisions_of(store, is_part=whole is not None))]
    _write(store, output, decisions, gone, lang, overview.folder)
    if output.printed is not None:
        _print(store, output, decisions, output.printed, lang, overview.folder)
    elif not quiet:
        time, earlier = (None, 0) if count is None else (duration(count.seconds, lang), count.known - overview.same)
        put(rendered(lambda console: show_overview(overview, console, lang, time=time, known=earlier)))
        written = (words["written"].format(path=path) for path in output.written)
        lines = (*decisions_at_a_glance(store, lang, is_part=whole is not None), *written)
        put("".join(f"{line}\n" for line in (*lines, *_kept(store, whole, words))))
    for dismissal in output.baseline.stale:
        say(words["stale"].format(**dismissal.model_dump()))
    if fail_on is not None and overview.has(fail_on):
        raise typer.Exit(1)


def _kept(store: StoredResults, whole: StoredResults | None, words: Mapping[str, str]) -> Iterator[str]:
    """Where the results of a run are kept, and that there are those of other files too."""
    if whole is not None:
        more = whole.size() - store.size()
        kept = words["kept_with_more" if more else "kept"]
        yield kept.format(path=store.path, more=more, all=whole.size())


def _write(
    store: StoredResults,
    output: ArchiveOutput,
    decisions: Decisions,
    gone: Sequence[tuple[Decision, Check]],
    lang: Language,
    folder: str | None,
) -> None:
    """Writes the new baseline and the reports; `gone` are the decisions on findings that are not there any more."""
    today, mode = date.today(), mode_of(store.path)
    refuse_to_lose_decisions(output.reports, store, lang)  # what was written into them while the run went on
    if output.new_baseline is not None:
        write_baseline(
            output.new_baseline,
            map(Decisions(store.decisions(), language=lang).mark, store.results()),
            wanted=output.wanted,
            today=today,
            reason=output.reason,
            known=output.baseline if output.baseline.dismissals else None,
            folder=folder,
            language=lang,
            mode=mode,
        )
    for path in output.reports:
        if output.by_unit and archive_format(path).of_units:
            notes = write_units(store.results(output.wanted), path, decisions, language=lang, mode=mode)
            output.written = [known for known in output.written if known != path] + list(notes)
            continue
        write_archive(
            store.results(output.wanted),
            path,
            language=lang,
            delimiter=output.delimiter,
            headers=output.headers,
            folder=folder,
            decisions=decisions,
            settled=gone,
            made_on=today,
            mode=mode,
        )


def _print(
    store: StoredResults, output: ArchiveOutput, decisions: Decisions, form: str, lang: Language, folder: str | None
) -> None:
    """Prints the results in a form; they are written whole before any of it is seen."""
    with TemporaryFile() as file:
        print_archive(
            store.results(output.wanted),
            formats()[form],
            file,
            language=lang,
            folder=folder,
            decisions=decisions,
            made_on=date.today(),
        )
        file.seek(0)
        while piece := file.read(_PIECE):
            put(piece)


def _overview(store: StoredResults, decisions: Decisions, wanted: Selection) -> Overview:
    """The overview of what the store holds; what is dismissed or not sure enough is counted apart."""
    outlines = list(store.files())
    for outline in outlines:
        decisions.baseline.visit(outline.path, is_read=outline.reason is None)
    heads = ((key, decisions.dismisses(key)) for key in store.finding_keys())
    return overview_of(outlines, heads, wanted)


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turns what can go wrong with files and options into one line and exit 2."""
    try:
        yield
    except _PROBLEMS as error:
        stop(str(error))
