"""What stands in the paragraphs of a Word document stands in the text, once, in order, and with its place."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from de06_extract.readers.docx.reader import MEDIA_TYPE, read
from de06_extract.schema.report import Location
from tests.conftest import CORPUS, REPORTS
from tests.readers.docx.building import (
    LONG,
    RULED,
    check_promises,
    corpus_document,
    corpus_text,
    element,
    plain,
    read_body,
    saved,
    without_marks,
)


@pytest.mark.parametrize("name", REPORTS)
def test_long_paragraphs_of_the_corpus_are_unbroken(name: str) -> None:
    text = plain(corpus_document(name).text)
    lines = (without_marks(line) for line in corpus_text(name).split("\n") if "\t" not in line)
    missed = [line for line in lines if len(line) > 60 and line not in text]
    # the laid-out 002 keeps one asterisk of its source and drops one colon
    assert len(missed) <= (2 if name == "002" else 0), missed


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_of_the_corpus_is_read(name: str) -> None:
    numbers = re.compile(r"[\d⁰¹²³⁴-⁹]+(?:[.,]\d+)*")
    expected = Counter(numbers.findall("\n".join(without_marks(line) for line in corpus_text(name).split("\n"))))
    assert not expected - Counter(numbers.findall(corpus_document(name).text))


@pytest.mark.parametrize("name", REPORTS)
def test_the_corpus_keeps_the_promises_of_a_document(name: str) -> None:
    check_promises(corpus_document(name))


def test_decomposed_unicode_reads_as_composed() -> None:
    assert read((CORPUS / "nfd" / "001nfd.docx").read_bytes(), "001nfd.docx").text == corpus_document("001").text


def test_a_sentence_cut_in_two_paragraphs_is_one_block() -> None:
    document = corpus_document("000")
    (cut,) = [block for block in document.blocks if len(block.ranges) == 2]
    first, second = (document.text[start:end] for start, end in cut.ranges)
    assert first.endswith("cho trẻ em dưới 6")
    assert second.startswith("tuổi; Đăng ký")
    assert document.text[cut.ranges[0][1] : cut.ranges[1][0]] == "\n"


def test_the_document_names_its_kind() -> None:
    document = read_body("<w:p><w:r><w:t>Đạt 98,77%</w:t></w:r></w:p>")
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
    assert read_body(f"<w:p>{inside}<w:r><w:t>.</w:t></w:r></w:p>").text == text + "."


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:ins><w:r><w:t>98</w:t></w:r></w:ins><w:del><w:r><w:delText>89</w:delText></w:r></w:del>", "98"),
        ("<w:moveTo><w:r><w:t>98</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>89</w:t></w:r></w:moveFrom>", "98"),
        ("<w:ins><w:del><w:r><w:delText>89</w:delText></w:r></w:del><w:r><w:t>98</w:t></w:r></w:ins>", "98"),
    ],
)
def test_tracked_changes_read_as_accepted(inside: str, text: str) -> None:
    assert read_body(f"<w:p>{inside}</w:p>").text == text


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    document = read_body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>đạt 98,</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>77%</w:t></w:r></w:p><w:p><w:r><w:t>sau</w:t></w:r></w:p>"
    )
    assert document.text == "đạt 98,77%\nsau"
    assert document.locations(11, 14) == (Location(paragraph=3),)


def test_deleted_rows_and_paragraphs_are_out() -> None:
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = row.format("", "TT") + row.format("<w:trPr><w:del/></w:trPr>", "1") + row.format("", "2")
    document = read_body(f"<w:tbl>{RULED}{table}</w:tbl><w:del><w:p><w:r><w:t>x</w:t></w:r></w:p></w:del>")
    assert document.text == "TT\t\n2\t"


def test_rows_without_cells_are_no_rows() -> None:
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>" * 3 + "</w:tr>"
    assert read_body(f"<w:tbl>{RULED}<w:tr/>{row}<w:tr/>{row}</w:tbl>").text == "ô\tô\tô\nô\tô\tô"


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
    assert read_body(f"<w:p>{inside}<w:r><w:t>.</w:t></w:r></w:p>").text == text + "."


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
    assert read_body(body, styles=styles).text == text.strip()


RAISED = "<w:r><w:rPr><w:position w:val='{}'/></w:rPr><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>100</w:t></w:r>" + RAISED.format(8, "2"), "100²"),
        ("<w:r><w:t>96,9</w:t></w:r>" + RAISED.format(6, "12") + "<w:r><w:t>%</w:t></w:r>", "96,9¹²%"),
        ("<w:r><w:t>842</w:t></w:r><w:r><w:rPr><w:rStyle w:val='Note'/></w:rPr><w:t>1</w:t></w:r>", "842¹"),
        (
            "<w:r><w:t>842</w:t></w:r><w:r><w:rPr><w:rStyle w:val='Note'/><w:position w:val='0'/></w:rPr>"
            "<w:t>1</w:t></w:r>",
            "8421",
        ),
        ("<w:r><w:t>10</w:t></w:r>" + RAISED.format(2, "5"), "105"),
        ("<w:r><w:t>10</w:t></w:r>" + RAISED.format(-6, "5"), "105"),
        (RAISED.format(8, "10") + RAISED.format(8, "5"), "105"),
        (RAISED.format(8, "10") + RAISED.format(16, "5"), "10⁵"),
    ],
)
def test_digits_raised_above_their_line_are_no_part_of_a_number(inside: str, text: str) -> None:
    styles = "<w:style w:type='character' w:styleId='Note'><w:rPr><w:position w:val='8'/></w:rPr></w:style>"
    assert read_body(f"<w:p>{inside}</w:p>", styles=styles).text == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:sSup><m:e>{10}</m:e><m:sup>{6}</m:sup></m:sSup>", "10⁶"),
        ("{3,5×}<m:sSup><m:e>{10}</m:e><m:sup>{−3}</m:sup></m:sSup>", "3,5×10⁻³"),
        ("<m:sSub><m:e>{10}</m:e><m:sub>{2}</m:sub></m:sSub>", "10₂"),
        ("<m:sSubSup><m:e>{x}</m:e><m:sub>{1}</m:sub><m:sup>{2}</m:sup></m:sSubSup>{+5}", "x₁²+5"),
        ("<m:sSup><m:e>{m}</m:e><m:sup><m:sSup><m:e>{2}</m:e><m:sup>{3}</m:sup></m:sSup></m:sup></m:sSup>{4}", "m²³4"),
        ("<m:f><m:num>{1}</m:num><m:den><m:sSup><m:e>{10}</m:e><m:sup>{3}</m:sup></m:sSup></m:den></m:f>", "1/10³"),
    ],
)
def test_powers_and_indices_of_formulas_are_no_part_of_a_number(formula: str, text: str) -> None:
    formula = re.sub(r"\{([^}]*)\}", r"<m:r><m:t>\1</m:t></m:r>", formula)
    assert read_body(f"<w:p><m:oMath>{formula}</m:oMath></w:p>").text == text


CHOICES = "<w:listEntry w:val='98,77%'/><w:listEntry w:val='97,77%'/>"


@pytest.mark.parametrize(
    ("chosen", "result", "text"),
    [
        ("<w:result w:val='1'/>", "", "97,77%"),
        ("", "", "98,77%"),
        ("<w:default w:val='1'/>", "", "97,77%"),
        ("<w:result w:val='0'/><w:default w:val='1'/>", "", "98,77%"),
        ("<w:result w:val='2'/>", "", ""),
        ("<w:result w:val='1'/>", "<w:r><w:fldChar w:fldCharType='separate'/></w:r>", "97,77%"),
        ("", "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>97,77%</w:t></w:r>", "97,77%"),
    ],
)
def test_the_choice_in_a_drop_down_list_is_read_once(chosen: str, result: str, text: str) -> None:
    field = (
        f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>{chosen}{CHOICES}</w:ddList></w:ffData></w:fldChar>"
        f"</w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>{result}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    document = read_body(f"<w:p><w:r><w:t xml:space='preserve'>đạt </w:t></w:r>{field}<w:r><w:t>.</w:t></w:r></w:p>")
    assert document.text == f"đạt {text}."


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox", "text", "date"])
def test_a_content_control_shows_what_was_put_in(kind: str) -> None:
    items = "<w:listItem w:displayText='98,77%' w:value='98'/>" if kind in ("dropDownList", "comboBox") else ""
    control = (
        f"<w:sdt><w:sdtPr><w:{kind}>{items}</w:{kind}></w:sdtPr><w:sdtContent><w:r><w:t>97,77%</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    assert read_body(f"<w:p><w:r><w:t xml:space='preserve'>đạt </w:t></w:r>{control}</w:p>").text == "đạt 97,77%"


def test_a_text_field_of_a_form_shows_what_was_typed() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:textInput><w:default w:val='0'/></w:textInput></w:ffData>"
        "</w:fldChar></w:r><w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/>"
        "</w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert read_body(f"<w:p>{field}</w:p>").text == "12"


def test_square_metres_stay_square() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("diện tích 120 m")
    paragraph.add_run("2").font.superscript = True
    assert read(saved(document), "a.docx").text == "diện tích 120 m²"


def test_text_boxes_follow_the_paragraph_that_anchors_them_once() -> None:
    paragraphs = "<w:p><w:r><w:t>Khung 12</w:t></w:r></w:p><w:p><w:r><w:t>dòng hai</w:t></w:r></w:p>"
    content = f"<w:txbxContent>{paragraphs}</w:txbxContent>"
    document = read_body(
        "<w:p><w:r><w:t>trước </w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>sau</w:t></w:r></w:p><w:p><w:r><w:t>hết</w:t></w:r></w:p>"
    )
    assert document.text == "trước sau\nKhung 12\ndòng hai\nhết"
    assert document.locations(10, 18) == (Location(paragraph=1),)
    assert [block.kind for block in document.blocks] == ["paragraph"] * 4


def test_alternate_content_falls_back_where_the_choice_has_no_text() -> None:
    document = read_body(
        "<w:p><mc:AlternateContent><mc:Choice><w:r><w:drawing/></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>12</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert document.text == "12"


def test_headings_by_style_and_by_outline_level() -> None:
    document = docx.Document()
    document.add_heading("Kết quả", 2)
    document.add_paragraph("Thân bài")
    document.add_paragraph("Phần")._p.get_or_add_pPr().append(element("<w:outlineLvl w:val='0'/>"))
    custom = document.styles.add_style("Muc lon", 1)
    custom.base_style = document.styles["Heading 1"]
    document.add_paragraph("Mục", style="Muc lon")
    kinds = [block.kind for block in read(saved(document), "a.docx").blocks]
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
    got = read(saved(document), "a.docx")
    assert got.text == f"{first}\n{second}"
    assert len(got.blocks) == blocks


def test_a_sentence_does_not_go_on_behind_a_table_or_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph(LONG)
    document.add_table(1, 2).cell(0, 0).text = "ô"
    document.add_paragraph("tuổi; đăng ký")
    document.add_heading(LONG)
    document.add_paragraph("tuổi; đăng ký")
    assert all(len(block.ranges) == 1 for block in read(saved(document), "a.docx").blocks)


def test_paragraphs_are_counted_as_python_docx_counts_them() -> None:
    document = docx.Document()
    for text in ("một", "", "ba"):
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "ô"
    document.add_paragraph("bốn")
    got = read(saved(document), "a.docx")
    assert got.text == "một\nba\nô\nbốn"
    found = [document.paragraphs[place.location.paragraph - 1].text for place in got.places if place.location.paragraph]
    assert found == ["một", "ba", "bốn"]
    assert got.places[2].location == Location(table=1, row=1, column=1)
