"""The scans of a workbook of any of the three formats."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from de06_extract.document.workbook.ods_scan import scan_ods
from de06_extract.document.workbook.scan import SheetScan
from de06_extract.document.workbook.xls_scan import scan_xls
from de06_extract.document.workbook.xlsx_scan import scan_xlsx
from de06_extract.errors import EncryptedFileError, TooLargeError
from de06_extract.language.messages import said

_ZIP = b"PK\x03\x04"
_WORKBOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_UNPACKED_LIMIT = 256 << 20  # bytes of all parts


def scans_of(data: bytes, name: str) -> Iterable[SheetScan]:
    """What a workbook says of its cells, sheet by sheet.

    Raises an `UnreadableError` for one that asks for a password or is too large, and whatever the libraries raise for
    flipped bytes.
    """
    if not data.startswith(_ZIP):
        return scan_xls(data, name)
    with ZipFile(BytesIO(data)) as archive:
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise EncryptedFileError(f"{name}: " + said("errors", "zip_password"))
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > _UNPACKED_LIMIT:
            raise TooLargeError(f"{name}: {TooLargeError.of(unpacked, _UNPACKED_LIMIT)}")
        held = {part for part in map(str.lower, archive.NameToInfo) if part in _WORKBOOKS}
        if len(held) > 1:  # who reads the values takes another one where it cannot read the first
            raise ValueError("the parts of workbooks of two formats")
        is_open = "xl/workbook.xml" not in archive.NameToInfo
    return scan_ods(data) if is_open else scan_xlsx(data)
