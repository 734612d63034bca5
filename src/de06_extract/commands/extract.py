"""The command `extract`, which is the default one: a file is read and its report written."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Annotated, get_args

import typer

from de06_extract.archive.extract import LimitedExtractor, extract
from de06_extract.archive.files.permissions import mode_of
from de06_extract.archive.workers.limits import Limits, mebibytes
from de06_extract.archive.workers.worker import WorkerError
from de06_extract.commands.limit_options import MaxMemory, Stall, Timeout, limits_of
from de06_extract.commands.options import (
    CsvDelimiter,
    Debug,
    Indicators,
    KeepPersonalData,
    MinConfidence,
    Model,
    alternatives,
)
from de06_extract.commands.terminal import put, saved, stop
from de06_extract.errors import (
    MissingFileError,
    ModelError,
    ReportFormError,
    TaxonomyError,
    TooLargeError,
    UnreadableError,
)
from de06_extract.optional_libraries import MissingExtraError
from de06_extract.output.format import Format, Settings
from de06_extract.output.formats import formats
from de06_extract.output.report import report_format, report_formats, wanted_tables, write_report
from de06_extract.output.tables.csv_tables import Delimiter
from de06_extract.pipeline.program import NAME
from de06_extract.regular_files import MOST
from de06_extract.schema.display import Language
from de06_extract.schema.report import Report, Severity
from de06_extract.schema.rows import Kind

_STDIN = "-"
_STDIN_NAME = "stdin.txt"
_PIECE = 1 << 20  # bytes of standard input at a time


def _form_name(text: str) -> str:
    """The name, if there is a form that is called so."""
    if text not in formats():
        raise typer.BadParameter(f"'{text}' is not one of {', '.join(repr(form.name) for form in report_formats())}.")
    return text


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {version(NAME)}")
        raise typer.Exit


def extract_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A {endings} file, or - for stdin.")],
    form_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            parser=_form_name,
            metavar=f"<{'|'.join(form.name for form in report_formats())}>",
            help="The form to write (that of the output's ending, else json).",
        ),
    ] = None,
    lang: Annotated[Language, typer.Option(help="The language of the messages.")] = "vi",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file, not stdout.")] = None,
    table: Annotated[
        Kind | None,
        typer.Option(help="{with_tables}: this table alone ({with_tables_apart} on stdout: findings)."),
    ] = None,
    delimiter: CsvDelimiter = None,
    indicators: Indicators = None,
    keep_personal_data: KeepPersonalData = False,
    model: Model = None,
    min_confidence: MinConfidence = None,
    fail_on: Annotated[Severity | None, typer.Option(help="Exit with 1 on such a finding or a worse one.")] = None,
    timeout: Timeout = "600",  # type: ignore[assignment]
    stall: Stall = "60",  # type: ignore[assignment]
    max_memory: MaxMemory = "2G",  # type: ignore[assignment]
    no_limits: Annotated[
        bool, typer.Option("--no-limits", help="Read FILE in the command's own process, whatever it takes.")
    ] = False,
    debug: Debug = False,
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Check FILE; «de06-extract FILE» is short for this."""
    form = _checked_form(file, form_name, output, table, delimiter)
    tables = wanted_tables(form, output, table)
    files = () if output is None else form.files(output, tables)
    _refuse_to_overwrite(file, files)
    limits = None if no_limits or debug else limits_of(timeout, stall, max_memory)
    report = _read(file, lang, indicators, model, limits, keep_personal_data=keep_personal_data)
    if min_confidence is not None:
        report = report.only_from(min_confidence)
    settings = Settings(
        language=lang,
        delimiter=delimiter or "comma",
        folder=Path() if output is None else output.parent,
        path=None if str(file) == _STDIN else _printable(file),
        tables=tables,
        is_plain=output is not None,
    )
    if files:
        with saved(*files, mode=mode_of(0 if str(file) == _STDIN else file)) as opened:
            write_report(report, form, opened, settings)
    else:
        printed = BytesIO()
        write_report(report, form, [printed], settings)
        put(printed.getvalue())
    severities: tuple[Severity, ...] = get_args(Severity)
    if fail_on and any(report.summary.findings[s] for s in severities[: severities.index(fail_on) + 1]):
        raise typer.Exit(1)


def _checked_form(
    file: Path, name: str | None, output: Path | None, table: Kind | None, delimiter: Delimiter | None
) -> Format:
    """The form to write; stops where the options do not fit each other, before anything is read."""
    if output is not None:
        _refuse_to_overwrite(file, (output,))
    try:
        form = report_format(name, output)
        form.require()
    except (ReportFormError, MissingExtraError) as error:
        stop(str(error))
    if table and form.tables == "none":
        stop(f"--table: goes with --format {alternatives(f.name for f in report_formats() if f.tables != 'none')}")
    if delimiter and not form.has_delimiter:
        stop(f"--delimiter: goes with --format {alternatives(f.name for f in report_formats() if f.has_delimiter)}")
    if output is None and form.is_binary and sys.stdout.isatty():
        stop(f"{form.name}: is not for a terminal; write it to a file: --output FILE{form.suffixes[0]}")
    return form


def _refuse_to_overwrite(file: Path, outputs: tuple[Path, ...]) -> None:
    for output in outputs:
        if _is_same(file, output):
            stop(f"{output}: is the file to read, it is not overwritten")


def _is_same(file: Path, output: Path) -> bool:
    try:
        return output.samefile(file)
    except OSError:
        return False


def _read(
    file: Path,
    lang: Language,
    indicators: Path | None,
    model: Path | None,
    limits: Limits | None,
    *,
    keep_personal_data: bool,
) -> Report:
    """The report on a file or on standard input, read by a copy of this process, or by itself without limits."""
    most = MOST if limits is None or limits.max_memory is None else limits.max_memory
    is_stdin = str(file) == _STDIN
    try:
        name = _STDIN_NAME if is_stdin else _printable(file.name)
        source = _standard_input(most) if is_stdin else file
        if limits is None:
            return extract(
                source,
                name=name,
                lang=lang,
                indicators=indicators,
                model=model,
                keep_personal_data=keep_personal_data,
            )
        with LimitedExtractor(
            limits,
            lang=lang,
            indicators=indicators,
            model=model,
            keep_personal_data=keep_personal_data,
            command=None,
        ) as extractor:
            return extractor.extract(source, name=name)
    except (UnreadableError, TaxonomyError, ModelError, WorkerError) as error:
        stop(str(error))


def _standard_input(most: int) -> bytes:
    """What stands on standard input. Raises a `TooLargeError` as soon as it is more than so many bytes."""
    read = BytesIO()
    try:
        while piece := sys.stdin.buffer.read(_PIECE):
            read.write(piece)
            if read.tell() > most:
                raise TooLargeError(f"{_STDIN_NAME}: has more than {mebibytes(most)}")
    except OSError as error:
        raise MissingFileError(f"{_STDIN_NAME}: cannot be read ({error.strerror})") from error
    return read.getvalue()


def _printable(name: Path | str) -> str:
    """The name as text, for systems where it may be any bytes."""
    return os.fsencode(name).decode("utf-8", "replace")
