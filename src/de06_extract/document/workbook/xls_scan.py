"""The scan of an .xls workbook, a stream of records in a compound file (BIFF8, as Excel has written since 1997)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import pack_into, unpack_from

from de06_extract.document.workbook.scan import SheetScan, is_percentage
from de06_extract.document.workbook.xls_stream import compound_of, stream_of
from de06_extract.errors import EncryptedFileError, UnsupportedFormatError
from de06_extract.heartbeat import step
from de06_extract.language.messages import said

_BEGIN, _END, _SHEET, _FORMAT, _STYLE, _STRINGS = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x00FC
_ENCRYPTED, _SIZE, _RESULT = 0x002F, 0x0200, 0x0207  # the last is the text that a formula gives
_NUMBER, _RK, _LABEL, _FORMULA, _TEXT, _BOOLEAN, _ROW_OF_RK = 0x0203, 0x027E, 0x00FD, 0x0006, 0x0204, 0x0205, 0x00BD
_RICH_TEXT = 0x00D6
_CELLS = frozenset((_NUMBER, _RK, _LABEL, _FORMULA, _TEXT, _RICH_TEXT, _BOOLEAN))
_BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
_BIFF8 = 0x0600
_MOST_ROWS, _MOST_COLUMNS = 1 << 16, 1 << 8  # that a sheet of this format can have


def scan_xls(data: bytes, name: str) -> Iterator[SheetScan]:
    """What is said of the cells, sheet by sheet.

    It is read from where each sheet is said to begin to its first end, as who reads the values does, who also takes
    memory for as many texts and cells as are announced, and for all rows from the first cell's to the last one's.
    Raises an `UnreadableError`, a `ValueError` for what cannot be.
    """
    stream = stream_of(data)
    sheets = list[tuple[int, str]]()
    formats: set[int] = set(_BUILT_IN)
    styles: list[bool] = []
    for _, kind, record in _records(stream, 0, name):
        if kind == _ENCRYPTED:
            raise EncryptedFileError(f"{name}: " + said("errors", "workbook_password"))
        if kind == _SHEET and len(record) > 8:
            sheets.append((unpack_from("<I", record)[0], _text(record[6:], 1)))
        elif kind == _FORMAT and len(record) > 5 and is_percentage(_text(record[2:], 2)):
            formats.add(unpack_from("<H", record)[0])
        elif kind == _STYLE and len(record) > 4:
            styles.append(unpack_from("<H", record, 2)[0] in formats)
        elif kind == _STRINGS and not 0 <= unpack_from("<i", record, 4)[0] <= len(stream):
            raise ValueError("more texts are announced than the file has bytes")
    for at, sheet in sheets:
        yield _scan(_cells(stream, at, name), SheetScan(sheet), styles)


def readable_xls(data: bytes) -> bytes:
    """The workbook in a compound file of its own, without the values that charts in its sheets repeat."""
    stream = bytearray(stream_of(data))
    held = bytes(stream)
    places = [unpack_from("<I", record)[0] for _, kind, record in _records(held, 0, "") if kind == _SHEET]
    for place in places:
        for at, kind, _ in _cells(held, place, ""):
            if kind == _BEGIN and at != place:
                pack_into("<H", stream, at, _END)
    return compound_of(bytes(stream))


def _cells(stream: bytes, place: int, name: str) -> Iterator[tuple[int, int, bytes]]:
    """The records of the sheet that begins there, to its end or where a chart in it begins, which lies behind them."""
    for at, kind, record in _records(stream, place, name):
        yield at, kind, record
        if kind == _BEGIN and at != place:
            return


def _scan(records: Iterable[tuple[int, int, bytes]], scan: SheetScan, styles: list[bool]) -> SheetScan:
    """What is said of the cells of a sheet. Raises a `ValueError` for rows that do not follow each other."""
    last = of_formula = 0
    for _, kind, record in records:
        if (kind in _CELLS or kind == _ROW_OF_RK) and len(record) >= 6:
            row = unpack_from("<H", record)[0]
            of_formula = row if kind == _FORMULA else of_formula
            _see(scan, kind, record, styles)
        elif kind == _RESULT:
            row = of_formula
        else:
            if kind == _SIZE:
                _see_announced(scan, record)
            continue
        if row < last:
            raise ValueError("its rows are not in order")
        last = row
    step()
    return scan


def _see_announced(scan: SheetScan, record: bytes) -> None:
    """Takes notice of the size of a sheet as it is announced, where no sheet of this format can have it."""
    top, bottom, left, right = unpack_from("<IIHH" if len(record) == 14 else "<HHHH", record)
    if bottom and right and not (top < bottom <= _MOST_ROWS and left < right <= _MOST_COLUMNS):
        scan.see(max(top, bottom, _MOST_ROWS), max(left, right, _MOST_COLUMNS), percentage=False)


def _see(scan: SheetScan, kind: int, record: bytes, styles: list[bool]) -> None:
    """Takes notice of the cell, or the cells side by side, in a record."""
    row, column = unpack_from("<HH", record)
    places = range(4, len(record) - 2, 6) if kind == _ROW_OF_RK else range(4, 5)
    for beside, place in enumerate(places):
        style = unpack_from("<H", record, place)[0]
        scan.see(row, column + beside, percentage=style < len(styles) and styles[style])


def _records(stream: bytes, at: int, name: str) -> Iterator[tuple[int, int, bytes]]:
    """The offset, the kind and the content of each record from an offset on, to the first that is an end."""
    kind = 0
    while at + 4 <= len(stream) and kind != _END:
        kind, length = unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        if kind == _BEGIN and (len(record) < 2 or unpack_from("<H", record)[0] != _BIFF8):
            raise UnsupportedFormatError(f"{name}: " + said("errors", "old_workbook"))
        yield at, kind, record
        at += 4 + length


def _text(written: bytes, width: int) -> str:
    """A text with its length, in so many bytes, before it, and a byte that says whether its letters have one or two."""
    length = int.from_bytes(written[:width], "little")
    letters = written[width + 1 :]
    return (
        letters[: 2 * length].decode("utf-16-le", "replace")
        if written[width] & 1
        else letters[:length].decode("latin-1")
    )
