"""Parquet: a file for each table, in the codes that programs read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Extra, Format, Settings
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.of_archive import NAMES, archive_tables
from de06_extract.output.tables.of_report import report_tables
from de06_extract.output.tables.parquet import write_parquet
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Row


def _of_report(report: Report, files: Sequence[BinaryIO], settings: Settings) -> None:
    _write(report_tables(report, settings), settings.tables, files, settings)


def _of_archive(results: Iterable[FileResult], files: Sequence[BinaryIO], settings: Settings) -> None:
    _write((archive_tables(result, settings) for result in results), tuple(NAMES), files, settings)


def _write(
    tables: Iterable[Mapping[Table, Iterable[Row]]],
    kinds: Sequence[Table],
    files: Sequence[BinaryIO],
    settings: Settings,
) -> None:
    by_table = dict(zip(kinds, files, strict=True))
    write_parquet(tables, by_table)


FORMAT = Format(
    "parquet",
    (".parquet",),
    is_binary=True,
    extra=Extra("pyarrow", "parquet"),
    tables="apart",
    of_report=_of_report,
    of_archive=_of_archive,
)
