"""One report in the form that is named, or that the name of its file asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from de06_extract.errors import NotCopiedError, ReportFormError
from de06_extract.language.messages import said
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

    Raises a `ReportFormError` where the two contradict each other, where the ending is that of no form, or the form is
    none of a single report. A device or a pipe has no ending.

    >>> report_format(None, Path("a.xlsx")).name, report_format("csv", Path("a.out")).name
    ('xlsx', 'csv')
    """
    of_ending = None if output is None else format_of_ending(output)
    if name is None and of_ending is None and output is not None and output.suffix:
        known = ", ".join(suffix for form in report_formats() for suffix in form.suffixes)
        raise ReportFormError(
            said("forms", "no_ending", path=output, known=known, suffix=formats()[_DEFAULT].suffixes[0])
        )
    if name is None:
        form = of_ending or formats()[_DEFAULT]
    elif of_ending is None or of_ending.name == name or _ends_alike(formats()[name], output):
        form = formats()[name]
    else:
        suffix = formats()[name].suffixes[0]
        raise ReportFormError(
            said("forms", "contradiction", path=output, of_ending=of_ending.name, name=name, suffix=suffix)
        )
    if form.of_report is None:
        raise ReportFormError(said("forms", "of_archive", form=form.name, suffix=form.suffixes[0]))
    return form


def _ends_alike(form: Format, output: Path | None) -> bool:
    """True where the name ends as one of the form does, as far as a system knows: «.json» of «.gitlab.json»."""
    return output is not None and output.suffix.lower() in {Path(f"a{suffix}").suffix for suffix in form.suffixes}


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
