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

from fuzzing.texts import CORPUS, broken, text

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


@cache
def _sources() -> tuple[Mapping[str, bytes], ...]:
    """The parts of the Word documents of the corpus."""
    found = []
    for path in sorted((CORPUS / "docx").glob("*.docx")):
        with zipfile.ZipFile(path) as archive:
            found.append({name: archive.read(name) for name in archive.namelist()})
    return tuple(found)


def data(chance: random.Random) -> bytes:
    """A Word document with a stretch of one of the corpus, changed in its trees, now and then in its bytes."""
    parts = dict(chance.choice(_sources()))
    trees = {name: etree.fromstring(parts[name]) for name in _PARTS if name in parts}
    _shorten(trees["word/document.xml"], chance)
    for _ in range(chance.choice((1, 2, 4, 8, 16))):
        name = chance.choice(("word/document.xml", "word/document.xml", *trees))
        chance.choice(_CHANGES)(trees[name], chance)
    parts |= {name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8") for name, tree in trees.items()}
    if chance.random() < 0.06:
        name = chance.choice(list(parts))
        parts[name] = broken(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1)
    return broken(stream.getvalue(), chance) if chance.random() < 0.03 else stream.getvalue()


def _shorten(root: Any, chance: random.Random) -> None:
    """Leaves some of the paragraphs and tables, so that many files can be read."""
    body = root.find(f"{W}body")
    children = [child for child in body if child.tag != f"{W}sectPr"]
    first, most = chance.randrange(len(children)), chance.choice((3, 10, 30))
    for child in children[:first] + children[first + most :]:
        body.remove(child)


def _any(root: Any, chance: random.Random) -> Any:
    return chance.choice([element for element in root.iter() if isinstance(element.tag, str)])


def _remove(root: Any, chance: random.Random) -> None:
    element = _any(root, chance)
    if element.getparent() is not None:
        element.getparent().remove(element)


def _repeat(root: Any, chance: random.Random) -> None:
    element = _any(root, chance)
    if element.getparent() is not None and len(list(element.iter())) < 300:
        for _ in range(chance.choice((1, 2, 10, 40))):
            element.addnext(copy.deepcopy(element))


def _move(root: Any, chance: random.Random) -> None:
    """Puts a copy of an element into any other."""
    element, parent = _any(root, chance), _any(root, chance)
    if element is not root and len(list(element.iter())) < 300:
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(element))


def _nest(root: Any, chance: random.Random) -> None:
    """Puts an element into copies of its parent, some levels deep."""
    element = _any(root, chance)
    for _ in range(chance.choice((1, 3, 30, 260))):
        inner = etree.SubElement(element, chance.choice((element.tag, f"{W}p", f"{W}tc", f"{W}r")))
        element = inner


def _put_in(root: Any, chance: random.Random) -> None:
    parent = _any(root, chance)
    for piece in etree.fromstring(chance.choice(_PIECES)):
        parent.insert(chance.randrange(len(parent) + 1), piece)


def _rename(root: Any, chance: random.Random) -> None:
    _any(root, chance).tag = _any(root, chance).tag


def _set_attribute(root: Any, chance: random.Random) -> None:
    named = [element for element in root.iter() if isinstance(element.tag, str) and element.attrib]
    if named:
        element = chance.choice(named)
        name = chance.choice(list(element.attrib))
        if chance.random() < 0.2:
            del element.attrib[name]
        else:
            element.set(name, chance.choice(_VALUES))


def _set_text(root: Any, chance: random.Random) -> None:
    texts = [element for element in root.iter() if element.tag in (f"{W}t", f"{W}instrText")]
    if texts:
        said = "".join(c for c in text(chance)[:600] if c in "\n\t" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe")
        chance.choice(texts).text = said


_CHANGES = (
    _remove,
    _repeat,
    _move,
    _nest,
    _put_in,
    _put_in,
    _rename,
    _set_attribute,
    _set_attribute,
    _set_text,
    _set_text,
)
