"""The scan of an .xlsx workbook."""

from __future__ import annotations

import re
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from zipfile import ZipFile

from de06_extract.heartbeat import step
from de06_extract.language.digits import integer
from de06_extract.readers.spreadsheet.scan import SheetScan, is_percentage

_BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def scan_xlsx(data: bytes) -> dict[str, SheetScan]:
    """What is said of the cells, sheet by sheet."""
    with ZipFile(BytesIO(data)) as archive:
        percentages = _percentage_styles(archive)
        return {name: _scan(archive, part, percentages) for name, part in _sheets(archive).items()}


def _parsed(archive: ZipFile, part: str) -> Any:
    from lxml import etree

    if part not in archive.NameToInfo:
        return etree.Element("none")
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))


def _sheets(archive: ZipFile) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    parts = {}
    for sheet in _parsed(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next((targets.get(value) for key, value in sheet.items() if key.endswith("}id")), None)
        if target:
            parts[sheet.get("name") or ""] = normpath(join("xl", target)) if target[0] != "/" else target[1:]
    return parts


def _percentage_styles(archive: ZipFile) -> set[int]:
    """The numbers of the cell styles that show percentages."""
    styles = _parsed(archive, "xl/styles.xml")
    own = {
        number_format.get("numFmtId")
        for number_format in styles.iter("{*}numFmt")
        if is_percentage(number_format.get("formatCode") or "")
    }
    own |= {str(number) for number in _BUILT_IN}
    found = set()
    for formats in styles.iter("{*}cellXfs"):
        found |= {at for at, style in enumerate(formats) if style.get("numFmtId") in own}
    return found


def _scan(archive: ZipFile, part: str, percentages: set[int]) -> SheetScan:
    from lxml import etree

    found = SheetScan()
    if part not in archive.NameToInfo:
        return found
    row = column = -1
    with archive.open(part) as stream:
        for _, cell in etree.iterparse(stream, tag=("{*}c", "{*}row"), resolve_entities=False, no_network=True):
            if cell.tag.endswith("}row"):
                row, column = row + 1, -1
                cell.clear()
                while cell.getprevious() is not None:
                    del cell.getparent()[0]
                step()
                continue
            place = _PLACE.fullmatch(cell.get("r") or "")
            if place is not None:
                column, row = _number(place[1]) - 1, integer(place[2]) - 2
            else:
                column += 1
            style = cell.get("s") or ""
            found.see(row + 1, column, percentage=style.isdecimal() and integer(style) in percentages)
    return found


def _number(letters: str) -> int:
    """The number of a column, counted from 1.

    >>> _number("A"), _number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
