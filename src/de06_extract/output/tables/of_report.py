"""The tables of one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from de06_extract.output.format import Settings
from de06_extract.output.tables.columns import Table
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Row, rows_of


def report_tables(report: Report, settings: Settings) -> list[Mapping[Table, Iterator[Row]]]:
    """The rows of a report in each of the tables that the settings name, as the only part of a list."""
    parsed = report.model_dump()
    return [{kind: rows_of(parsed, kind, language=settings.language, path=settings.path) for kind in settings.tables}]
