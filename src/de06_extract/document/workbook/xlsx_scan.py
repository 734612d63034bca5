"""The scan of an .xlsx workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from zipfile import ZipFile

from de06_extract.document.workbook.scan import SheetScan, is_percentage
from de06_extract.heartbeat import step
from de06_extract.language.digits import integer

_BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
_PLACE = re.compile(r"([A-Za-z]+)([0-9]+)")  # of any length: who reads the values takes «ZZZZ9» for a column as well
_MOST_LETTERS = 6  # of a column; three are the last that a program has


def scan_xlsx(data: bytes) -> Iterator[SheetScan]:
    """What is said of the cells, sheet by sheet."""
    with ZipFile(BytesIO(data)) as archive:
        percentages = _percentage_styles(archive)
        for name, part in _sheets(archive):
            yield _scan(archive, name, part, percentages)


def _parsed(archive: ZipFile, part: str) -> Any:
    from lxml import etree

    if part not in archive.NameToInfo:
        return etree.Element("none")
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet and its part; names may be the same."""
    relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target") or "" for relation in relations}
    for sheet in _parsed(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next((targets.get(value) for key, value in sheet.items() if key.endswith("}id")), None)
        if target:
            yield sheet.get("name") or "", normpath(join("xl", target)) if target[0] != "/" else target[1:]


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


def _scan(archive: ZipFile, name: str, part: str, percentages: set[int]) -> SheetScan:
    from lxml import etree

    found = SheetScan(name)
    names = {known.lower(): known for known in archive.NameToInfo}  # whoever reads the values asks for no case
    if part.lower() not in names:
        return found
    row = column = -1
    kinds = {"tag": ("{*}c", "{*}row"), "events": ("start", "end")}
    with archive.open(names[part.lower()]) as stream:
        for event, element in etree.iterparse(stream, resolve_entities=False, no_network=True, **kinds):
            is_row, place = element.tag.endswith("}row"), element.get("r") or ""
            if event == "start" and is_row:
                row, column = integer(place) - 1 if place.isdecimal() else row + 1, -1
            elif event == "start":
                stated = _PLACE.fullmatch(place)
                column, row = (column + 1, row) if stated is None else (_number(stated[1]) - 1, integer(stated[2]) - 1)
                style = element.get("s") or ""
                found.see(row, column, percentage=style.isdecimal() and integer(style) in percentages)
            elif is_row:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                step()
    return found


def _number(letters: str) -> int:
    """The number of a column, counted from 1; of one with very many letters one that is large as well.

    >>> _number("A"), _number("AB"), _number("Z" * 5_000) > 100_000_000
    (1, 28, True)
    """
    number = 0
    for letter in letters[:_MOST_LETTERS].upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
