"""Text in fonts that were made before Unicode reads as what they draw, run by run; Unicode is never converted."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import pytest
from docx.oxml.parser import parse_xml

from de06_extract import Report, extract
from de06_extract.document.document import Document
from de06_extract.readers.docx.reader import read
from tests.conftest import CORPUS, REPORTS
from tests.legacy_text import encoded, is_written
from tests.readers.docx.building import W, check_promises, corpus_document, read_body

FONT = {"tcvn3": ".VnTime", "vni": "VNI-Times"}
PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_W = f"{{{W}}}"


@cache
def in_old_fonts(name: str, encoding: str) -> bytes:
    """A report of the corpus as typed with fonts of the encoding: each run with what such a font can draw."""
    stream = io.BytesIO()
    with zipfile.ZipFile(CORPUS / "docx" / f"{name}.docx") as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, retyped(data, encoding) if PARTS.fullmatch(info.filename) else data)
    return stream.getvalue()


def retyped(part: bytes, encoding: str) -> bytes:
    from lxml import etree

    root: Any = parse_xml(part)
    for run in list(root.iter(f"{_W}r")):
        texts = [child for child in run if child.tag == f"{_W}t"]
        if len(texts) == 1 and texts[0].text and not any(child.tag == f"{_W}rPr" and marked(child) for child in run):
            before = run
            for font, text in stretches(texts[0].text, encoding):
                typed = parse_xml(etree.tostring(run))
                properties = typed.find(f"{_W}rPr")
                if properties is None:
                    properties = typed.makeelement(f"{_W}rPr")
                    typed.insert(0, properties)
                for old in properties.findall(f"{_W}rFonts"):
                    properties.remove(old)
                fonts = properties.makeelement(f"{_W}rFonts", {f"{_W}ascii": font, f"{_W}hAnsi": font})
                properties.insert(0, fonts)
                typed.find(f"{_W}t").text = text
                typed.find(f"{_W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                before.addnext(typed)
                before = typed
            run.getparent().remove(run)
    return bytes(etree.tostring(root))


def marked(properties: Any) -> bool:
    return properties.find(f"{_W}vertAlign") is not None


def stretches(text: str, encoding: str) -> list[tuple[str, str]]:
    """The text in pieces of one font each; TCVN3 has capitals with marks in a font of their own."""

    def font(letter: str) -> str:
        if is_written(letter, encoding):
            return FONT[encoding]
        if encoding == "tcvn3" and letter.isupper() and is_written(letter.lower(), encoding):
            return ".VnTimeH"
        return "Times New Roman"

    pieces = [(font, "".join(letters)) for font, letters in groupby(text, font)]
    return [(font, encoded(text.lower() if font == ".VnTimeH" else text, encoding) if font[0] in ".V" else text)
            for font, text in pieces]  # fmt: skip


def unlike(report: Report) -> dict[str, Any]:
    """What a report says, without what tells one file from another."""
    held = report.model_dump()
    del held["source"], held["generator"]
    return held


@pytest.mark.parametrize("encoding", list(FONT))
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_in_old_fonts_reads_as_the_one_in_unicode(name: str, encoding: str) -> None:
    data = in_old_fonts(name, encoding)
    found = read(data, "a.docx")
    check_promises(found)
    assert found.text == corpus_document(name).text
    assert [(remark.about, remark.detail) for remark in found.remarks] == [("legacy-encoding", encoding.upper())]
    in_unicode = extract(CORPUS / "docx" / f"{name}.docx")
    assert unlike(extract(data, name=f"{name}.docx")) == unlike(in_unicode)


def paragraph(*runs: tuple[str, str], style: str = "") -> str:
    written = "".join(
        f"<w:r><w:rPr>{f'<w:rFonts w:ascii={font!r} w:hAnsi={font!r}/>' if font else ''}</w:rPr>"
        f"<w:t xml:space='preserve'>{escape(text)}</w:t></w:r>"
        for font, text in runs
    )
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}{written}</w:p>"


def body(*runs: tuple[str, str], style: str = "", styles: str = "") -> Document:
    return read_body(paragraph(*runs, style=style), **({"styles": styles} if styles else {}))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([(".VnTime", "Tû lÖ ®¹t "), ("Arial", "tỷ lệ")], "Tỷ lệ đạt tỷ lệ"),
        ([("VNI-Times", "Tyû leä ñaït "), (".VnTime", "tû lÖ "), ("", "đạt 5%")], "Tỷ lệ đạt tỷ lệ đạt 5%"),
        ([("VNI-Times", "Ty"), ("VNI-Times", "û le"), ("VNI-Times", "ä")], "Tỷ lệ"),
        ([(".VnTimeH", "céng hoµ")], "CỘNG HOÀ"),
        ([(".VnArialH", "B¸o c¸o")], "BÁO CÁO"),
        ([("VNI-Helve-Condense", "khaúng ñònh, ngöøng kyø, quî")], "khẳng định, ngừng kỳ, quỵ"),
        ([("VPS Times", "t\u009b l\u008c")], "tỷ lệ"),
        ([("VI Times", "tÖ l® ðÕt")], "tỷ lệ đạt"),
        ([(".VnTime", "n\xad\xedc")], "nước"),
        ([(".VnTime", "\uf0a7\uf0d2 \uf061n")], "Đề an"),
        ([("Times New Roman", "® 5 °C, §3, «mét»")], "® 5 °C, §3, «mét»"),
        ([("Vntimes new roman", "® 2024")], "® 2024"),
    ],
)  # fmt: skip
def test_each_run_is_read_by_its_font(runs: list[tuple[str, str]], text: str) -> None:
    assert body(*runs).text == text


def test_a_soft_hyphen_element_is_a_letter_of_an_old_font() -> None:
    run = "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>n</w:t><w:softHyphen/><w:t>íc ®¹t</w:t></w:r>"
    assert read_body(f"<w:p>{run}</w:p>").text == "nước đạt"


def test_the_font_may_be_said_by_styles_and_defaults() -> None:
    fonts = "<w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr>"
    style = "<w:style w:type='paragraph' w:styleId='{}'>{}{}</w:style>"
    styles = style.format("Old", "", fonts) + style.format("Below", "<w:basedOn w:val='Old'/>", "")
    assert body(("", "tû lÖ"), style="Below", styles=styles).text == "tỷ lệ"
    assert body(("Arial", "tû lÖ"), style="Below", styles=styles).text == "tû lÖ"
    defaults = f"<w:docDefaults><w:rPrDefault>{fonts}</w:rPrDefault></w:docDefaults>"
    assert body(("", "tû lÖ"), styles=defaults).text == "tỷ lệ"


def test_raised_digits_in_an_old_font_stay_digits() -> None:
    raised = "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    run = "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>{}</w:t></w:r>"
    assert read_body(f"<w:p>{run.format('h¹n')}{raised}{run.format(' ®¹t')}</w:p>").text == "hạn¹ đạt"


@pytest.mark.parametrize("text", ["Tỷ lệ đạt 98,5%", "Có 5 xã", "Hà Nam", "là"])
@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", ".VnTimeH"])
def test_unicode_under_the_name_of_an_old_font_is_left_as_it_is(font: str, text: str) -> None:
    assert body((font, text)).text == text


def test_the_marks_of_lists_are_read_by_their_font_too() -> None:
    level = (
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='§iÒu %1.'/><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    )
    numbered = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Phạm vi</w:t></w:r></w:p>"
    assert read_body(numbered, numbering=level).text == "Điều 1. Phạm vi"
