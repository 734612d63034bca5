"""Files that are no whole Word document: each is refused with its reason, or read as far as it goes."""

from __future__ import annotations

import random
import re

import pytest

from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    UnreadableError,
    UnsupportedFormatError,
)
from de06_extract.readers import read_document
from de06_extract.readers.docx.reader import read
from tests.conftest import CORPUS
from tests.readers.docx.building import corpus_document, main_part, members, read_or_refuse, rewritten, zipped

READ_PARTS = (
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    *(f"word/{name}.xml" for name in ("document", "styles", "numbering", "footnotes", "header1")),
)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
WORKBOOK = zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "?"})


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFileError, "empty"),
        (b"no zip at all", DamagedFileError, "not a whole DOCX"),
        (b"PK\x03\x04", DamagedFileError, "not a whole DOCX"),
        ((CORPUS / "docx" / "000.docx").read_bytes()[:-500], DamagedFileError, "not a whole DOCX"),
        (WORKBOOK, UnsupportedFormatError, "Excel"),
        (zipped(**{"ppt/presentation.xml": "<p/>"}), UnsupportedFormatError, "PowerPoint"),
        (zipped(**{"mimetype": "x", "content.xml": "<c/>"}), UnsupportedFormatError, "OpenDocument"),
        (zipped(**{"readme.txt": "x"}), UnsupportedFormatError, r"a ZIP archive \(1 file\), not a document"),
        (zipped(**{"word/document.xml": "<html/>"}), UnsupportedFormatError, "without a Word document"),
        (
            zipped(**{"word/document.xml": '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}),
            UnsupportedFormatError,
            "strict",
        ),
        (main_part(""), DamagedFileError, "no body"),
        (zipped(**{"word/document.xml": "<w:document"}), DamagedFileError, "word/document.xml cannot be read"),
        (main_part("<w:body><w:p/></w:body>"), EmptyFileError, "no text"),
        (main_part("<w:body><w:p><w:r><w:t> \u200b\t</w:t></w:r></w:p></w:body>"), EmptyFileError, "no text"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "password"),
        (COMPOUND + "PowerPoint Document".encode("utf-16-le"), UnsupportedFormatError, r"\.ppt"),
        (
            main_part(
                "<w:body><w:p><w:r><w:t>x&e9;</w:t></w:r></w:p></w:body>",
                f'<!DOCTYPE d [<!ENTITY e0 "ha">{ENTITIES}]>',
            ),
            DamagedFileError,
            "DTD|cannot be read",
        ),
        (
            main_part("<w:body>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:body>"),
            DamagedFileError,
            "cannot be read",
        ),
        (zipped(**{"word/document.xml": " " * (64 * 1024 * 1024 + 1)}), DamagedFileError, "unpacks to"),
    ],
)
def test_each_unreadable_file_says_why(data: bytes, error: type[UnreadableError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read_document(data, "bao cao.docx")
    assert type(caught.value) is error
    assert str(caught.value).startswith("bao cao.docx: ")
    assert "\n" not in str(caught.value)


def test_an_encrypted_member_asks_for_a_password() -> None:
    data = bytearray(main_part("<w:body/>"))
    central = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    with pytest.raises(EncryptedFileError, match="password"):
        read(bytes(data), "a.docx")


def test_parts_that_are_missing_cost_only_what_they_hold() -> None:
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    whole = read(data, "a.docx")
    for name in members(data):
        if name in ("word/document.xml", "_rels/.rels"):
            continue
        document = read(rewritten(data, {name: None}), "a.docx")
        assert document.text.split("\n")[:50] == whole.text.split("\n")[:50], name


def test_relationships_that_lead_nowhere_are_no_obstacle() -> None:
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    name = "word/_rels/document.xml.rels"
    broken = re.sub(rb'Target="(?!footnotes)[^"]*"', b'Target="NULL"', members(data)[name])
    assert len(read(rewritten(data, {name: broken}), "a.docx").blocks) == len(corpus_document("003").blocks)


def test_flipped_and_cut_bytes_never_raise_anything_else() -> None:
    rng = random.Random(6)
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    for _ in range(150):
        damaged = bytearray(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
        for _ in range(rng.choice((1, 8, 64))):
            if damaged:
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        read_or_refuse(bytes(damaged))


def test_parts_changed_inside_never_raise_anything_else() -> None:
    rng = random.Random(7)
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    parts = {name: text for name, text in members(data).items() if name in READ_PARTS}
    values = (b'"-1"', b'"99999999999999999999"', b'""', b'"x"', b'"../../.."', b'"superscript"', b'"2"')
    for name, text in parts.items():
        for _ in range(6):
            read_or_refuse(rewritten(data, {name: rng.choice(list(parts.values()))}))
            at = rng.randrange(len(text))
            read_or_refuse(rewritten(data, {name: text[:at] + text[at + rng.randrange(40) :]}))
            changed = re.sub(rb'"[^"]*"', lambda m: rng.choice(values) if rng.random() < 0.02 else m[0], text)
            read_or_refuse(rewritten(data, {name: changed}))
