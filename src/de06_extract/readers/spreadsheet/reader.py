"""Workbooks (.xlsx, .xls, .ods): the values of each sheet as tables, and the lines around these."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from de06_extract.document.composition import Composition, one_line
from de06_extract.document.document import Document
from de06_extract.document.workbook.scan import SheetScan, checked
from de06_extract.document.workbook.scans import scans_of
from de06_extract.document.workbook.xls_scan import readable_xls
from de06_extract.errors import DamagedFileError, EmptyFileError, EncryptedFileError, UnreadableError
from de06_extract.heartbeat import step
from de06_extract.language.messages import said
from de06_extract.readers import load_library
from de06_extract.readers.spreadsheet.numbers import written
from de06_extract.schema.report import Remark

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_EXTRA = "spreadsheet"
_PARTS = ("xl/workbook.xml", "Workbook", "Book")  # the part of an .xlsx, the streams of an .xls
_OPEN_DOCUMENT = b"opendocument.spreadsheet"  # in what the first part of an .ods says
_PANIC = "PanicException"  # what calamine, in Rust, ends with at an index beyond the end; no `Exception` of Python
_ZIP = b"PK\x03\x04"
_GAP = 2  # empty rows that part two tables

Rows = list[list[str]]


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of a ZIP archive or a compound file with the parts of a workbook.

    >>> is_mine(b"PK", ["xl/workbook.xml"]), is_mine(b"PK", ["word/document.xml"])
    (True, False)
    """
    return any(part in names for part in _PARTS) or (_OPEN_DOCUMENT in head and "content.xml" in names)


def read(data: bytes, name: str) -> Document:
    """The document in a workbook: its sheets in their order, hidden ones too."""
    calamine = load_library("python_calamine", _EXTRA, name)
    try:
        scans = checked(scans_of(data, name), name)
        composition = Composition()
        with calamine.CalamineWorkbook.from_filelike(BytesIO(_sound(data))) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
            for sheet in sheets:
                rows = _rows(book.get_sheet_by_name(sheet.name), scans.get(sheet.name, SheetScan()))
                if sheet.visible != calamine.SheetVisibleEnum.Visible and rows:
                    composition.remarks.append(Remark(about="hidden-sheet", detail=sheet.name))
                _compose(composition, sheet.name if len(sheets) > 1 else "", rows)
                step()
    except calamine.PasswordError as error:
        raise EncryptedFileError(f"{name}: " + said("errors", "workbook_password")) from error
    except (UnreadableError, MemoryError):
        raise
    except BaseException as error:  # zipfile, lxml, olefile and calamine raise whatever flipped bytes lead them to
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DamagedFileError(f"{name}: " + said("errors", "workbook_unread", reason=reason)) from error
    if not composition.parts:
        raise EmptyFileError(f"{name}: " + said("errors", "empty_workbook"))
    return composition.document(name, MEDIA_TYPE)


def _sound(data: bytes) -> bytes:
    """The workbook as who reads the values gets it: chains of an .xls without an end would take all memory there is."""
    return data if data.startswith(_ZIP) else readable_xls(data)


def _rows(sheet: Any, scan: SheetScan) -> Rows:
    """The text of each cell, the empty rows and columns before the first included, so that places are the sheet's."""
    return [
        [
            one_line(written(value, percentage=(row, column) in scan.percentages)) if value != "" else ""
            for column, value in enumerate(values)
        ]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
    ]


def _compose(composition: Composition, name: str, rows: Rows) -> None:
    """Adds a sheet: its name, and its tables with the lines above and below them."""
    if not any(map(any, rows)):
        return
    composition.add_line(name, "heading")
    for first, block in _blocks(rows):
        filled = [at for at, row in enumerate(block) if sum(map(bool, row)) > 1]
        top, bottom = (filled[0], filled[-1] + 1) if filled else (len(block), len(block))
        for row in block[:top]:
            composition.add_line(" ".join(filter(None, row)))
        if filled:
            table = _table(block[top:bottom])
            composition.add_table(table, ruled=True, first_row=first + top + 1)
        for row in block[bottom:]:
            composition.add_line(" ".join(filter(None, row)))


def _blocks(rows: Rows) -> list[tuple[int, Rows]]:
    """The stretches of rows that belong together, each with the number of its first row from 0.

    Two empty rows part two tables, and so does one before a row with nothing but a title in it.
    """
    blocks: list[tuple[int, Rows]] = []
    parted = True
    for empty, group in groupby(enumerate(rows), key=lambda numbered: not any(numbered[1])):
        stretch = list(group)
        if empty:
            parted = len(stretch) >= _GAP
            gap = [row for _, row in stretch]
            continue
        if blocks and not parted and sum(map(bool, stretch[0][1])) > 1:
            blocks[-1][1].extend(gap)
            blocks[-1][1].extend(row for _, row in stretch)
        else:
            blocks.append((stretch[0][0], [row for _, row in stretch]))
        parted = True
    return blocks


def _table(rows: Rows) -> Rows:
    """The rows without the columns behind the last that holds something; merged cells stand in their first."""
    width = max(at + 1 for row in rows for at, text in enumerate(row) if text)
    return [row[:width] for row in rows]
