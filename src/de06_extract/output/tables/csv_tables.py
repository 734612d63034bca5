"""Tables as CSV: UTF-8 with a byte order mark, so that Excel reads Vietnamese, and no text that a program would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO, Literal

from de06_extract.output.tables.columns import Column, Shown, Table, columns, fields
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row, Value

Delimiter = Literal["comma", "semicolon", "tab"]
Headers = Literal["words", "ids"]

_MARKS: dict[Delimiter, str] = {"comma": ",", "semicolon": ";", "tab": "\t"}
_FORMULA = "=+\\-@＝＋－＠"  # what a spreadsheet takes for the beginning of a formula, as OWASP lists it
_BEGINS_FORMULA = re.compile(rf"\s*[{_FORMULA}]|[\t\r\n]")
_NUMBER = re.compile(r"-\d[\d., ]*%?")
# What begins like a formula behind a mark at which a program may split, whatever this file was written with: Excel with
# Vietnamese settings splits a file with commas at its semicolons, and heeds no quotation mark inside of that.
# A number up to the next such mark is none.
_BEHIND_MARK = re.compile(
    rf"""
    ( [\r\n] [\s"]* | (?P<mark> [;,\t|] ) [\s"]* (?! [+-] \d [\d.,\x20]* %? \x20* (?P=mark) ) ) (?= [{_FORMULA}] )
    """,
    re.VERBOSE,
)


def write_csv(
    tables: Iterable[Mapping[Table, Iterable[Row]]],
    files: Mapping[Table, BinaryIO],
    language: Language,
    delimiter: Delimiter = "comma",
    headers: Headers = "words",
) -> None:
    """Writes the tables of many reports, one after the other, each kind to its file.

    Numbers have a decimal point, or the comma of Vietnamese settings where a semicolon stands between the cells.
    With `ids` the tables are those of Parquet: the keys of the rows at the heads, codes in the cells, and a fraction in
    all numbers of a column that may hold some, so that a program takes it for what it is by its first rows.
    """
    cells_of = _cells_of_words if headers == "words" else _cells_of_ids
    with ExitStack() as stack:
        writers = {}
        for kind, file in files.items():
            text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
            stack.callback(text.detach)
            writers[kind] = csv.writer(text, delimiter=_MARKS[delimiter])
            heads = (column.head for column in _columns(kind, language))
            writers[kind].writerow(heads if headers == "words" else fields(kind))
        decimal_mark = "," if delimiter == "semicolon" else "."
        for table in tables:
            for kind, writer in writers.items():
                cells = cells_of(kind, language)
                writer.writerows([_cell(value, decimal_mark) for value in cells(row)] for row in table[kind])


def _cells_of_words(kind: Table, language: Language) -> Callable[[Row], list[Shown]]:
    """The values of a row as people read them."""
    heads = _columns(kind, language)
    return lambda row: [column.shown(row) for column in heads]


def _cells_of_ids(kind: Table, language: Language) -> Callable[[Row], list[Shown]]:
    """The values of a row as programs read them."""
    held = fields(kind)
    return lambda row: [_code(row[key], is_number) for key, is_number in held.items()]


def _code(value: Value, is_number: bool) -> Shown:
    """The value of a key; a number that might be a fraction is written as one.

    >>> _code(78, True), _code(78, False), _code(True, False), _code(78.5, True), _code(None, True)
    (Decimal('78.0'), 78, 'true', Decimal('78.5'), None)
    """
    if isinstance(value, bool):
        return str(value).lower()
    if is_number and isinstance(value, int | float | Decimal):
        written = f"{Decimal(str(value)):f}"
        return Decimal(written if "." in written else f"{written}.0")
    return Decimal(str(value)) if isinstance(value, float) else value


def _columns(kind: Table, language: Language) -> list[Column]:
    return [column for column in columns(kind, language) if not column.is_for_people]


def _cell(value: Shown, decimal_mark: str) -> str:
    """The value as a cell; text that begins like a formula has an apostrophe before it, a number never.

    So has what begins like one behind a mark at which a program may split: the apostrophe stands right before it.

    >>> _cell("=1+1", "."), _cell(Decimal("-12.50"), ","), _cell(date(2023, 10, 12), "."), _cell(None, ".")
    ("'=1+1", '-12,50', '2023-10-12', '')
    >>> _cell("x;=1+1;y.txt", "."), _cell("-12,5%", "."), _cell("lần lượt là 5; -3; -2+A1", ".")
    ("x;'=1+1;y.txt", '-12,5%', "lần lượt là 5; -3; '-2+A1")
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _without_formulas(value)
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f" if isinstance(value, Decimal) else "d").replace(".", decimal_mark)


def _without_formulas(text: str) -> str:
    if _BEGINS_FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = "'" + text
    return _BEHIND_MARK.sub(r"\1'", text)
