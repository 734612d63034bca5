"""The note as a Word document: the layout of Nghị định 30/2020/NĐ-CP, and nothing of a document taken for markup."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from de06_extract.output.note.contents import note_of_unit, note_report, notes_on_report
from de06_extract.output.note.docx import write_notes
from tests.output.note.test_contents import WRONG, result


def written(*texts: str) -> Any:
    file = BytesIO()
    write_notes((note for text in texts for note in notes_on_report(result(text), "vi")), file)
    return docx.Document(BytesIO(file.getvalue()))


def cells(document: Any) -> list[list[str]]:
    """The rows of the table with the findings."""
    return [[cell.text for cell in row.cells] for row in document.tables[1].rows]


def test_paper_margins_and_font_are_those_of_the_decree() -> None:
    document = written(WRONG)
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = {side: round(getattr(section, f"{side}_margin").mm) for side in ("top", "bottom", "left", "right")}
    for side, (least, most) in {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}.items():
        assert least <= sides[side] <= most, side
    style = document.styles["Normal"]
    assert (style.font.name, style.font.size.pt) == ("Times New Roman", 13)
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml


def test_the_parts_stand_in_their_order() -> None:
    document = written(WRONG)
    office, motto = (cell.text.split("\n") for cell in document.tables[0].rows[0].cells)
    assert motto[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert motto[-1] == "……………, ngày … tháng … năm 20…"
    assert office[-1].startswith("Số:")
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert said[0] == "PHIẾU RÀ SOÁT SỐ LIỆU"
    assert said[2].startswith("Kính gửi: ")
    signers = [cell.text.split("\n")[:2] for cell in document.tables[2].rows[0].cells]
    assert signers == [["NGƯỜI RÀ SOÁT", "(Ký, ghi rõ họ tên)"], ["LÃNH ĐẠO ĐƠN VỊ", "(Ký, ghi rõ họ tên)"]]


def test_the_table_has_a_head_that_repeats_and_a_column_to_answer_in() -> None:
    document = written(WRONG)
    head, first, second = cells(document)
    assert head == ["STT", "Vị trí\n(mục, trang)", "Nội dung báo cáo ghi", "Phép tính", "Đề xuất", "Ý kiến\nđơn vị"]
    assert first[0].split("\n") == ["1", "P-01"]
    assert first[1] == "mục I, dòng 12\n(Lỗi)"
    assert first[2] == "“Số hóa đầu vào: 3.225/3.265 hồ sơ đạt tỷ lệ 98,57%”"
    assert first[4:] == ["Theo đối chiếu: 98,77%", ""]
    assert second[4] == "Sửa 83,4% → 83,3%"
    assert second[0].split("\n") == ["2", "P-02"]
    assert document.tables[1].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_figures_are_bold_and_the_wrong_one_underlined() -> None:
    (paragraph,) = written(WRONG).tables[1].rows[1].cells[2].paragraphs
    looks = [(run.text, bool(run.font.bold), bool(run.font.underline)) for run in paragraph.runs]
    assert [look for look in looks if look[1]] == [
        ("3.225", True, False),
        ("3.265", True, False),
        ("98,57%", True, True),
    ]


def test_every_note_begins_on_a_page_of_its_own() -> None:
    document = written(WRONG, WRONG)
    assert document.element.xml.count('w:br w:type="page"') == 1
    assert sum(paragraph.text == "PHIẾU RÀ SOÁT SỐ LIỆU" for paragraph in document.paragraphs) == 2


def test_reports_of_a_unit_have_a_heading_over_all_columns() -> None:
    reports = [one for name in ("q1", "q2") if (one := note_report(result(path=f"/kho/{name}.txt"), "vi"))]
    file = BytesIO()
    write_notes([note_of_unit(reports, "vi")], file)
    rows = cells(docx.Document(BytesIO(file.getvalue())))
    assert len(set(rows[1])) == 1
    assert rows[1][0].endswith("(tệp q1.txt)")
    assert rows[4][0].endswith("(tệp q2.txt)")


def test_the_same_note_is_the_same_bytes() -> None:
    first, second = BytesIO(), BytesIO()
    for file in (first, second):
        write_notes(notes_on_report(result(), "vi"), file)
    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize("text", ["<w:p/>&amp;", "\x1b", "𝟏\u202e", "«a» \"b\" 'c'"])
def test_words_of_a_document_are_nothing_but_words(text: str) -> None:
    said = written(WRONG.replace("Số hóa đầu vào", f"Số hóa {text} đầu vào"))
    (first,) = [row[2] for row in cells(said) if "98,57%" in row[2]]
    assert "3.225/3.265 hồ sơ đạt tỷ lệ 98,57%" in first
    assert "\x1b" not in first


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: apt install libreoffice-writer"
)
def test_libreoffice_makes_pages_of_a4_with_all_findings(tmp_path: Path) -> None:
    import pypdfium2

    file = tmp_path / "phiếu.docx"
    with file.open("wb") as opened:
        write_notes(notes_on_report(result(), "vi"), opened)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=170)
    with pypdfium2.PdfDocument(tmp_path / "phiếu.pdf") as pages:
        sizes = {tuple(round(length * 25.4 / 72) for length in page.get_size()) for page in pages}
        text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert sizes == {(210, 297)}
    for said in ("P-01", "P-02", "98,57%", "(Ký, ghi r"):  # other letters may come of several fonts
        assert said in text
