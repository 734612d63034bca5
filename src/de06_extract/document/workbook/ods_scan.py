"""The scan of an .ods workbook."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from de06_extract.document.workbook.scan import SheetScan
from de06_extract.heartbeat import step
from de06_extract.language.digits import integer

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST = 1 << 20  # rows, or columns; no program has more
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def scan_ods(data: bytes) -> Iterator[SheetScan]:
    """What is said of the cells, sheet by sheet."""
    from lxml import etree

    with ZipFile(BytesIO(data)) as archive:
        tree = etree.fromstring(
            archive.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    yield from map(_scan, tree.iter(f"{_TABLE}table"))


def _scan(table: Any) -> SheetScan:
    found, row = SheetScan(table.get(f"{_TABLE}name") or ""), 0
    for element in table.iter(f"{_TABLE}table-row"):
        rows, column = _times(element, "rows"), 0
        for cell in element.iterchildren(*_CELLS):
            columns = _times(cell, "columns")
            kind = cell.get(f"{_OFFICE}value-type")
            if kind is not None:
                found.see(row + rows - 1, column + columns - 1, percentage=False)
                if kind == "percentage" and not found.is_too_large:
                    found.percentages |= {(row + down, column + on) for down in range(rows) for on in range(columns)}
            column += columns
        row += rows
        step()
    return found


def _times(element: Any, what: str) -> int:
    """How many rows or columns an element stands for."""
    written = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return max(1, min(integer(written), _MOST)) if written.isdecimal() and len(written) < 9 else 1
