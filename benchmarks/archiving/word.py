"""Word documents out of the corpus's: some of their paragraphs, with the text in them changed."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archiving.versions import Version
from mutating.edits import applied

_TEXT = re.compile(r"(?<=<w:t>)[^<]+|(?<=<w:t xml:space=\"preserve\">)[^<]+")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _SECTION = f"{_W}p", f"{_W}sectPr"
_MAIN = "word/document.xml"
_WITH_TEXT = frozenset({_MAIN, "word/footnotes.xml"})
_NOON = (2024, 1, 1, 12, 0, 0)  # in every ZIP file, so that the same seed gives the same bytes


class WordSource:
    """A DOCX file of the corpus, unpacked."""

    def __init__(self, path: Path) -> None:
        from docx.oxml.parser import parse_xml

        with zipfile.ZipFile(path) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._main: Any = parse_xml(self._parts[_MAIN])

    def write(self, version: Version, *, without: float = 0.0) -> bytes:
        """The file with its text changed, and without a share of the paragraphs that stand outside of tables."""
        from docx.opc.oxml import serialize_part_xml

        chance = random.Random(f"{version.seed} paragraphs")
        main = copy.deepcopy(self._main)
        for paragraph in main.body.findall(_PARAGRAPH):
            if chance.random() < without and next(paragraph.iter(_SECTION), None) is None:
                main.body.remove(paragraph)
        parts = {**self._parts, _MAIN: serialize_part_xml(main)}
        for name in parts.keys() & _WITH_TEXT:
            text = parts[name].decode("utf-8")
            parts[name] = _TEXT.sub(lambda run: applied(run[0], tuple(version.edits(run[0]))), text).encode()
        return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these members, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name, _NOON), data, zipfile.ZIP_DEFLATED, 6)
    return buffer.getvalue()
