"""Tables as Parquet, for programs: the keys and codes of the rows, one type a column. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from de06_extract.optional_libraries import load_extra
from de06_extract.output.tables.columns import Table, columns, fields
from de06_extract.schema.rows import Row, plain

_ROWS_A_GROUP = 10_000  # as many rows wait in memory until they are written
_TYPES = {"integer": "int64", "number": "float64", "date": "date32", "day": "date32", "flag": "bool_"}


def write_parquet(tables: Iterable[Mapping[Table, Iterable[Row]]], files: Mapping[Table, BinaryIO]) -> None:
    """Writes the tables of many reports, one after the other, each kind to its file; it holds a group of rows."""
    pa, pq = load_extra("pyarrow", "parquet"), load_extra("pyarrow.parquet", "parquet")
    schemas = {kind: _schema(pa, kind) for kind in files}
    numbers = {kind: {column.key for column in columns(kind, "en") if column.type == "number"} for kind in files}
    waiting: dict[Table, list[dict[str, Any]]] = {kind: [] for kind in files}
    writers = {kind: pq.ParquetWriter(file, schemas[kind], compression="zstd") for kind, file in files.items()}

    def flush(kind: Table) -> None:
        writers[kind].write_table(pa.Table.from_pylist(waiting[kind], schemas[kind]))
        waiting[kind].clear()

    try:
        for table in tables:
            for kind in files:
                waiting[kind].extend(_writable(row, numbers[kind]) for row in table[kind])
                if len(waiting[kind]) >= _ROWS_A_GROUP:
                    flush(kind)
        for kind in files:
            flush(kind)
    finally:
        for writer in writers.values():
            writer.close()


def _schema(pa: Any, kind: Table) -> Any:
    """The fields in the order of the columns, a date that is known in part only beside the date."""
    types = {column.key: _TYPES.get(column.type, "string") for column in columns(kind, "en")}
    return pa.schema([(key, getattr(pa, types.get(key, "string"))()) for key in fields(kind)])


def _writable(row: Row, numbers: Container[str]) -> dict[str, Any]:
    """The row with text that UTF-8 can hold, and with numbers of any length as floats."""
    return {key: _written(value, key in numbers) for key, value in plain(row).items()}


def _written(value: Any, is_number: bool) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return float(Decimal(value)) if is_number and isinstance(value, int) else value
