"""Workbooks whose cells hold what a table of a report holds, and whose parts are changed in their trees."""

from __future__ import annotations

import random
import re

from fuzzing.texts import NUMBERS, broken, text, words
from fuzzing.trees import valid
from fuzzing.word import packed

_VALUES = (
    "0", "1", "-1", "99999999999", "9" * 4_400, "1e308", "-1e-308", "NaN", "", "x", "A1:XFD1048576", "B2:A1", "A0",
    "ZZZZ9", "true", "ZZZZZZZ1048576", "A99999999999", "٣", "XFD1048576",
)  # fmt: skip
_FORMATS = ("0.00%", "#,##0", "dd/mm/yyyy", "General", "@", '0"x"', "0%;-0%", "[red]0", "0" * 300, "%%", ";;;")
_NUMBER = re.compile(r'="(-?\d+)"')
_PLACE = re.compile(r'="([A-Z]+\d+(?::[A-Z]+\d+)?)"')


def data(chance: random.Random) -> bytes:
    """A workbook as the bytes of a file, now and then changed in its bytes."""
    sheets = [_sheet(chance) for _ in range(chance.choice((1, 1, 2, 5)))]
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _book(len(sheets), chance),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(chance),
    } | {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, 1)}
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        name = chance.choice(list(parts))
        parts[name] = chance.choice((_set_number, _set_place, _cut, _repeat))(parts[name], chance)
    held = packed({name: part.encode("utf-8", "replace") for name, part in parts.items()})
    return broken(held, chance) if chance.random() < 0.06 else held


def _sheet(chance: random.Random) -> str:
    width, rows = chance.choice((1, 3, 5, 8)), []
    for row in range(1, chance.randint(2, 15)):
        cells = "".join(_cell(column, row, chance) for column in range(width) if chance.random() < 0.85)
        rows.append(f'<row r="{row}">{cells}</row>')
    merged = f'<mergeCells><mergeCell ref="A1:B{chance.choice((1, 2, 9))}"/></mergeCells>' * chance.randint(0, 2)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(rows)}</sheetData>{merged}</worksheet>'


def _cell(column: int, row: int, chance: random.Random) -> str:
    place = f"{chr(65 + column)}{row}"
    if chance.random() < 0.5:
        return (
            f'<c r="{place}" s="{chance.randint(0, 3)}"><v>{chance.choice((5, 0.75, 12345, 45291, 1e15, -3))}</v></c>'
        )
    said = chance.choice((chance.choice(NUMBERS), chance.choice(words()), text(chance)[:200]))
    said = valid(said).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def _book(sheets: int, chance: random.Random) -> str:
    states = [chance.choice(("", "", ' state="hidden"')) for _ in range(sheets)]
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"{state}/>' for n, state in enumerate(states, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{listed}</sheets></workbook>'


def _types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}.{what}+xml"/>' for name, what in parts)
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{listed}</Types>'


def _relations(targets: list[tuple[str, str]]) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def _styles(chance: random.Random) -> str:
    kept = [form.replace('"', "&quot;") for form in chance.sample(_FORMATS, 3)]
    forms = "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{form}"/>' for n, form in enumerate(kept))
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 164, 165, 166))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<styleSheet xmlns="{main}"><numFmts>{forms}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'


def _set_number(part: str, chance: random.Random) -> str:
    return _replaced(_NUMBER, part, chance)


def _set_place(part: str, chance: random.Random) -> str:
    return _replaced(_PLACE, part, chance)


def _replaced(pattern: re.Pattern[str], part: str, chance: random.Random) -> str:
    places = [match.span(1) for match in pattern.finditer(part)]
    if not places:
        return part
    start, end = chance.choice(places)
    return part[:start] + chance.choice(_VALUES) + part[end:]


def _cut(part: str, chance: random.Random) -> str:
    at = chance.randrange(len(part) + 1)
    return part[:at] + part[at + chance.choice((1, 5, 60)) :] if chance.random() < 0.3 else part


def _repeat(part: str, chance: random.Random) -> str:
    rows = re.findall(r"<row .*?</row>|<sheet .*?/>", part)
    return part.replace(chosen := chance.choice(rows), chosen * chance.choice((2, 40))) if rows else part
