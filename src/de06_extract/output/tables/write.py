"""Tables of reports in the formats that people and programs open: CSV, a workbook, Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal

from de06_extract.optional_libraries import load_extra
from de06_extract.output.tables.columns import KINDS, Table
from de06_extract.output.tables.csv_tables import Delimiter, write_csv
from de06_extract.output.tables.parquet import write_parquet
from de06_extract.output.tables.xlsx import write_sheets
from de06_extract.schema.display import Language
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind, Row, rows_of

TableForm = Literal["csv", "xlsx", "parquet"]
BINARY: frozenset[TableForm] = frozenset({"xlsx", "parquet"})


def require(form: TableForm) -> None:
    """Raises a `MissingExtraError` where the library of a format is not installed, before any work is done for it."""
    if form == "parquet":
        load_extra("pyarrow", "parquet")


def destinations(form: TableForm, output: Path | None, table: Kind | None) -> dict[Kind, Path | None]:
    """The file of each table, None for standard output: a workbook holds all of them, another file or stream just one.

    CSV and Parquet have a file a table, named after the output; a device is one file.

    >>> [str(path) for path in destinations("csv", Path("out.csv"), None).values()]
    ['out.findings.csv', 'out.indicators.csv', 'out.claims.csv']
    >>> destinations("csv", None, None), destinations("csv", None, "claims")
    ({'findings': None}, {'claims': None})
    """
    if form == "xlsx":
        return dict.fromkeys(KINDS if table is None else (table,), output)
    if output is None or table is not None or (output.exists() and not output.is_file()):
        return {table or KINDS[0]: output}
    stem = output.name.removesuffix(f".{form}")
    return {kind: output.with_name(f"{stem}.{kind}.{form}") for kind in KINDS}


def write_tables(
    form: TableForm,
    reports: Iterable[tuple[Report, str | None]],
    files: Mapping[Kind, BinaryIO],
    *,
    language: Language = "vi",
    delimiter: Delimiter = "comma",
    folder: Path | None = None,
) -> None:
    """Writes the tables of reports, each given with the path of its source file, or None where it has none.

    Reports are taken one at a time and not kept, so that an archive of any size can be written. A workbook is one file
    under each of its kinds; its links to source files are relative to `folder`, where it will lie.
    """
    tables = _tables(reports, tuple(files), language)
    outputs: dict[Table, BinaryIO] = dict(files.items())
    if form == "csv":
        write_csv(tables, outputs, language, delimiter)
    elif form == "parquet":
        write_parquet(tables, outputs)
    else:
        write_sheets(tables, next(iter(files.values())), tuple(files), language, folder=folder)


def _tables(
    reports: Iterable[tuple[Report, str | None]], kinds: Iterable[Kind], language: Language
) -> Iterator[dict[Table, Iterator[Row]]]:
    for report, path in reports:
        parsed = report.model_dump()
        yield {kind: rows_of(parsed, kind, language=language, path=path) for kind in kinds}
