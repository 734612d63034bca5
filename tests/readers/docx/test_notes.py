"""Footnotes, endnotes, headers and footers of a Word document."""

from __future__ import annotations

import docx

from de06_extract.readers.docx.reader import read
from de06_extract.schema.report import Location
from tests.readers.docx.building import RULED, corpus_document, note_xml, read_body, saved


def test_footnotes_of_003_are_linked_to_their_marks() -> None:
    document = corpus_document("003")
    notes = [block for block in document.blocks if block.kind == "footnote"]
    assert [note.mark for note in notes] == ["¹", "²", "³", "⁴"]
    for note in notes:
        assert note.anchor is not None
        assert note.mark == document.text[note.anchor] == document.text[note.start]
    assert document.text[: notes[2].anchor].endswith("các xã, thị trấn")


def test_notes_are_numbered_in_the_order_of_their_references() -> None:
    body = (
        "<w:p><w:r><w:t>Đề án 06</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:t> và</w:t></w:r>"
        "<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
        "<w:p><w:r><w:t>thị trấn</w:t><w:footnoteReference w:id='3'/></w:r></w:p>"
    )
    footnotes = (
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        + note_xml("footnote", 3, "ba", "bốn")
        + note_xml("footnote", 7, "bảy 98,77%")
    )
    document = read_body(body, footnotes=footnotes, endnotes=note_xml("endnote", 2, "hai"))
    assert document.text == "Đề án 06¹ và²\nthị trấn³\n¹ bảy 98,77%\n² hai\n³ ba\nbốn"
    notes = [block for block in document.blocks if block.kind == "footnote"]
    assert [(note.mark, note.anchor) for note in notes] == [("¹", 8), ("²", 12), ("³", 22), ("³", 22)]
    assert document.locations(len(document.text) - 3, len(document.text)) == (Location(paragraph=4, part="footnote"),)


def test_the_tenth_note_and_a_mark_of_ones_own() -> None:
    body = "".join(f"<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='{n}'/></w:r></w:p>" for n in range(1, 11))
    reference = "<w:footnoteReference w:customMarkFollows='1' w:id='11'/>"
    body += f"<w:p><w:r><w:t>y</w:t></w:r><w:r>{reference}<w:t>* và z</w:t></w:r></w:p>"
    notes = "".join(note_xml("footnote", n, f"chú {n}") for n in range(1, 11)) + note_xml("footnote", 11, "* dấu sao")
    document = read_body(body, footnotes=notes)
    assert document.text.split("\n")[9:11] == ["x¹⁰", "y* và z"]
    assert document.text.endswith("¹⁰ chú 10\n* dấu sao")
    assert document.blocks[-1].mark == "*"
    assert document.blocks[-1].anchor == document.text.index("*")


def test_a_reference_to_a_note_that_is_not_there_keeps_its_mark() -> None:
    assert read_body("<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='7'/></w:r></w:p>").text == "x¹"


def test_a_note_of_a_cell_is_anchored_in_the_cell() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>xã</w:t>{}</w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("một", "") + cell.format("hai", "<w:footnoteReference w:id='1'/>") + "</w:tr>"
    document = read_body(
        f"<w:tbl>{RULED}{row}{row.replace('footnoteReference', 'x')}</w:tbl>", footnotes=note_xml("footnote", 1, "ghi")
    )
    assert document.text.startswith("một xã\thai xã¹\n")
    assert document.blocks[-1].anchor == document.text.index("¹")


def test_headers_and_footers_stand_last_and_once() -> None:
    document = docx.Document()
    document.add_paragraph("Thân")
    document.sections[0].header.paragraphs[0].text = "Mẫu số 06"
    document.sections[0].footer.paragraphs[0].text = "Lưu hành nội bộ"
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Mẫu số 06"
    second.header.add_paragraph("Phụ lục 2")
    document.add_paragraph("Hết")
    got = read(saved(document), "a.docx")
    assert got.text == "Thân\nHết\nMẫu số 06\nPhụ lục 2\nLưu hành nội bộ"
    assert [block.kind for block in got.blocks][2:] == ["header", "header", "footer"]
    assert got.locations(20, 26) == (Location(paragraph=2, part="header"),)
