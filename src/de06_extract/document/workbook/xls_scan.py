"""The scan of an .xls workbook, a stream of records in a compound file (BIFF8, as Excel has written since 1997)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from struct import unpack_from

from de06_extract.document.workbook.scan import SheetScan, is_percentage
from de06_extract.errors import EncryptedFileError, UnsupportedFormatError
from de06_extract.heartbeat import step
from de06_extract.language.messages import said

_STREAMS = ("Workbook", "Book")
_BEGIN, _SHEET, _FORMAT, _STYLE, _ENCRYPTED = 0x0809, 0x0085, 0x041E, 0x00E0, 0x002F
_NUMBER, _RK, _LABEL, _FORMULA, _TEXT, _BOOLEAN, _ROW_OF_RK = 0x0203, 0x027E, 0x00FD, 0x0006, 0x0204, 0x0205, 0x00BD
_CELLS = frozenset((_NUMBER, _RK, _LABEL, _FORMULA, _TEXT, _BOOLEAN))
_BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
_BIFF8 = 0x0600


def scan_xls(data: bytes, name: str) -> list[SheetScan]:
    """What is said of the cells, sheet by sheet; what is in no sheet, as a chart, has no name."""
    stream = _stream(data)
    names: dict[int, str] = {}
    formats: set[int] = set(_BUILT_IN)
    styles: list[bool] = []
    found: dict[str, SheetScan] = {}
    scan = SheetScan()
    for at, kind, record in _records(stream):
        if kind == _ENCRYPTED:
            raise EncryptedFileError(f"{name}: " + said("errors", "workbook_password"))
        if kind == _BEGIN:
            if len(record) < 2 or unpack_from("<H", record)[0] != _BIFF8:
                raise UnsupportedFormatError(f"{name}: " + said("errors", "old_workbook"))
            sheet = names.get(at, "")
            scan = found.setdefault(sheet, SheetScan(sheet))
            step()
        elif kind == _SHEET and len(record) > 8:
            names[unpack_from("<I", record)[0]] = _text(record[6:], 1)
        elif kind == _FORMAT and len(record) > 5 and is_percentage(_text(record[2:], 2)):
            formats.add(unpack_from("<H", record)[0])
        elif kind == _STYLE and len(record) > 4:
            styles.append(unpack_from("<H", record, 2)[0] in formats)
        elif kind in _CELLS or kind == _ROW_OF_RK:
            _see(scan, kind, record, styles)
    return list(found.values())


def _see(scan: SheetScan, kind: int, record: bytes, styles: list[bool]) -> None:
    """Takes notice of the cell, or the cells side by side, in a record."""
    if len(record) < 6:
        return
    row, column = unpack_from("<HH", record)
    places = range(4, len(record) - 2, 6) if kind == _ROW_OF_RK else range(4, 5)
    for beside, place in enumerate(places):
        style = unpack_from("<H", record, place)[0]
        scan.see(row, column + beside, percentage=style < len(styles) and styles[style])


def _stream(data: bytes) -> bytes:
    from olefile import OleFileIO

    with OleFileIO(BytesIO(data)) as file:
        for stream in _STREAMS:
            if file.exists(stream):
                return bytes(file.openstream(stream).read())
    return b""


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The offset, the kind and the content of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
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
