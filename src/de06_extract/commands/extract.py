"""The command `extract`, which is the default one: a file is read and its report written.

What it needs to read a file is imported when there is one to read, so that help and versions come at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from de06_extract.commands.options import (
    CsvDelimiter,
    CsvHeaders,
    Debug,
    FailOn,
    Indicators,
    KeepPersonalData,
    Lang,
    MinConfidence,
    Model,
    Quiet,
    Reports,
    Verbose,
    refuse_without_csv,
)
from de06_extract.commands.settings.limits import MaxMemory, NoLimits, Stall, Timeout, limits_of
from de06_extract.commands.settings.option import Config
from de06_extract.commands.settings.selection import Ignore, Select, SeverityOf, selection_of
from de06_extract.commands.standard_input import is_standard_input, named_source, printable
from de06_extract.commands.terminal import problem, put, saved, say, stop
from de06_extract.commands.usage import alternatives
from de06_extract.language.messages import said, spoken
from de06_extract.schema.rows import Kind
from de06_extract.schema.severity import SEVERITIES

if TYPE_CHECKING:
    from rich.console import Console

    from de06_extract.archive.workers.limits import Limits
    from de06_extract.output.format import Format, Settings
    from de06_extract.output.tables.csv_tables import Delimiter, Headers
    from de06_extract.schema.display import Language
    from de06_extract.schema.report import Report


def _form_name(text: str) -> str:
    """The name, if there is a form that is called so."""
    from de06_extract.output.formats import formats
    from de06_extract.output.report import report_formats

    if text not in formats():
        raise typer.BadParameter(
            said("command", "no_form", name=text, known=alternatives(f.name for f in report_formats()))
        )
    return text


def print_version(wanted: bool) -> None:
    """Prints the version and ends, if that is wanted."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"de06-extract {version('de06-extract')}")
        raise typer.Exit


def extract_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    form_name: Annotated[str | None, typer.Option("--format", parser=_form_name, metavar="FORM")] = None,
    lang: Lang = "vi",
    output: Reports = None,
    table: Annotated[Kind | None, typer.Option()] = None,
    delimiter: CsvDelimiter = "comma",
    headers: CsvHeaders = "words",
    indicators: Indicators = None,
    keep_personal_data: KeepPersonalData = False,
    with_text: Annotated[bool, typer.Option("--with-text")] = False,
    model: Model = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: SeverityOf = None,
    min_confidence: MinConfidence = None,
    fail_on: FailOn = None,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    no_limits: NoLimits = False,
    fix: Annotated[bool, typer.Option("--fix")] = False,
    diff: Annotated[bool, typer.Option("--diff")] = False,
    config: Config = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    debug: Debug = False,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=print_version)] = False,
) -> None:
    """Checks a file, writes its report, and tells a person at a terminal what was found."""
    form_name, outputs = _with_copy(file, form_name, output or [], fix=fix, diff=diff)
    wanted = selection_of(select, ignore, severity, min_confidence, lang)
    forms = _checked_forms(file, form_name, outputs, table)
    refuse_without_csv(ctx, forms, f"--format {_csv_forms()}")
    limits = None if no_limits or debug else limits_of(timeout, stall, max_memory)
    options = _Reading(lang, indicators, model, keep_personal_data, with_text)
    report = _read(file, options, limits, quiet=quiet).only(wanted)
    places: Sequence[Path | None] = outputs or (None,)
    writing = _Writing(file, report, lang, table, delimiter, headers, limits, is_verbose=verbose)
    for form, place in zip(forms, places, strict=True):
        writing.write(form, place)
    if sys.stdout.isatty() and not quiet:
        writing.tell(forms[0], outputs)
    if fail_on and any(report.summary.findings[s] for s in SEVERITIES[: SEVERITIES.index(fail_on) + 1]):
        raise typer.Exit(1)


def _with_copy(
    file: Path, form: str | None, outputs: Sequence[Path], *, fix: bool, diff: bool
) -> tuple[str | None, list[Path]]:
    """The form and the outputs with the copy that --fix or --diff asks for; stops where there is none of the file."""
    from de06_extract.errors import ReportFormError
    from de06_extract.output.copies.asked import with_copy

    try:
        return with_copy(file, form, outputs, fix=fix, diff=diff)
    except ReportFormError as error:
        stop(str(error))


class _Writing:
    """A report and how it is to be written."""

    def __init__(
        self,
        file: Path,
        report: Report,
        lang: Language,
        table: Kind | None,
        delimiter: Delimiter,
        headers: Headers,
        limits: Limits | None,
        *,
        is_verbose: bool,
    ) -> None:
        self._file, self._report, self._lang, self._is_verbose = file, report, lang, is_verbose
        self._table, self._delimiter, self._headers, self._limits = table, delimiter, headers, limits

    def write(self, form: Format, output: Path | None) -> None:
        """Writes the report to a file, or to standard output."""
        from de06_extract.archive.workers.worker import WorkerError
        from de06_extract.errors import ReportFormError, UnreadableError
        from de06_extract.output.format import Settings
        from de06_extract.output.report import wanted_tables
        from de06_extract.pipeline.extract import read_file

        tables = wanted_tables(form, output, self._table)
        settings = Settings(
            language=self._lang,
            delimiter=self._delimiter,
            headers=self._headers,
            folder=Path() if output is None else output.parent,
            path=None if is_standard_input(self._file) else printable(self._file),
            tables=tables,
            is_plain=output is not None,
            is_verbose=self._is_verbose,
            output=output,
            source=None if is_standard_input(self._file) else partial(read_file, self._file),
            limits=self._limits,
        )
        try:
            for remark in self._written(form, output, settings):
                say(remark)
        except (ReportFormError, WorkerError) as error:
            stop(str(error))
        except UnreadableError as error:
            stop(problem(error))

    def _written(self, form: Format, output: Path | None, settings: Settings) -> Sequence[str]:
        """Writes the report, and returns what is to be said of what was written."""
        from de06_extract.archive.files.permissions import mode_of
        from de06_extract.output.report import write_report

        if output is None:
            printed = BytesIO()
            remarks = write_report(self._report, form, [printed], settings)
            put(printed.getvalue())
            return remarks
        files = form.files(output, settings.tables)
        with saved(*files, mode=mode_of(0 if is_standard_input(self._file) else self._file)) as opened:
            return write_report(self._report, form, opened, settings)

    def tell(self, form: Format, outputs: Sequence[Path]) -> None:
        """Tells a person at a terminal, on standard error, what was found and written, and how to go on."""
        from de06_extract.output.console import rendered

        if outputs or form.name != "text":
            shown = rendered(lambda console: self._show(console), stream=sys.stderr)
            typer.echo(f"\n{shown}", nl=False, err=True)
        for path in outputs:
            say(said("command", "written", path=path))
        if not outputs and not is_standard_input(self._file):
            say(
                said(
                    "command",
                    "next_step",
                    file=_quoted(self._file),
                    html=_quoted(f"{self._file.stem}.html"),
                    xlsx=_quoted(f"{self._file.stem}.xlsx"),
                )
            )

    def _show(self, console: Console) -> None:
        from de06_extract.output.text import show_report

        show_report(self._report, console, self._lang, is_verbose=self._is_verbose)


def _checked_forms(file: Path, name: str | None, outputs: Sequence[Path], table: Kind | None) -> list[Format]:
    """The forms to write; stops where the options do not fit each other, before anything is read."""
    from de06_extract.errors import DecisionsError, ReportFormError
    from de06_extract.optional_libraries import MissingExtraError
    from de06_extract.output.report import report_format, wanted_tables

    _refuse_to_overwrite(file, outputs)
    try:
        forms = [report_format(name, output) for output in outputs] or [report_format(name, None)]
        for form, output in zip(forms, outputs, strict=False):
            _refuse_to_overwrite(file, form.files(output, wanted_tables(form, output, table)))
        if any(output.suffix.lower() == ".xlsx" for output in outputs):
            from de06_extract.commands.reviews.decisions import refuse_to_lose_decisions

            refuse_to_lose_decisions(outputs, None, spoken())
        for form in forms:
            form.require()
    except (DecisionsError, ReportFormError, MissingExtraError) as error:
        stop(str(error))
    _refuse_table(forms, table)
    if not outputs and forms[0].is_binary and sys.stdout.isatty():
        example = f"de06-extract {_quoted(file)} -o {_quoted(file.stem + forms[0].suffixes[0])}"
        stop(said("command", "not_for_terminal", form=forms[0].name, example=example))
    return forms


def _refuse_table(forms: Sequence[Format], table: Kind | None) -> None:
    """Stops where a table is chosen and none of the forms has tables."""
    from de06_extract.output.report import report_formats

    if table and all(form.tables == "none" for form in forms):
        known = alternatives(form.name for form in report_formats() if form.tables != "none")
        stop(said("command", "goes_with", option="--table", other=f"--format {known}"))


def _csv_forms() -> str:
    from de06_extract.output.report import report_formats

    return alternatives(form.name for form in report_formats() if form.has_delimiter)


def _refuse_to_overwrite(file: Path, outputs: Sequence[Path]) -> None:
    for output in outputs:
        if _is_same(file, output):
            stop(said("command", "same_file", path=output))


def _is_same(file: Path, output: Path) -> bool:
    try:
        return output.samefile(file)
    except OSError:
        return False


class _Reading(NamedTuple):
    """What decides about the report besides the file, as `extract` takes it."""

    lang: Language
    indicators: Path | None
    model: Path | None
    keep_personal_data: bool
    with_text: bool


def _read(file: Path, asked: _Reading, limits: Limits | None, *, quiet: bool) -> Report:
    """The report on a file or on standard input, read by a copy of this process, or by itself without limits."""
    from de06_extract.archive.extract import LimitedExtractor, extract
    from de06_extract.archive.workers.limits import Limits
    from de06_extract.archive.workers.worker import WorkerError
    from de06_extract.commands.progress import file_progress
    from de06_extract.errors import ModelError, TaxonomyError, UnreadableError

    try:
        source, name = named_source(file, (limits or Limits(max_memory=None)).most_bytes)
        if limits is None:
            return extract(source, name=name, **asked._asdict())
        with (
            file_progress(name, quiet=quiet) as tell,
            LimitedExtractor(limits, **asked._asdict(), command=None, tell=tell) as extractor,
        ):
            return extractor.extract(source, name=name)
    except UnreadableError as error:
        stop(problem(error))
    except (TaxonomyError, ModelError, WorkerError) as error:
        stop(str(error))


def _quoted(path: Path | str) -> str:
    """The path as a shell takes it."""
    from shlex import quote

    return quote(printable(path))
