"""Word documents made of pieces of XML, changed, and read."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from itertools import pairwise
from typing import Any

import docx

from de06_extract.document.document import Document
from de06_extract.errors import UnreadableError
from de06_extract.readers.docx.reader import read
from tests.conftest import CORPUS, corpus

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LONG = "Trong quý I, Ủy ban nhân dân thị xã đã cấp thẻ bảo hiểm y tế cho trẻ em dưới 6"
RULED = (
    "<w:tblPr><w:tblBorders><w:top w:val='single'/><w:bottom w:val='single'/><w:insideH w:val='single'/>"
    "<w:insideV w:val='single'/></w:tblBorders></w:tblPr>"
)


def zipped(**files: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def main_part(inside: str, head: str = "") -> bytes:
    return zipped(**{"word/document.xml": f"{head}<w:document {SPACES}>{inside}</w:document>"})


LEVELS = (
    ("upperRoman", "%1."),
    ("decimal", "%1.%2."),
    ("lowerLetter", "%3)"),
    ("bullet", "\uf0b7"),
    ("bullet", "+"),
)
NUMBERING = (
    "<w:abstractNum w:abstractNumId='5'>"
    + "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for at, (form, text) in enumerate(LEVELS)
    )
    + "</w:abstractNum><w:abstractNum w:abstractNumId='6'><w:lvl w:ilvl='0'><w:start w:val='5'/>"
    "<w:numFmt w:val='decimalZero'/><w:suff w:val='nothing'/><w:lvlText w:val='%1/'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='5'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>"
    "</w:lvlOverride></w:num><w:num w:numId='4'><w:abstractNumId w:val='6'/></w:num>"
)


def read_body(body: str, **parts: str) -> Document:
    """The document with this body; each further part (styles, numbering, footnotes) is given by its inside."""
    document = read(packed(body, **parts), "a.docx")
    check_promises(document)
    return document


def packed(body: str, **parts: str) -> bytes:
    """The file with this body and these parts."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts)
        + "</Relationships>",
    }
    files |= {f"word/{kind}.xml": f"<w:{kind} {SPACES}>{inside}</w:{kind}>" for kind, inside in parts.items()}
    return zipped(**files)


def note_xml(kind: str, number: int, *texts: str) -> str:
    paragraphs = "".join(f"<w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {text}</w:t></w:r></w:p>" for text in texts)
    return f"<w:{kind} w:id='{number}'>{paragraphs}</w:{kind}>"


def element(xml: str) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(re.sub(r"^(<w:\w+)", rf'\1 xmlns:w="{W}"', xml))


def with_table(rows: str, style: str | None) -> Any:
    document = docx.Document()
    add_table(document, rows, style)
    return document


def add_table(document: Any, rows: str, style: str | None) -> None:
    texts = [row.split("|") for row in rows.split(";")]
    table = document.add_table(len(texts), len(texts[0]), style=style)
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rewritten(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in {**members(data), **changes}.items():
            if text is not None:
                archive.writestr(name, text)
    return stream.getvalue()


def read_or_refuse(data: bytes) -> None:
    try:
        document = read(data, "a.docx")
    except UnreadableError as error:
        message = str(error)
    else:
        check_promises(document)
        return
    assert message.startswith("a.docx: ")
    assert "\n" not in message


def rows_of_grid(document: Document) -> list[list[str]]:
    (grid,) = document.grids
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        row = rows.setdefault(cell.row, [])
        assert cell.column == len(row)
        row.append(document.text[cell.start : cell.end])
    return list(rows.values())


def check_promises(document: Document) -> None:
    """What later stages rely on: NFC, blocks and places in order within the text, grids equal to their text."""
    assert unicodedata.is_normalized("NFC", document.text)
    document.text.encode()
    edges = [edge for block in document.blocks for edge in block.ranges]
    assert edges == sorted(edges)
    places = document.places
    assert all(place.start < place.end for place in places)
    assert all(before.end <= after.start for before, after in pairwise(places))
    for block in document.blocks:
        if block.kind != "table":
            assert all("\n" not in document.text[start:end] and start < end for start, end in block.ranges)
        if block.anchor is not None and block.mark is not None:
            assert document.text[block.anchor :].startswith(block.mark)
    for grid in document.grids:
        rows: dict[int, list[str]] = {}
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
        if grid.reading != "marked":
            assert all(grid.start <= cell.start <= cell.end <= grid.end for cell in grid.cells)
            continue
        assert "\n".join("\t".join(row) for row in rows.values()) == document.text[grid.start : grid.end]
    assert "\n".join(document.text[start:end] for start, end in edges) == document.text


def corpus_document(name: str) -> Document:
    return read((CORPUS / "docx" / f"{name}.docx").read_bytes(), f"{name}.docx")


def corpus_text(name: str) -> str:
    return unicodedata.normalize("NFC", corpus(name).read_text("utf-8"))


def without_marks(line: str) -> str:
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    line = re.sub(r"<sup>(\d+)</sup>", lambda match: match[1].translate(raised), line.lstrip("# "))
    return plain(line.replace("\\*", "∗").replace("*", "").replace("∗", "*").replace("⁽", "(").replace("⁾", ")"))


def plain(text: str) -> str:
    return " ".join(text.split())
