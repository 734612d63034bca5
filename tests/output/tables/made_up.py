"""A made-up report and rows, and commands that write them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from typer.testing import CliRunner, Result

from de06_extract.commands.cli import app
from de06_extract.output.tables.columns import columns
from de06_extract.schema.rows import Kind, Row

WRONG = "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 98,57%.\nCó 10/12 xã (đạt 83,4%).\nCó 3/4 xã đạt 75%.\n"
HOSTILE = (
    "=1+1",
    "+1",
    "-1 xã",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠1",
    " =1+1",
    '=HYPERLINK("http://x")',
)


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def made_up(kind: Kind = "findings", /, **values: Any) -> Row:
    """A row in which only some columns hold something."""
    keys = {column.key for column in columns(kind, "vi")} | {"document_date_text"}
    assert set(values) <= keys
    return {**dict.fromkeys(keys), **values}


def csv_rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))
