"""Word documents whose parts are changed as trees, so that they stay well-formed and a reader gets far into them."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree

from fuzzing.texts import CORPUS, broken
from fuzzing.trees import Change, move, nesting, putting, remove, rename, repeat, setting, writing

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_VALUES = (
    "0", "1", "2", "-1", "5", "99", "2147483648", "-2147483649", "9" * 30, "9" * 4_400, "", "x", "true", "0.5", "1e9",
    "٣", "continue", "restart", "bullet", "decimal", "upperRoman", "lowerLetter", "none", "begin", "separate", "end",
    "%1.%9.", "heading 1", "Normal", "rId1", "nil", "F0B7", "D800", "-1F", "10FFFF",
)  # fmt: skip
_PIECES = tuple(
    f"<w:x {_SPACES}>{piece}</w:x>"
    for piece in (
        "<w:p><w:r><w:t>Đạt 3/4 xã (75%)</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='3'/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='end'/></w:r>",
        "<w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/></w:r>",
        "<w:r><w:footnoteReference w:id='1'/></w:r>",
        "<w:r><w:endnoteReference w:id='2'/></w:r>",
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>",
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:r><w:t>a</w:t></w:r></mc:Choice><mc:Fallback/>"
        "</mc:AlternateContent>",
        "<m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "<w:r><w:rPr><w:vanish/><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>",
        "<w:r><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
        "</w:r>",
        "<w:altChunk r:id='rId1'/>",
    )
)
_PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml", "word/header1.xml")


_CHANGES: tuple[Change, ...] = (
    remove,
    repeat,
    move,
    nesting((f"{W}p", f"{W}tc", f"{W}r")),
    *(putting(_PIECES),) * 2,
    rename,
    *(setting(_VALUES),) * 2,
    *(writing((f"{W}t", f"{W}instrText")),) * 2,
)


@cache
def _sources() -> tuple[tuple[Mapping[str, bytes], Mapping[str, Any]], ...]:
    """The parts of the Word documents of the corpus, and the trees of those that are changed, none of them in these."""
    found = []
    for path in sorted((CORPUS / "docx").glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        found.append((parts, {name: etree.fromstring(parts[name]) for name in _PARTS if name in parts}))
    return tuple(found)


def data(chance: random.Random) -> bytes:
    """A Word document with a stretch of one of the corpus, changed in its trees, now and then in its bytes."""
    sound, whole = chance.choice(_sources())
    parts, trees = dict(sound), {_PARTS[0]: _stretch(whole[_PARTS[0]], chance)}
    for _ in range(chance.choice((1, 2, 4, 8, 16))):
        name = chance.choice((_PARTS[0], *whole))
        if name not in trees:
            trees[name] = copy.deepcopy(whole[name])
        chance.choice(_CHANGES)(trees[name], chance)
    parts |= {name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8") for name, tree in trees.items()}
    if chance.random() < 0.06:
        name = chance.choice(list(parts))
        parts[name] = broken(parts[name], chance)
    held = packed(parts)
    return broken(held, chance) if chance.random() < 0.03 else held


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a ZIP archive, not compressed: what is read costs more than what is made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def _stretch(whole: Any, chance: random.Random) -> Any:
    """A copy of the document with some of its paragraphs and tables, so that many files can be read."""
    body = whole.find(f"{W}body")
    children, setup = [child for child in body if child.tag != f"{W}sectPr"], body.find(f"{W}sectPr")
    first, most = chance.randrange(len(children)), chance.choice((3, 10, 30))
    root = etree.Element(whole.tag, whole.attrib, whole.nsmap)
    inside = etree.SubElement(root, body.tag, body.attrib)
    inside.extend([copy.deepcopy(child) for child in (*children[first : first + most], setup) if child is not None])
    return root
