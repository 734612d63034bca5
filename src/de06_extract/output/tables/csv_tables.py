"""Tables as CSV: UTF-8 with a byte order mark, so that Excel reads Vietnamese, and no text that a program would run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO, Literal

from de06_extract.output.tables.columns import Column, Shown, Table, columns
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row

Delimiter = Literal["comma", "semicolon", "tab"]

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
) -> None:
    """Writes the tables of many reports, one after the other, each kind to its file.

    Numbers have a decimal point, or the comma of Vietnamese settings where a semicolon stands between the cells.
    """
    with ExitStack() as stack:
        writers = {}
        for kind, file in files.items():
            text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
            stack.callback(text.detach)
            writers[kind] = csv.writer(text, delimiter=_MARKS[delimiter])
            writers[kind].writerow(column.head for column in _columns(kind, language))
        decimal_mark = "," if delimiter == "semicolon" else "."
        for table in tables:
            for kind, writer in writers.items():
                heads = _columns(kind, language)
                writer.writerows([_cell(column.shown(row), decimal_mark) for column in heads] for row in table[kind])


def _columns(kind: Table, language: Language) -> list[Column]:
    return [column for column in columns(kind, language) if not column.is_filled_in]


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
