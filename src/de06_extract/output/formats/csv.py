"""CSV: a file for each table, in the words that people read or in the codes that programs do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import BinaryIO

from de06_extract.output.format import Format, Settings
from de06_extract.output.tables.apart import write_archive_apart, write_report_apart
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.csv_tables import write_csv
from de06_extract.schema.rows import Row


def _write(
    tables: Iterable[Mapping[Table, Iterable[Row]]], files: Mapping[Table, BinaryIO], settings: Settings
) -> None:
    write_csv(tables, files, settings.language, settings.delimiter, settings.headers)


FORMAT = Format(
    "csv",
    (".csv",),
    tables="apart",
    has_delimiter=True,
    of_report=partial(write_report_apart, _write),
    of_archive=partial(write_archive_apart, _write),
)
