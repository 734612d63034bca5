"""What is said of the cells of an .ods workbook is found in work that grows with its cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from de06_extract import UnreadableError
from de06_extract.document.workbook.ods_scan import scan_ods
from de06_extract.readers import read_document
from tests.counting import lines_run

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
CELL = '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
EMPTY = '<table:table-cell table:number-columns-repeated="999"/>'


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return stream.getvalue()


def workbook(rows: str) -> bytes:
    table = f'<table:table table:name="S">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return packed(content_xml=f"<office:document-content {SPACES}>{body}</office:document-content>")


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


@pytest.mark.parametrize(
    "grown",
    [
        lambda count: row(CELL * 3) * count,
        lambda count: row(CELL * count),
        lambda count: row(EMPTY, 1_000) * count,
        lambda count: row(row(CELL)) * count,
        lambda count: "<text:p>x</text:p>" * count,
    ],
)
def test_cells_take_work_in_proportion(grown: Callable[[int], str]) -> None:
    def work(count: int) -> int:
        made = workbook(grown(count))
        return lines_run(lambda: list(scan_ods(made)))

    work(2)  # what is loaded once does not count
    assert work(400) <= 4.4 * work(100)


def test_a_part_of_another_format_beside_a_broken_one_is_not_read() -> None:
    """The library takes the binary workbook, or the open one, where it cannot read the first; neither was looked at."""
    bombs = ({"xl__workbook_bin": "\x83\x01"}, {"content_xml": "<x/>"}, {"XL__WORKBOOK_BIN": "x"})
    for bomb in bombs:
        with pytest.raises(UnreadableError, match="two formats"):
            read_document(packed(xl__workbook_xml="<workbook/>", **bomb), "a.xlsx")
    with pytest.raises(UnreadableError):
        read_document(packed(xl__workbook_bin="x"), "a.xlsx")
