"""What stands on the page of a Word document stands in the text, once, in order, and with its place."""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from de06_extract.document.document import Document
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    UnreadableError,
    UnsupportedFormatError,
)
from de06_extract.readers.docx import MEDIA_TYPE, read
from de06_extract.schema.report import Location

CORPUS = Path(__file__).parent.parent / "corpus"
REPORTS = ("000", "001", "002", "003", "004")

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


# ---------------------------------------------------------------- the corpus


@pytest.mark.parametrize("name", REPORTS)
def test_long_paragraphs_of_the_corpus_are_unbroken(name: str) -> None:
    text = _plain(_corpus(name).text)
    lines = (_without_marks(line) for line in _seed(name).split("\n") if "\t" not in line)
    missed = [line for line in lines if len(line) > 60 and line not in text]
    # the laid-out 002 keeps one asterisk of its source and drops one colon
    assert len(missed) <= (2 if name == "002" else 0), missed


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_of_the_corpus_is_read(name: str) -> None:
    numbers = re.compile(r"[\d⁰¹²³⁴-⁹]+(?:[.,]\d+)*")
    expected = Counter(numbers.findall("\n".join(_without_marks(line) for line in _seed(name).split("\n"))))
    assert not expected - Counter(numbers.findall(_corpus(name).text))


@pytest.mark.parametrize("name", REPORTS)
def test_the_corpus_keeps_the_promises_of_a_document(name: str) -> None:
    _check_promises(_corpus(name))


def test_decomposed_unicode_reads_as_composed() -> None:
    assert read((CORPUS / "nfd" / "001nfd.docx").read_bytes(), "001nfd.docx").text == _corpus("001").text


def test_the_appendix_of_002_is_a_grid_with_its_title() -> None:
    document = _corpus("002")
    (grid,) = document.grids
    rows = _rows(document)
    assert grid.header_rows == 2
    assert rows[0][3:6] == ["Tổng số hồ sơ (bao gồm cả trực tiếp và trực tuyến)", "", ""]
    assert rows[1][:6] == ["", "", "", "Tổng hồ sơ", "Trực tuyến", "Tỷ lệ"]
    assert rows[2][3:] == ["6", "6", "100%", "06", "0", ""]
    assert rows[27] == ["", "Tổng", "", "18.381", "11.894", "65%", "11.803", "91", ""]
    assert len(rows) == 28
    assert {len(row) for row in rows} == {9}
    assert grid.title is not None
    assert document.span(*grid.title).text.startswith("PHỤ LỤC 02\nTÌNH HÌNH TRIỂN KHAI")


def test_the_head_of_a_report_is_paragraphs_not_a_grid() -> None:
    document = _corpus("003")
    assert document.text.startswith("UBND HUYỆN TRÀ CÚ\nTỔ CÔNG TÁC QĐ 1323\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    assert document.locations(0, 4) == (Location(table=1, row=1, column=1),)
    assert document.blocks[0].kind == "paragraph"
    assert [grid.header_rows for grid in document.grids] == [2]


def test_footnotes_of_003_are_linked_to_their_marks() -> None:
    document = _corpus("003")
    notes = [block for block in document.blocks if block.kind == "footnote"]
    assert [note.mark for note in notes] == ["¹", "²", "³", "⁴"]
    for note in notes:
        assert note.anchor is not None
        assert note.mark == document.text[note.anchor] == document.text[note.start]
    assert document.text[: notes[2].anchor].endswith("các xã, thị trấn")


def test_a_sentence_cut_in_two_paragraphs_is_one_block() -> None:
    document = _corpus("000")
    (cut,) = [block for block in document.blocks if len(block.ranges) == 2]
    first, second = (document.text[start:end] for start, end in cut.ranges)
    assert first.endswith("cho trẻ em dưới 6")
    assert second.startswith("tuổi; Đăng ký")
    assert document.text[cut.ranges[0][1] : cut.ranges[1][0]] == "\n"


# ---------------------------------------------------------------- paragraphs


def test_the_document_names_its_kind() -> None:
    document = _read("<w:p><w:r><w:t>Đạt 98,77%</w:t></w:r></w:p>")
    assert (document.name, document.media_type, document.text_from) == ("a.docx", MEDIA_TYPE, "plain-text")
    assert document.pages is None
    assert document.span(0, 10).page is None


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>đạt</w:t><w:br/><w:t>5%</w:t><w:tab/><w:t>là</w:t><w:cr/><w:t>cao</w:t></w:r>", "đạt 5% là cao"),
        ("<w:r><w:br w:type='page'/><w:t>đạt</w:t></w:r>", "đạt"),
        ("<w:r><w:t>01</w:t><w:noBreakHyphen/><w:t>CV</w:t><w:softHyphen/><w:t>/TU</w:t></w:r>", "01-CV/TU"),
        ("<w:r><w:t>tri\u00adển khai\u200b một\u2028hai</w:t></w:r>", "triển khai một hai"),
        ("<w:r><w:t>x</w:t><w:sym w:font='Symbol' w:char='F0B3'/><w:t>5</w:t></w:r>", "x≥5"),
        ("<w:r><w:t>x</w:t><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>5</w:t></w:r>", "x 5"),
        ("<w:r><w:t>x</w:t><w:sym w:font='Times New Roman' w:char='00D7'/><w:t>5</w:t></w:r>", "x×5"),
        ("<w:r><w:t>x</w:t><w:sym w:font='A' w:char='D800'/><w:t>5</w:t></w:r>", "x 5"),
        ("<w:r><w:t>tie\u0302</w:t></w:r><w:r><w:t>\u0301n</w:t></w:r>", "tiến"),
        ("<w:r><w:t>đạt</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:t>5</w:t></w:r>", "đạt 5"),
        ("<w:r><w:t>dòng một\n dòng hai</w:t></w:r>", "dòng một  dòng hai"),
        ("<w:hyperlink><w:r><w:t>dichvucong.gov.vn</w:t></w:r></w:hyperlink>", "dichvucong.gov.vn"),
        ("<w:smartTag><w:r><w:t>12/7/2023</w:t></w:r></w:smartTag>", "12/7/2023"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>415</w:t></w:r></w:sdtContent></w:sdt>", "415"),
        ("<w:commentRangeStart w:id='1'/><w:r><w:t>12</w:t><w:commentReference w:id='1'/></w:r>", "12"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>",
            "3/4",
        ),
        ("<!-- 77 --><?x 78?><w:r><w:t>a<!-- 79 --></w:t></w:r>", "a"),
    ],
)
def test_what_a_run_holds(inside: str, text: str) -> None:
    assert _read(f"<w:p>{inside}<w:r><w:t>.</w:t></w:r></w:p>").text == text + "."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:ins><w:r><w:t>98</w:t></w:r></w:ins><w:del><w:r><w:delText>89</w:delText></w:r></w:del>", "98"),
        ("<w:moveTo><w:r><w:t>98</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>89</w:t></w:r></w:moveFrom>", "98"),
        ("<w:ins><w:del><w:r><w:delText>89</w:delText></w:r></w:del><w:r><w:t>98</w:t></w:r></w:ins>", "98"),
    ],
)
def test_tracked_changes_read_as_accepted(inside: str, text: str) -> None:
    assert _read(f"<w:p>{inside}</w:p>").text == text


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    document = _read(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>đạt 98,</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>77%</w:t></w:r></w:p><w:p><w:r><w:t>sau</w:t></w:r></w:p>"
    )
    assert document.text == "đạt 98,77%\nsau"
    assert document.locations(11, 14) == (Location(paragraph=3),)


def test_deleted_rows_and_paragraphs_are_out() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = row.format("", "TT") + row.format("<w:trPr><w:del/></w:trPr>", "1") + row.format("", "2")
    document = _read(f"<w:tbl>{RULED}{table}</w:tbl><w:del><w:p><w:r><w:t>x</w:t></w:r></w:p></w:del>")
    assert document.text == "TT\t\n2\t"


def test_rows_without_cells_are_no_rows() -> None:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr>"
    assert _read(f"<w:tbl>{RULED}<w:tr/>{row}<w:tr/>{row}</w:tbl>").text == "ô\tô\tô\nô\tô\tô"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:fldSimple w:instr=' SUM(ABOVE) '><w:r><w:t>45</w:t></w:r></w:fldSimple>", "45"),
        ("{begin}<w:r><w:instrText> =12+33 </w:instrText></w:r>{separate}<w:r><w:t>45</w:t></w:r>{end}", "45"),
        ("{begin}<w:r><w:instrText> =12+33 </w:instrText></w:r>{end}<w:r><w:t>sau</w:t></w:r>", "sau"),
        (
            "{begin}<w:r><w:instrText> IF </w:instrText></w:r>{begin}{separate}<w:r><w:t>7</w:t></w:r>{end}"
            "<w:r><w:t>8</w:t></w:r>{separate}<w:r><w:t>45</w:t></w:r>{end}",
            "45",
        ),
        ("{begin}<w:r><w:instrText> PAGE </w:instrText></w:r>{separate}<w:r><w:t>3</w:t></w:r>{end}", ""),
        ("<w:fldSimple w:instr='NUMPAGES'><w:r><w:t>3</w:t></w:r></w:fldSimple>", ""),
        ("{end}<w:r><w:t>mục lục</w:t></w:r>", "mục lục"),
    ],
)
def test_fields_show_their_results(inside: str, text: str) -> None:
    for kind in ("begin", "separate", "end"):
        inside = inside.replace(f"{{{kind}}}", f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>")
    assert _read(f"<w:p>{inside}<w:r><w:t>.</w:t></w:r></w:p>").text == text + "."


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ("<w:vanish/>", "đạt "),
        ("<w:vanish w:val='0'/>", "đạt 5"),
        ("<w:rStyle w:val='Hidden'/>", "đạt "),
        ("<w:rStyle w:val='Hidden'/><w:vanish w:val='false'/>", "đạt 5"),
        ("<w:vertAlign w:val='superscript'/>", "đạt ⁵"),
        ("<w:vertAlign w:val='subscript'/>", "đạt 5"),
        ("<w:rStyle w:val='Raised'/>", "đạt ⁵"),
    ],
)
def test_hidden_and_raised_runs(properties: str, text: str) -> None:
    styles = (
        "<w:style w:type='character' w:styleId='Base'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='Hidden'><w:basedOn w:val='Base'/></w:style>"
        "<w:style w:type='character' w:styleId='Raised'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
    )
    body = f"<w:p><w:r><w:t>đạt </w:t></w:r><w:r><w:rPr>{properties}</w:rPr><w:t>5</w:t></w:r></w:p>"
    assert _read(body, styles=styles).text == text.strip()


def test_square_metres_stay_square() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("diện tích 120 m")
    paragraph.add_run("2").font.superscript = True
    assert read(_saved(document), "a.docx").text == "diện tích 120 m²"


def test_text_boxes_follow_the_paragraph_that_anchors_them_once() -> None:
    paragraphs = "<w:p><w:r><w:t>Khung 12</w:t></w:r></w:p><w:p><w:r><w:t>dòng hai</w:t></w:r></w:p>"
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    document = _read(
        "<w:p><w:r><w:t>trước </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p><w:p><w:r><w:t>hết</w:t></w:r></w:p>"
    )
    assert document.text == "trước sau\nKhung 12\ndòng hai\nhết"
    assert document.locations(10, 18) == (Location(paragraph=1),)
    assert [block.kind for block in document.blocks] == ["paragraph"] * 4


def test_alternate_content_falls_back_where_the_choice_has_no_text() -> None:
    document = _read(
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:drawing/></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>12</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert document.text == "12"


def test_headings_by_style_and_by_outline_level() -> None:
    document = docx.Document()
    document.add_heading("Kết quả", 2)
    document.add_paragraph("Thân bài")
    document.add_paragraph("Phần")._p.get_or_add_pPr().append(_element("<w:outlineLvl w:val='0'/>"))
    custom = document.styles.add_style("Muc lon", 1)
    custom.base_style = document.styles["Heading 1"]
    document.add_paragraph("Mục", style="Muc lon")
    kinds = [block.kind for block in read(_saved(document), "a.docx").blocks]
    assert kinds == ["heading", "paragraph", "heading", "heading"]


@pytest.mark.parametrize(
    ("first", "second", "alignment", "blocks"),
    [
        (LONG, "tuổi; đăng ký khai tử", None, 1),
        ("trẻ em dưới 6", "tuổi; đăng ký khai tử", None, 2),
        (LONG, "tuổi; đăng ký khai tử", WD_ALIGN_PARAGRAPH.CENTER, 2),
        (LONG + " tuổi.", "đăng ký khai tử", None, 2),
        (LONG, "- Đăng ký khai tử", None, 2),
    ],
)
def test_only_a_full_line_goes_on_in_the_next_paragraph(first: str, second: str, alignment: Any, blocks: int) -> None:
    document = docx.Document()
    document.add_paragraph(first).alignment = alignment
    document.add_paragraph(second)
    got = read(_saved(document), "a.docx")
    assert got.text == f"{first}\n{second}"
    assert len(got.blocks) == blocks


def test_a_sentence_does_not_go_on_behind_a_table_or_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph(LONG)
    document.add_table(1, 2).cell(0, 0).text = "ô"
    document.add_paragraph("tuổi; đăng ký")
    document.add_heading(LONG)
    document.add_paragraph("tuổi; đăng ký")
    assert all(len(block.ranges) == 1 for block in read(_saved(document), "a.docx").blocks)


def test_paragraphs_are_counted_as_python_docx_counts_them() -> None:
    document = docx.Document()
    for text in ("một", "", "ba"):
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "ô"
    document.add_paragraph("bốn")
    got = read(_saved(document), "a.docx")
    assert got.text == "một\nba\nô\nbốn"
    found = [document.paragraphs[place.location.paragraph - 1].text for place in got.places if place.location.paragraph]
    assert found == ["một", "ba", "bốn"]
    assert got.places[2].location == Location(table=1, row=1, column=1)


# ---------------------------------------------------------------- list marks


def test_lists_of_python_docx_are_marked() -> None:
    document = docx.Document()
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("gạch", style="List Bullet")
    document.add_paragraph("ba", style="List Number")
    assert read(_saved(document), "a.docx").text == "1. một\n2. hai\n- gạch\n3. ba"


def test_levels_forms_and_restarts_of_a_list() -> None:
    body = "".join(
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list_id}'/></w:numPr></w:pPr>"
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        for level, list_id, text in (
            (0, 1, "A"), (1, 1, "B"), (1, 1, "C"), (2, 1, "D"), (0, 1, "E"), (1, 1, "F"),
            (0, 2, "G"), (0, 3, "H"), (0, 3, "I"), (3, 1, "K"), (0, 0, "L"), (0, 9, "M"), (4, 1, "N"), (0, 4, "O"),
        )
    )  # fmt: skip
    marks = [line[:-1].strip() for line in _read(body, numbering=NUMBERING).text.split("\n")]
    assert marks == ["I.", "I.1.", "I.2.", "a)", "II.", "II.1.", "III.", "V.", "VI.", "-", "", "", "+", "05/"]


def test_a_list_mark_belongs_to_the_text_and_shifts_what_follows() -> None:
    body = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Đề án 06</w:t>"
        "<w:footnoteReference w:id='2'/></w:r></w:p><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    )
    document = _read(body, numbering=NUMBERING, footnotes=_note("footnote", 2, "ghi chú"))
    assert document.text == "I. Đề án 06¹\n¹ ghi chú"
    assert document.blocks[1].anchor == 11


def test_automatic_numbers_alone_in_a_cell_are_read() -> None:
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    row = f"<w:tr><w:tc>{numbered}</w:tc><w:tc><w:p><w:r><w:t>Xã</w:t></w:r></w:p></w:tc></w:tr>"
    assert _rows(_read(f"<w:tbl>{RULED}{row * 3}</w:tbl>", numbering=NUMBERING)) == [
        ["I.", "Xã"],
        ["II.", "Xã"],
        ["III.", "Xã"],
    ]


# ---------------------------------------------------------------- notes, headers, footers


def test_notes_are_numbered_in_the_order_of_their_references() -> None:
    body = (
        "<w:p><w:r><w:t>Đề án 06</w:t></w:r><w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:t> và</w:t></w:r>"
        "<w:r><w:endnoteReference w:id='2'/></w:r></w:p>"
        "<w:p><w:r><w:t>thị trấn</w:t><w:footnoteReference w:id='3'/></w:r></w:p>"
    )
    footnotes = (
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
        + _note("footnote", 3, "ba", "bốn")
        + _note("footnote", 7, "bảy 98,77%")
    )
    document = _read(body, footnotes=footnotes, endnotes=_note("endnote", 2, "hai"))
    assert document.text == "Đề án 06¹ và²\nthị trấn³\n¹ bảy 98,77%\n² hai\n³ ba\nbốn"
    notes = [block for block in document.blocks if block.kind == "footnote"]
    assert [(note.mark, note.anchor) for note in notes] == [("¹", 8), ("²", 12), ("³", 22), ("³", 22)]
    assert document.locations(len(document.text) - 3, len(document.text)) == (Location(paragraph=4, part="footnote"),)


def test_the_tenth_note_and_a_mark_of_ones_own() -> None:
    body = "".join(f"<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='{n}'/></w:r></w:p>" for n in range(1, 11))
    reference = "<w:footnoteReference w:customMarkFollows='1' w:id='11'/>"
    body += f"<w:p><w:r><w:t>y</w:t></w:r><w:r>{reference}<w:t>* và z</w:t></w:r></w:p>"
    notes = "".join(_note("footnote", n, f"chú {n}") for n in range(1, 11)) + _note("footnote", 11, "* dấu sao")
    document = _read(body, footnotes=notes)
    assert document.text.split("\n")[9:11] == ["x¹⁰", "y* và z"]
    assert document.text.endswith("¹⁰ chú 10\n* dấu sao")
    assert document.blocks[-1].mark == "*"
    assert document.blocks[-1].anchor == document.text.index("*")


def test_a_reference_to_a_note_that_is_not_there_keeps_its_mark() -> None:
    assert _read("<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='7'/></w:r></w:p>").text == "x¹"


def test_a_note_of_a_cell_is_anchored_in_the_cell() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p><w:p><w:r><w:t>xã</w:t>{}</w:r></w:p></w:tc>"
    row = "<w:tr>" + cell.format("một", "") + cell.format("hai", "<w:footnoteReference w:id='1'/>") + "</w:tr>"
    document = _read(
        f"<w:tbl>{RULED}{row}{row.replace('footnoteReference', 'x')}</w:tbl>", footnotes=_note("footnote", 1, "ghi")
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
    got = read(_saved(document), "a.docx")
    assert got.text == "Thân\nHết\nMẫu số 06\nPhụ lục 2\nLưu hành nội bộ"
    assert [block.kind for block in got.blocks][2:] == ["header", "header", "footer"]
    assert got.locations(20, 26) == (Location(paragraph=2, part="header"),)


# ---------------------------------------------------------------- tables

RULED = (
    "<w:tblPr><w:tblBorders><w:top w:val='single'/><w:bottom w:val='single'/><w:insideH w:val='single'/>"
    "<w:insideV w:val='single'/></w:tblBorders></w:tblPr>"
)


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(3, 3, style="Table Grid")
    for row, texts in enumerate((("TT", "Hồ sơ", ""), ("", "Quý I", "Quý II"), ("1", "19", "78"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    got = read(_saved(document), "a.docx")
    assert got.text == "TT\tHồ sơ\t\n\tQuý I\tQuý II\n1\t19\t78"
    assert _rows(got) == [["TT", "Hồ sơ", ""], ["", "Quý I", "Quý II"], ["1", "19", "78"]]
    assert got.grids[0].header_rows == 2
    assert [(block.kind, block.ranges) for block in got.blocks] == [("table", ((0, len(got.text)),))]
    start = got.text.index("78")
    assert got.locations(start, start + 2) == (Location(table=1, row=3, column=3),)
    _check_promises(got)


def test_the_paragraphs_of_a_cell_and_its_nested_table_are_one_line() -> None:
    document = docx.Document()
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text = "Cơ quan"
    table.cell(0, 0).add_paragraph("chủ trì")
    table.cell(1, 1).text = "gồm"
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "5", "xã"
    assert read(_saved(document), "a.docx").text == "Cơ quan chủ trì\t\n\tgồm 5 xã"


@pytest.mark.parametrize(
    ("rows", "header_rows"),
    [
        ("TT|Nội dung|Số;1|a|5", 1),
        ("TT|Nội dung|2022|2023;1|a|5|6", 1),
        ("TT|Nội dung|Số;(1)|(2)|(3);1|a|5", 2),
        ("TT|Nội dung|Kế hoạch|Đạt|Tỷ lệ;A|B|1|2|(3)=(2)/(1);1|a|5|4|80%", 2),
        ("Đơn vị|Số|Tỷ lệ;Xã A|12|80%", 1),
        ("TT|Nội dung|Số;I|Cấp huyện|;1|a|5", 1),
        ("1|a|5;2|b|6", 0),
        ("a|b|c;d|e|f", 1),
    ],
)
def test_heading_rows_end_where_the_numbers_begin(rows: str, header_rows: int) -> None:
    (grid,) = read(_saved(_tabled(rows, "Table Grid")), "a.docx").grids
    assert grid.header_rows == header_rows


def test_rows_that_repeat_on_each_page_are_the_heading() -> None:
    document = _tabled("TT|Nội dung|Số;a|b|c;d|e|f;1|2|7", "Table Grid")
    for row in document.tables[0].rows[:2]:
        row._tr.get_or_add_trPr().append(_element("<w:tblHeader/>"))
    assert read(_saved(document), "a.docx").grids[0].header_rows == 2


@pytest.mark.parametrize(
    ("rows", "style", "borders", "grids"),
    [
        ("a|b;c|d", "Table Grid", "", 1),
        ("a|b;c|d", None, "", 0),
        ("a|b;c|d", "Light Shading", "", 1),
        ("a|b;c|d", "Table Grid", "<w:top/><w:left/><w:bottom/><w:right/><w:insideH/><w:insideV/>", 0),
        ("a|b;c|d", None, "<w:insideV w:val='single'/>", 1),
        ("a|b;c|d", None, "<w:bottom w:val='single'/>", 0),
        ("TT|a|5;1|b|6;2|c|7", None, "", 1),
        (f"{LONG}|{LONG}|{LONG};b|{LONG}|{LONG};{LONG}|c|{LONG}", None, "", 0),
        ("a||;|b|;||c", None, "", 0),
        ("chỉ một cột;hai", "Table Grid", "", 0),
    ],
)
def test_which_tables_are_grids(rows: str, style: str | None, borders: str, grids: int) -> None:
    document = _tabled(rows, style)
    if borders:
        table = document.tables[0]._tbl.tblPr
        borders = borders.replace("/>", " w:x='0'/>")
        table.append(_element(f"<w:tblBorders>{borders}</w:tblBorders>"))
    got = read(_saved(document), "a.docx")
    assert len(got.grids) == grids
    _check_promises(got)


def test_cells_may_draw_or_hide_their_own_lines() -> None:
    cell = "<w:tc><w:tcPr><w:tcBorders>{}</w:tcBorders></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>"
    names = ("top", "left", "bottom", "right")
    drawn = cell.format("".join(f"<w:{name} w:val='single'/>" for name in names))
    hidden = cell.format("".join(f"<w:{name} w:val='nil'/>" for name in names))
    assert _read(f"<w:tbl><w:tr>{drawn * 2}</w:tr><w:tr>{drawn * 2}</w:tr></w:tbl>").grids
    assert not _read(f"<w:tbl>{RULED}<w:tr>{hidden * 2}</w:tr><w:tr>{hidden * 2}</w:tr></w:tbl>").grids


def test_cells_before_the_first_and_in_content_controls() -> None:
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    wide = "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
    rows = (
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell.format(wide, 'Quý')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{cell.format('', '1')}<w:sdt><w:sdtContent>{cell.format('', '19')}</w:sdtContent>"
        f"</w:sdt>{cell.format('', '78')}</w:tr></w:sdtContent></w:sdt>"
    )
    assert _rows(_read(f"<w:tbl>{RULED}{rows}</w:tbl>")) == [["", "Quý", ""], ["1", "19", "78"]]


def test_absurd_spans_are_bounded() -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr>{cell.format(10**9)}{cell.format('x')}{cell.format(-3)}</w:tr>"
    assert len(_rows(_read(f"<w:tbl>{RULED}{row}</w:tbl>"))[0]) == 65


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["Bảng 1. Kết quả", ""], "Bảng 1. Kết quả"),
        (["Biểu số 02"], "Biểu số 02"),
        (["PHỤ LỤC 01", "KẾT QUẢ", "(kèm theo Báo cáo số 5)"], "PHỤ LỤC 01\nKẾT QUẢ"),
        (["Bảng 1", "Số liệu đến ngày 12/7"], None),
        (["Kết quả như sau:"], None),
        ([], None),
    ],
)
def test_the_title_of_a_table(above: list[str], title: str | None) -> None:
    document = docx.Document()
    for text in above:
        document.add_paragraph(text)
    _fill(document, "TT|Số;1|5", "Table Grid")
    got = read(_saved(document), "a.docx")
    (grid,) = got.grids
    assert (got.span(*grid.title).text if grid.title else None) == title


def test_empty_tables_leave_no_trace_but_are_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Thân")
    document.add_table(2, 2, style="Table Grid")
    document.add_paragraph("giữa")
    _fill(document, "TT|Số;1|5", "Table Grid")
    got = read(_saved(document), "a.docx")
    assert got.text == "Thân\ngiữa\nTT\tSố\n1\t5"
    assert got.places[2].location == Location(table=2, row=1, column=1)


def test_long_tables_and_documents_are_read_whole() -> None:
    paragraph = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    row = f"<w:tr><w:tc>{paragraph}</w:tc><w:tc>{paragraph}</w:tc></w:tr>"
    document = _read(paragraph * 20_000 + f"<w:tbl>{RULED}{row * 5_000}</w:tbl>")
    assert len(document.blocks) == 20_001
    assert len(document.grids[0].cells) == 10_000


# ---------------------------------------------------------------- files that cannot be read


def _zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _main(inside: str, head: str = "") -> bytes:
    return _zipped(**{"word/document.xml": f"{head}<w:document {SPACES}>{inside}</w:document>"})


READ_PARTS = (
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    *(f"word/{name}.xml" for name in ("document", "styles", "numbering", "footnotes", "header1")),
)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
WORKBOOK = _zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFileError, "empty"),
        (b"no zip at all", DamagedFileError, "not a whole DOCX"),
        (b"PK\x03\x04", DamagedFileError, "not a whole DOCX"),
        ((CORPUS / "docx" / "000.docx").read_bytes()[:-500], DamagedFileError, "not a whole DOCX"),
        (WORKBOOK, UnsupportedFormatError, "Excel"),
        (_zipped(**{"ppt/presentation.xml": "<p/>"}), UnsupportedFormatError, "PowerPoint"),
        (_zipped(**{"mimetype": "x", "content.xml": "<c/>"}), UnsupportedFormatError, "OpenDocument"),
        (_zipped(**{"readme.txt": "x"}), UnsupportedFormatError, "without a Word document"),
        (_zipped(**{"word/document.xml": "<html/>"}), UnsupportedFormatError, "without a Word document"),
        (
            _zipped(
                **{"word/document.xml": '<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}
            ),
            UnsupportedFormatError,
            "strict",
        ),
        (_main(""), DamagedFileError, "no body"),
        (_zipped(**{"word/document.xml": "<w:document"}), DamagedFileError, "word/document.xml cannot be read"),
        (_main("<w:body><w:p/></w:body>"), EmptyFileError, "no text"),
        (_main("<w:body><w:p><w:r><w:t> \u200b\t</w:t></w:r></w:p></w:body>"), EmptyFileError, "no text"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "password"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), UnsupportedFormatError, r"\.doc"),
        (
            _main(
                "<w:body><w:p><w:r><w:t>x&e9;</w:t></w:r></w:p></w:body>",
                f'<!DOCTYPE d [<!ENTITY e0 "ha">{ENTITIES}]>',
            ),
            DamagedFileError,
            "DTD|cannot be read",
        ),
        (
            _main("<w:body>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:body>"),
            DamagedFileError,
            "cannot be read",
        ),
        (_zipped(**{"word/document.xml": " " * (64 * 1024 * 1024 + 1)}), DamagedFileError, "unpacks to"),
    ],
)
def test_each_unreadable_file_says_why(data: bytes, error: type[UnreadableError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read(data, "bao cao.docx")
    assert type(caught.value) is error
    assert str(caught.value).startswith("bao cao.docx: ")
    assert "\n" not in str(caught.value)


def test_an_encrypted_member_asks_for_a_password() -> None:
    data = bytearray(_main("<w:body/>"))
    central = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    with pytest.raises(EncryptedFileError, match="password"):
        read(bytes(data), "a.docx")


def test_parts_that_are_missing_cost_only_what_they_hold() -> None:
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    whole = read(data, "a.docx")
    for name in _members(data):
        if name in ("word/document.xml", "_rels/.rels"):
            continue
        document = read(_rewritten(data, {name: None}), "a.docx")
        assert document.text.split("\n")[:50] == whole.text.split("\n")[:50], name


def test_relationships_that_lead_nowhere_are_no_obstacle() -> None:
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    name = "word/_rels/document.xml.rels"
    broken = re.sub(rb'Target="(?!footnotes)[^"]*"', b'Target="NULL"', _members(data)[name])
    assert len(read(_rewritten(data, {name: broken}), "a.docx").blocks) == len(_corpus("003").blocks)


def test_flipped_and_cut_bytes_never_raise_anything_else() -> None:
    rng = random.Random(6)
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    for _ in range(150):
        damaged = bytearray(data[: rng.randrange(len(data))] if rng.random() < 0.3 else data)
        for _ in range(rng.choice((1, 8, 64))):
            if damaged:
                damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        _read_or_refuse(bytes(damaged))


def test_parts_changed_inside_never_raise_anything_else() -> None:
    rng = random.Random(7)
    data = (CORPUS / "docx" / "003.docx").read_bytes()
    parts = {name: text for name, text in _members(data).items() if name in READ_PARTS}
    values = (b'"-1"', b'"99999999999999999999"', b'""', b'"x"', b'"../../.."', b'"superscript"', b'"2"')
    for name, text in parts.items():
        for _ in range(6):
            _read_or_refuse(_rewritten(data, {name: rng.choice(list(parts.values()))}))
            at = rng.randrange(len(text))
            _read_or_refuse(_rewritten(data, {name: text[:at] + text[at + rng.randrange(40) :]}))
            changed = re.sub(rb'"[^"]*"', lambda m: rng.choice(values) if rng.random() < 0.02 else m[0], text)
            _read_or_refuse(_rewritten(data, {name: changed}))


# ---------------------------------------------------------------- how the documents above are made

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


def _read(body: str, **parts: str) -> Document:
    """The document with this body; each further part (styles, numbering, footnotes) is given by its inside."""
    files = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>' for kind in parts)
        + "</Relationships>",
    }
    files |= {f"word/{kind}.xml": f"<w:{kind} {SPACES}>{inside}</w:{kind}>" for kind, inside in parts.items()}
    document = read(_zipped(**files), "a.docx")
    _check_promises(document)
    return document


def _note(kind: str, number: int, *texts: str) -> str:
    paragraphs = "".join(f"<w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {text}</w:t></w:r></w:p>" for text in texts)
    return f"<w:{kind} w:id='{number}'>{paragraphs}</w:{kind}>"


def _element(xml: str) -> Any:
    from docx.oxml.parser import parse_xml

    return parse_xml(re.sub(r"^(<w:\w+)", rf'\1 xmlns:w="{W}"', xml))


def _tabled(rows: str, style: str | None) -> Any:
    document = docx.Document()
    _fill(document, rows, style)
    return document


def _fill(document: Any, rows: str, style: str | None) -> None:
    texts = [row.split("|") for row in rows.split(";")]
    table = document.add_table(len(texts), len(texts[0]), style=style)
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _rewritten(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in {**_members(data), **changes}.items():
            if text is not None:
                archive.writestr(name, text)
    return stream.getvalue()


def _read_or_refuse(data: bytes) -> None:
    try:
        document = read(data, "a.docx")
    except UnreadableError as error:
        message = str(error)
    else:
        _check_promises(document)
        return
    assert message.startswith("a.docx: ")
    assert "\n" not in message


def _rows(document: Document) -> list[list[str]]:
    (grid,) = document.grids
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        row = rows.setdefault(cell.row, [])
        assert cell.column == len(row)
        row.append(document.text[cell.start : cell.end])
    return list(rows.values())


def _check_promises(document: Document) -> None:
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
        assert "\n".join("\t".join(row) for row in rows.values()) == document.text[grid.start : grid.end]
    assert "\n".join(document.text[start:end] for start, end in edges) == document.text


def _corpus(name: str) -> Document:
    return read((CORPUS / "docx" / f"{name}.docx").read_bytes(), f"{name}.docx")


def _seed(name: str) -> str:
    return unicodedata.normalize("NFC", (CORPUS / f"{name}.txt").read_text("utf-8"))


def _without_marks(line: str) -> str:
    raised = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    line = re.sub(r"<sup>(\d+)</sup>", lambda match: match[1].translate(raised), line.lstrip("# "))
    return _plain(line.replace("\\*", "∗").replace("*", "").replace("∗", "*").replace("⁽", "(").replace("⁾", ")"))


def _plain(text: str) -> str:
    return " ".join(text.split())
