"""OpenDocument files (.ods, .odt) whose content is changed as a tree."""

from __future__ import annotations

import random
from collections.abc import Sequence

from lxml import etree

from fuzzing.texts import NUMBERS, broken, text, words
from fuzzing.trees import Change, move, nesting, putting, remove, rename, repeat, setting, valid, writing
from fuzzing.word import packed

_OFFICE, _TABLE, _TEXT = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
_SPACES = (
    f'xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}" xmlns:text="{_TEXT}" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
_VALUES = (
    "0", "1", "2", "-1", "99", "300", "1048576", "99999999", "999999999", "9" * 30, "9" * 4_400, "", "x", "٣", "true",
    "percentage", "float", "string", "date", "boolean", "time", "currency", "1e308", "NaN", "-0", "2023-13-45",
    "PT99999H", "0.5",
)  # fmt: skip
_CELLS = (  # the kinds of cells with their values
    ("float", "value", "5"), ("float", "value", "12345"), ("float", "value", "1e15"), ("percentage", "value", "0.75"),
    ("string", "string-value", "5"), ("string", "x", ""), ("date", "date-value", "2023-05-01"),
    ("currency", "value", "-3"),
    ("time", "time-value", "PT12H30M00S"), ("boolean", "boolean-value", "true"),
)  # fmt: skip
_PIECES = tuple(
    f"<x {_SPACES}>{piece}</x>"
    for piece in (
        "<table:table table:name='S1'><table:table-row><table:table-cell office:value-type='float' office:value='5'/>"
        "</table:table-row></table:table>",
        "<table:table-row table:number-rows-repeated='100'><table:table-cell office:value-type='percentage' "
        "office:value='0.5' table:number-columns-repeated='100'/></table:table-row>",
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell/></table:table-row>",
        "<table:table-cell table:number-columns-repeated='16384'/>",
        "<table:covered-table-cell office:value-type='string'><text:p>Đạt 3/4</text:p></table:covered-table-cell>",
        "<text:p>Đạt <text:span>3/4</text:span><text:s text:c='9999'/><text:tab/><text:line-break/> xã</text:p>",
        "<text:list><text:list-item><text:p>một</text:p></text:list-item></text:list>",
        "<office:annotation><text:p>ghi chú</text:p></office:annotation>",
    )
)
_CHANGES: tuple[Change, ...] = (
    remove,
    repeat,
    move,
    nesting((f"{{{_TABLE}}}table-row", f"{{{_TEXT}}}p", f"{{{_TABLE}}}table")),
    *(putting(_PIECES),) * 2,
    rename,
    *(setting(_VALUES),) * 3,
    writing((f"{{{_TEXT}}}p",)),
)


def workbook(chance: random.Random) -> bytes:
    """A workbook as the bytes of a file, now and then changed in its bytes."""
    sheets = "".join(_sheet(number, chance) for number in range(chance.choice((1, 1, 2, 4))))
    return _document("spreadsheet", f"<office:spreadsheet>{sheets}</office:spreadsheet>", chance)


def text_document(chance: random.Random) -> bytes:
    """A text as the bytes of a file, now and then changed in its bytes."""
    paragraphs = "".join(f"<text:p>{_escaped(text(chance)[:500])}</text:p>" for _ in range(chance.randint(1, 6)))
    return _document("text", f"<office:text>{paragraphs}{_sheet(0, chance)}</office:text>", chance)


def _document(kind: str, body: str, chance: random.Random) -> bytes:
    version = ' office:version="1.2"'
    content = f"<office:document-content {_SPACES}{version}><office:body>{body}</office:body></office:document-content>"
    tree = etree.fromstring(content)
    for _ in range(chance.choice((0, 1, 1, 2, 4, 8))):
        chance.choice(_CHANGES)(tree, chance)
    parts = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": etree.tostring(tree, xml_declaration=True, encoding="UTF-8"),
        "META-INF/manifest.xml": _manifest(kind),
    }
    if chance.random() < 0.06:
        name = chance.choice(list(parts))
        parts[name] = broken(parts[name], chance)
    held = packed(parts)
    return broken(held, chance) if chance.random() < 0.04 else held


def _manifest(kind: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = (("/", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "text/xml"))
    listed = "".join(f'<m:file-entry m:full-path="{path}" m:media-type="{what}"/>' for path, what in entries)
    return f'<m:manifest xmlns:m="{space}" m:version="1.2">{listed}</m:manifest>'.encode()


def _sheet(number: int, chance: random.Random) -> str:
    rows = []
    for _ in range(chance.randint(1, 12)):
        cells = "".join(_cell(chance) for _ in range(chance.choice((1, 3, 5))))
        rows.append(f"<table:table-row{_repeated('rows', chance)}>{cells}</table:table-row>")
    return f'<table:table table:name="{_picked(("S1", f"S{number}", ""), chance)}">{"".join(rows)}</table:table>'


def _cell(chance: random.Random) -> str:
    said = chance.choice((chance.choice(NUMBERS), chance.choice(words()), text(chance)[:120]))
    kind, which, value = chance.choice(_CELLS)
    held = f' office:value-type="{kind}" office:{which}="{value}"' if chance.random() < 0.85 else ""
    name = chance.choice(("table-cell",) * 5 + ("covered-table-cell",))
    return f"<table:{name}{held}{_repeated('columns', chance)}><text:p>{_escaped(said)}</text:p></table:{name}>"


def _repeated(what: str, chance: random.Random) -> str:
    if chance.random() < 0.97:
        return ""
    return f' table:number-{what}-repeated="{chance.choice(("2", "3", "20", "1", "16300", "300"))}"'


def _picked(among: Sequence[str], chance: random.Random) -> str:
    return chance.choice(among)


def _escaped(said: str) -> str:
    return valid(said).replace("&", "&amp;").replace("<", "&lt;")
