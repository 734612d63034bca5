"""Comments and tracked changes in a copy of a Word document: on the figure wherever it stands, and nothing is lost."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from de06_extract.errors import NotCopiedError
from de06_extract.readers.docx.reader import read
from tests.conftest import CORPUS, report_on
from tests.converting import converted
from tests.readers.docx.annotating import FIGURE, TEXT, annotated, commented, count, note_on, revised, tree
from tests.readers.docx.building import W, members, note_xml, packed, rewritten

BOLD = "<w:rPr><w:b/></w:rPr>"
BEFORE = '<w:r><w:t xml:space="preserve">Tỷ lệ đạt </w:t></w:r>'
BEHIND = '<w:r><w:t xml:space="preserve"> so với kế hoạch</w:t></w:r>'
NOTE = note_xml("footnote", 2, f"Trong đó đạt {FIGURE} kế hoạch")
LISTED = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='4'/></w:numPr></w:pPr>"
MARKED = f"<w:r><w:t>đạt {FIGURE}</w:t><w:footnoteReference w:id='2'/><w:t> b</w:t></w:r>"
KEPT = (
    "footnoteReference",
    "fldChar",
    "instrText",
    "tab",
    "br",
    "del",
    "ins",
    "hyperlink",
    "drawing",
    "sdt",
    "bookmarkStart",
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def field(*result: str, instruction: str = "REF x") -> str:
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    return (
        mark.format("begin")
        + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        + mark.format("separate")
        + "".join(result)
        + mark.format("end")
    )


ANCHORED = {  # what the paragraph holds, and what the comment stands on
    "one run": ((run(f"đạt {FIGURE} so với"),), FIGURE),
    "three runs": ((BEFORE, run("13", BOLD), "<w:proofErr w:type='spellStart'/>", run(",0"), run("8%; hết")), FIGURE),
    "a footnote mark in the run": ((MARKED,), FIGURE),
    "inserted": ((BEFORE, f"<w:ins w:id='90' w:author='A'>{run(f'là {FIGURE} đó')}</w:ins>", BEHIND), FIGURE),
    "inserted for deleted": (
        (BEFORE, "<w:del w:id='91' w:author='A'><w:r><w:delText>13,81%</w:delText></w:r></w:del>"
        f"<w:ins w:id='90' w:author='A'>{run(FIGURE)}</w:ins>", BEHIND), FIGURE),
    "half inserted": ((run("đạt 13,"), f"<w:ins w:id='90' w:author='A'>{run('08% nữa')}</w:ins>"), FIGURE),
    "tab and break": ((f"<w:r><w:t>STT</w:t><w:tab/><w:t>{FIGURE}</w:t><w:br/><w:t>z</w:t></w:r>",), FIGURE),
    "half in a hyperlink": ((run("đạt 13,"), f"<w:hyperlink w:anchor='a'>{run('08% q')}</w:hyperlink>"), "13,08% q"),
    "a hyperlink": ((BEFORE, f"<w:hyperlink w:anchor='a'>{run(f'là {FIGURE} q')}</w:hyperlink>"), f"là {FIGURE} q"),
    "the result of a field": ((BEFORE, field(run(f"là {FIGURE} đó")), BEHIND), f"là {FIGURE} đó"),
    "a field in a field": ((BEFORE, field(run("là "), field(run(FIGURE)), run(" đó"))), f"là {FIGURE} đó"),
    "a simple field": ((BEFORE, f"<w:fldSimple w:instr='REF x'>{run(FIGURE)}</w:fldSimple>"), FIGURE),
    "a content control": ((BEFORE, f"<w:sdt><w:sdtContent>{run(FIGURE)}</w:sdtContent></w:sdt>", BEHIND), FIGURE),
    "a smart tag": ((BEFORE, f"<w:smartTag w:element='n'>{run(FIGURE)}</w:smartTag>", BEHIND), FIGURE),
    "a bookmark": ((BEFORE, f"<w:bookmarkStart w:id='3' w:name='a'/>{run(FIGURE)}<w:bookmarkEnd w:id='3'/>"), FIGURE),
    "behind 113,08%": ((run(f"từ 113,08% lên {FIGURE}; hết"),), FIGURE),
    "letters and marks apart": ((run(unicodedata.normalize("NFD", f"Tỷ lệ đạt {FIGURE} của xã")),), FIGURE),
    "an invisible sign in the figure": ((run("đạt 13\u200b,08% của xã"),), "13\u200b,08%"),
    "wide digits": ((run("đạt １３,08% của xã"),), "１３,08%"),
    "a list mark": ((LISTED, run(f"đạt {FIGURE}")), FIGURE),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANCHORED)
def test_the_comment_stands_on_the_figure_and_nothing_is_lost(kind: str) -> None:
    inside, wanted = ANCHORED[kind]
    data = packed(paragraph(*inside), footnotes=NOTE)
    copy = annotated(data, note_on(data, at=read(data, "a.docx").text.index(" lên ") if "113" in kind else 0))
    assert not copy.cautions
    assert commented(copy.data) == {"0": wanted}
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text
    for name in KEPT:
        assert count(copy.data, name) >= count(data, name), name
    starts = tree(copy.data).iter(f"{{{W}}}commentRangeStart", f"{{{W}}}commentRangeEnd")
    assert {element.getparent().tag for element in starts} == {f"{{{W}}}p"}
    numbers = [element.get(f"{{{W}}}id") for element in tree(copy.data).iter(f"{{{W}}}ins", f"{{{W}}}del")]
    assert len(numbers) == len(set(numbers))


def test_a_comment_says_who_says_what_and_when() -> None:
    (comment,) = tree(annotated(packed(paragraph(run(FIGURE)))).data, "word/comments.xml")
    lines = ["".join(line.itertext()) for line in comment]
    assert lines == ["P-01 · Lỗi · Tỷ lệ không khớp", *TEXT.split("\n")]
    assert [comment.get(f"{{{W}}}{name}") for name in ("author", "initials", "date")] == [
        "de06-extract", "DE", "2026-11-30T07:05:00Z",
    ]  # fmt: skip


def test_comments_that_are_there_stay_and_keep_their_numbers() -> None:
    once = annotated(packed(paragraph(run(f"đạt {FIGURE}, năm trước 9,05%")))).data
    twice = annotated(once, note_on(once, "9,05%", "f2")).data
    assert commented(twice) == {"0": FIGURE, "1": "9,05%"}
    assert [comment.get(f"{{{W}}}id") for comment in tree(twice, "word/comments.xml")] == ["0", "1"]


def test_notes_on_figures_of_one_run_and_on_the_same_figure_do_not_disturb_each_other() -> None:
    data = packed(paragraph(run(f"đạt {FIGURE}, năm trước 9,05%, đạt {FIGURE}")))
    again = note_on(data, at=read(data, "a.docx").text.index(FIGURE) + 1)
    copy = annotated(data, note_on(data), note_on(data, "9,05%", "f2"), again, note_on(data, name="f3"))
    assert commented(copy.data) == {"0": FIGURE, "1": "9,05%", "2": FIGURE, "3": FIGURE}
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text
    (whole,) = tree(copy.data).iter(f"{{{W}}}p")
    inside = [child.tag.split("}")[1] for child in whole if child.tag != f"{{{W}}}r"]
    assert inside[:2] == ["commentRangeStart"] * 2


def test_a_note_that_doubts_several_figures_stands_at_each_and_says_all_at_the_first() -> None:
    data = packed(paragraph(run("Có 708 thủ tục, gồm 376 và 342.")))
    marks = tuple(mark for figure in ("342", "376") for mark in note_on(data, figure).marks)
    copy = annotated(data, replace(note_on(data, "376"), marks=marks, aside="P-01: xem “376”."))
    assert commented(copy.data) == {"0": "376", "1": "342"}
    comments = ["\n".join("".join(line.itertext()) for line in one) for one in tree(copy.data, "word/comments.xml")]
    assert [comment.partition("\n")[2] for comment in comments] == [TEXT, "P-01: xem “376”."]


def test_a_cell_of_a_table_and_a_paragraph_joined_to_the_next_are_commented() -> None:
    cell = "<w:tc>{}</w:tc>"
    rows = "".join(
        f"<w:tr>{''.join(cell.format(paragraph(run(text))) for text in row)}</w:tr>"
        for row in (("Đơn vị", "Tỷ lệ"), ("Xã An", FIGURE))
    )
    deleted = "<w:pPr><w:rPr><w:del w:id='5' w:author='A'/></w:rPr></w:pPr>"
    data = packed(f"<w:tbl>{rows}</w:tbl>" + paragraph(deleted, run("đạt 9")) + paragraph(run("9,5% nữa")))
    copy = annotated(data, note_on(data), note_on(data, "99,5%", "f2"))
    assert commented(copy.data) == {"0": FIGURE, "1": "99,5%"}
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text


def test_what_stands_in_a_note_is_commented_at_its_mark() -> None:
    reference = "<w:r><w:t>đạt</w:t><w:footnoteReference w:id='2'/><w:t> khá</w:t></w:r>"
    data = packed(paragraph(run("Năm nay "), reference), footnotes=NOTE)
    copy = annotated(data)
    (whole,) = tree(copy.data).iter(f"{{{W}}}p")
    start = next(at for at, child in enumerate(whole) if child.tag == f"{{{W}}}commentRangeStart")
    assert [child.tag for child in whole[start + 1]] == [f"{{{W}}}footnoteReference"]
    assert whole[start + 2].tag == f"{{{W}}}commentRangeEnd"
    assert members(copy.data)["word/footnotes.xml"] == members(data)["word/footnotes.xml"]
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text


@pytest.mark.parametrize(("kind", "tag", "words"), [("header", "hdr", "Trang đầu"), ("footer", "ftr", "Trang cuối")])
def test_what_stands_in_a_header_is_commented_at_the_nearest_paragraph(kind: str, tag: str, words: str) -> None:
    section = f"<w:sectPr><w:{kind}Reference w:type='default' r:id='{kind}'/></w:sectPr>"
    data = packed(
        paragraph(run("Trang đầu")) + paragraph(run("Trang cuối")) + section, **{kind: paragraph(run(FIGURE))}
    )
    part = members(data)[f"word/{kind}.xml"].replace(f"w:{kind} ".encode(), f"w:{tag} ".encode())
    data = rewritten(data, {f"word/{kind}.xml": part.replace(f"</w:{kind}>".encode(), f"</w:{tag}>".encode())})
    copy = annotated(data)
    assert commented(copy.data) == {"0": words}
    assert members(copy.data)[f"word/{kind}.xml"] == members(data)[f"word/{kind}.xml"]


def test_what_stands_in_a_text_box_is_commented_where_the_box_is_anchored() -> None:
    box = f"<w:txbxContent>{paragraph(run(FIGURE))}</w:txbxContent>"
    shape = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    data = packed(paragraph(run("Khung: "), shape, run("hết")))
    copy = annotated(data)
    assert commented(copy.data) == {"0": FIGURE}
    (mark,) = tree(copy.data).iter(f"{{{W}}}commentRangeStart")
    assert next(mark.iterancestors(f"{{{W}}}txbxContent"), None) is None
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text


@pytest.mark.parametrize(
    ("properties", "inside", "wanted"),
    [
        ("", (FIGURE,), "Trước"),
        ("<w:text/>", (FIGURE, "sau đó"), "Trước"),
        ("", ("Đầu", FIGURE), FIGURE),
        ("<w:docPartObj/>", (FIGURE,), FIGURE),
    ],
)
def test_the_first_paragraph_of_a_content_control_is_commented_outside_of_it(
    properties: str, inside: tuple[str, ...], wanted: str
) -> None:
    content = "".join(paragraph(run(text)) for text in inside)
    control = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    data = packed(paragraph(run("Trước")) + control + paragraph(run("Sau")))
    assert commented(annotated(data).data) == {"0": wanted}


def test_a_figure_that_is_not_found_is_commented_at_its_paragraph() -> None:
    choice = "<w:ffData><w:ddList><w:listEntry w:val='13,08%'/></w:ddList></w:ffData>"
    fields = (
        f"<w:r><w:fldChar w:fldCharType='begin'>{choice}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    copy = annotated(packed(paragraph(run("Dòng đầu")) + paragraph(run("Chọn: "), fields)))
    assert commented(copy.data) == {"0": "Chọn: "}


def test_all_parts_but_those_that_say_something_new_are_the_same_bytes() -> None:
    path = CORPUS / "docx" / "003.docx"
    data = path.read_bytes()
    notes = [note_on(data, finding.span.text, finding.id) for finding in report_on(path).findings]
    before, after = members(data), members(annotated(data, *notes).data)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert before.keys() <= after.keys()


def test_a_mark_that_somebody_wrote_stays_with_its_note() -> None:
    reference = "<w:r><w:footnoteReference w:id='2' w:customMarkFollows='1'/><w:t>*</w:t><w:t> 9,05%</w:t></w:r>"
    data = packed(paragraph(run("Năm nay"), reference), footnotes=NOTE)
    copy = annotated(data, note_on(data), note_on(data, "9,05%", "f2"))
    assert commented(copy.data) == {"0": "*", "1": "9,05%"}
    assert read(copy.data, "a.docx").text == read(data, "a.docx").text


def test_a_part_that_is_damaged_is_refused_in_a_word() -> None:
    data = rewritten(packed(paragraph(run(FIGURE))), {"word/theme.xml": b"<theme>abcdef</theme>"})
    with pytest.raises(NotCopiedError) as caught:
        annotated(data.replace(b"<theme>abcdef", b"<theme>abcdeg"))
    assert caught.value.reason == "damaged-docx"


def test_a_signed_document_says_that_the_copy_is_not() -> None:
    data = rewritten(packed(paragraph(run(FIGURE))), {"_xmlsignatures/sig1.xml": b"<a/>"})
    assert dict(annotated(data).cautions) == {"signed": 1}


REVISED = {
    "one run": (run(f"đạt {FIGURE} so với"),),
    "three runs": (BEFORE, run("13", BOLD), "<w:proofErr w:type='spellStart'/>", run(",0"), run("8%; hết")),
    "a footnote mark in the run": (MARKED,),
    "inserted by another": (BEFORE, f"<w:ins w:id='90' w:author='A'>{run(f'là {FIGURE} đó')}</w:ins>", BEHIND),
    "a hyperlink": (BEFORE, f"<w:hyperlink w:anchor='a'>{run(f'là {FIGURE} q')}</w:hyperlink>"),
    "a content control": (BEFORE, f"<w:sdt><w:sdtContent>{run(FIGURE)}</w:sdtContent></w:sdt>", BEHIND),
}


@pytest.mark.parametrize("kind", REVISED)
def test_a_change_is_tracked_for_the_author_to_accept(kind: str) -> None:
    data = packed(paragraph(*REVISED[kind]), footnotes=NOTE)
    before = read(data, "a.docx").text
    copy = revised(data, (FIGURE, "13,81%"))
    assert not copy.cautions
    assert read(copy.data, "a.docx").text == before.replace(FIGURE, "13,81%", 1)
    deleted = [element.text for element in tree(copy.data).iter(f"{{{W}}}delText")]
    assert "".join(deleted) == FIGURE
    ours = [e for e in tree(copy.data).iter(f"{{{W}}}ins", f"{{{W}}}del") if e.get(f"{{{W}}}author") == "de06-extract"]
    assert ours
    assert all(element.get(f"{{{W}}}date") == "2026-11-30T07:05:00Z" for element in ours)
    insertions = [element for element in ours if element.tag == f"{{{W}}}ins"]
    assert all(next(element.iterancestors(f"{{{W}}}ins"), None) is None for element in insertions)
    numbers = [element.get(f"{{{W}}}id") for element in tree(copy.data).iter(f"{{{W}}}ins", f"{{{W}}}del")]
    assert len(numbers) == len(set(numbers))


def test_a_change_keeps_the_look_of_the_figure() -> None:
    copy = revised(packed(paragraph(run("đạt "), run(FIGURE, BOLD))), (FIGURE, "13,81%"))
    (inserted,) = tree(copy.data).iter(f"{{{W}}}ins")
    assert inserted.find(f"{{{W}}}r/{{{W}}}rPr/{{{W}}}b") is not None


def test_changes_in_notes_and_tables_and_of_several_figures_are_made() -> None:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    data = packed(paragraph(run("xã 376 và 342"), reference), footnotes=NOTE)
    copy = revised(data, ("342", "341"), (FIGURE, "13,81%"), ("376", "367"))
    assert not copy.cautions
    assert read(copy.data, "a.docx").text == "xã 367 và 341¹\n¹ Trong đó đạt 13,81% kế hoạch"


CONTROL = f"<w:sdt><w:sdtPr>{{}}</w:sdtPr><w:sdtContent>{run(FIGURE)}</w:sdtContent></w:sdt>"
FIXED = {
    "the result of a field": field(run(FIGURE)),
    "a simple field": f"<w:fldSimple w:instr='REF x'>{run(FIGURE)}</w:fldSimple>",
    "a locked control": CONTROL.format("<w:lock w:val='contentLocked'/>"),
    "a bound control": CONTROL.format("<w:dataBinding w:xpath='/a'/>"),
    "a text box that is kept twice": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
    f"<w:txbxContent>{paragraph(run(FIGURE))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent></w:r>",
    "a formula": f"<m:oMath><m:r><m:t>{FIGURE}</m:t></m:r></m:oMath>",
}


@pytest.mark.parametrize("kind", FIXED)
def test_what_word_works_out_anew_is_not_changed_but_counted(kind: str) -> None:
    data = packed(paragraph(BEFORE, FIXED[kind], BEHIND))
    copy = revised(data, (FIGURE, "13,81%"))
    assert dict(copy.cautions) == {"unrevised": 1}
    assert members(copy.data)["word/document.xml"] == members(data)["word/document.xml"]


@pytest.mark.parametrize("name", ["001", "002", "003", "004"])
def test_reports_of_the_corpus_read_the_same_with_comments(name: str) -> None:
    path = CORPUS / "docx" / f"{name}.docx"
    data, text = path.read_bytes(), read(path.read_bytes(), "a.docx").text
    findings = report_on(path).findings
    notes = [note_on(data, f.span.text, f.id, f.span.start) for f in findings]
    copy = annotated(data, *notes)
    assert read(copy.data, "a.docx").text == text
    assert [words.strip() for words in commented(copy.data).values()] == [f.span.text.strip() for f in findings]


CONTENT_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    + b"".join(
        b'<Override PartName="/word/%b.xml" ContentType="application/vnd.openxmlformats-officedocument'
        b'.wordprocessingml.%b+xml"/>' % part
        for part in ((b"document", b"document.main"), (b"footnotes", b"footnotes"))
    )
    + b"</Types>"
)


@pytest.mark.slow
def test_libreoffice_opens_the_copies_and_shows_the_same_words() -> None:
    # LibreOffice 7.4 loses a note's mark in the midst of a run, which the copy has in a run of its own.
    bodies = "".join(paragraph(*inside) for inside, _ in ANCHORED.values() if MARKED not in inside)
    data = rewritten(packed(bodies, footnotes=NOTE), {"[Content_Types].xml": CONTENT_TYPES})
    text = read(data, "a.docx").text
    places = [at for at in range(len(text)) if text.startswith(FIGURE, at) and not text[at - 1 : at].isdigit()]
    notes = [note_on(data, name=f"f{at}", at=at) for at in places]
    copy = annotated(data, *notes)
    assert len(commented(copy.data)) == len(places) >= len(ANCHORED) - 3
    plain, shown = converted(data, "docx", "txt"), converted(copy.data, "docx", "txt")
    assert shown == plain


COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def relations(target: str) -> bytes:
    """Relationships of the main part, one of which says where its comments are."""
    relation = f'<Relationship Id="rId1" Type="{COMMENTS}" {target}/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'.encode()


@pytest.mark.parametrize(
    ("target", "content", "reason"),
    [
        ('Target="comments.xml"', b"<w:comments", "damaged-docx"),
        ('Target="comments.xml"', b"<a/>", "damaged-docx"),
        ('Target="document.xml"', None, "damaged-docx"),  # the text itself would be taken for the comments
        ('Target="../_rels/.rels"', None, "damaged-docx"),
        ('Target="comments.xml"', bytes(65 << 20), "large-docx"),
        ("", None, None),
        ('Target=""', None, None),
    ],
)
def test_comments_that_are_none_cost_the_copy_and_nothing_else(
    target: str, content: bytes | None, reason: str | None
) -> None:
    changes: dict[str, bytes | None] = {"word/_rels/document.xml.rels": relations(target)}
    if content is not None:
        changes["word/comments.xml"] = content
    data = rewritten(packed(paragraph(run(f"đạt {FIGURE}"))), changes)
    if reason is None:
        assert list(commented(annotated(data).data).values()) == [FIGURE]
        return
    with pytest.raises(NotCopiedError, match=reason):
        annotated(data)


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:t>đạt {FIGURE} so với</w:t>",
        f"{BEFORE}<w:t>{FIGURE}</w:t>{BEHIND}",
        f"<w:t>13,0</w:t>{run('8%')}",
        f"{run('13,0')}<w:t>8%</w:t>",
    ],
)
def test_a_figure_in_no_run_has_its_comment_on_the_whole_paragraph(inside: str) -> None:
    copy = annotated(packed(paragraph(inside)))
    assert FIGURE in next(iter(commented(copy.data).values()))
