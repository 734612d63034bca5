"""One report in the form that is named, or that the name of its file asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from de06_extract.errors import NotCopiedError, ReportFormError
from de06_extract.output.copies.words import refusal
from de06_extract.output.format import Format, Settings
from de06_extract.output.formats import format_of_ending, formats
from de06_extract.output.tables.columns import KINDS
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind

_DEFAULT = "json"


def report_formats() -> tuple[Format, ...]:
    """The forms in which one report is written."""
    return tuple(form for form in formats().values() if form.of_report is not None)


def report_format(name: str | None, output: Path | None) -> Format:
    """The form of this name, else the one that the end of the output's name asks for, else JSON.

    Raises a `ReportFormError` where the two contradict each other or the form is none of a single report.

    >>> report_format(None, Path("a.xlsx")).name, report_format("csv", Path("a.out")).name
    ('xlsx', 'csv')
    """
    of_ending = None if output is None else format_of_ending(output)
    if name is None:
        form = of_ending or formats()[_DEFAULT]
    elif of_ending is None or of_ending.name == name:
        form = formats()[name]
    else:
        raise ReportFormError(f"{output}: the name asks for {of_ending.name}, --format for {name}")
    if form.of_report is None:
        command = f"de06-extract check FILE --report OUTPUT{form.suffixes[0]}"
        raise ReportFormError(f"{form.name}: is no form of a single report, but of an archive: {command}")
    return form


def wanted_tables(form: Format, output: Path | None, table: Kind | None) -> tuple[Kind, ...]:
    """The tables that are written: the one that is named, or all; where they lie apart, one stream or device has one.

    >>> wanted_tables(formats()["csv"], None, None), wanted_tables(formats()["csv"], None, "claims")
    (('findings',), ('claims',))
    """
    if table is not None:
        return (table,)
    is_one = output is None or (output.exists() and not output.is_file())
    return KINDS[:1] if form.tables == "apart" and is_one else KINDS


def write_report(report: Report, form: Format, files: Sequence[BinaryIO], settings: Settings) -> tuple[str, ...]:
    """Writes the report to open files, as many as `form.files` names for the tables of the settings.

    Returns lines that are to be said of what was written. Raises a `ReportFormError` where there can be no copy of the
    document in this form.
    """
    assert form.of_report is not None
    try:
        return tuple(form.of_report(report, files, settings) or ())
    except NotCopiedError as error:
        raise ReportFormError(refusal(error, report.source.name, settings.language)) from error
