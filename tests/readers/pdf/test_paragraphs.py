"""Paragraphs of a PDF are whole, over lines, columns and pages, and footnotes, headers and footers are none."""

from __future__ import annotations

import pickle

import pytest

from de06_extract.readers.pdf.reader import read
from tests.conftest import REPORTS, corpus
from tests.readers.pdf.drawing import block_texts, document, pdf, text_at


@pytest.mark.parametrize(
    ("name", "paragraph"),
    [
        (
            "pdf/000.pdf",
            "- 100% các cán bộ, công chức, viên chức cấp huyện được trang bị máy tính phục vụ công tác chuyên môn là "
            "83/72, đạt tỷ lệ trung bình máy tính/người là 115,3% (trừ các đơn vị sự nghiệp giáo dục). Cấp xã có tổng "
            "số 455/438 máy tính phục vụ công tác chuyên môn tại địa phương, đạt tỷ lệ trung bình máy tính/cán bộ, "
            "công chức là 103,9%.",
        ),
        (
            "pdf/004.pdf",
            "Tình hình, kết quả 01 năm thực hiện chỉ đạo của Thủ tướng Chính phủ về việc tháo gỡ “điểm nghẽn” trong "
            "triển khai đề án 06",
        ),
        (
            "pdf/004.pdf",
            "1.2. Kết quả cắt giảm, đơn giản hóa các thủ tục hành chính, giấy tờ liên quan đến quản lý dân cư theo "
            "yêu cầu của Chính phủ tại 19 Nghị quyết chuyên đề và việc điều chỉnh phương án đơn giản hóa theo chỉ đạo "
            "tại Thông báo số 06/TB-VPCP ngày 10/01/2024:",
        ),
        ("pdf/003.pdf", "- UBND xã; Tân Hiệp, Ngọc Biên, Lưu Nghiệp Anh, An Quảng Hữu và thị trấn Trà Cú;"),
        ("fallback/003.pdf", "- Ban chỉ đạo CCHC; nâng cao chỉ số năng lực cạnh tranh và Chuyển đổi số huyện."),
    ],
)
def test_a_paragraph_is_whole(name: str, paragraph: str) -> None:
    assert paragraph in block_texts(document(name), "paragraph")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pdf/000.pdf", "Toàn huyện hiện có 6.887 người nhận lương hưu và trợ cấp BHXH, trong đó: Số nhận qua"),
        ("pdf/003.pdf", "Từ khi triển khai thực hiện mô hình (từ đầu tháng 6/2023 đến ngày 10/7/2023), toàn huyện đã"),
        ("pdf/002.pdf", "chuyển đổi số quốc gia giai đoạn 2022 - 2025, tầm nhìn đến năm 2030 để triển khai thực hiện"),
        ("fallback/004.pdf", "cán bộ, công chức sở, ngành tỉnh và huyện, thành phố. Sở Thông tin và Truyền thông ban"),
    ],
)
def test_a_sentence_over_a_page_break_is_one(name: str, sentence: str) -> None:
    found = document(name)
    start = found.text.index(sentence)
    pages = {place.page for place in found.locations(start, start + len(sentence))}
    assert any(sentence in text for text in block_texts(found, "paragraph"))
    assert len(pages) in (1, 2)


@pytest.mark.parametrize("folder", ["pdf", "fallback"])
@pytest.mark.parametrize("name", REPORTS)
def test_the_words_of_the_report_are_read(folder: str, name: str) -> None:
    """Every long paragraph without marks of the text file stands unbroken in the text of the PDF."""
    text = document(f"{folder}/{name}.pdf").text
    lines = corpus(name).read_text("utf-8").splitlines()
    plain = [line.strip() for line in lines if len(line) > 60 and not set("*#<⁽\t¹²³⁴") & set(line)]
    assert [line for line in plain if " ".join(line.split()) not in text] == []


def test_columns_of_the_first_page_stay_together() -> None:
    lines = document("pdf/000.pdf").text.split("\n")[:7]
    assert lines[:5] == [
        "TỈNH HẢI DƯƠNG",
        "ỦY BAN NHÂN DÂN",
        "HUYỆN TỨ KỲ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert lines[5].startswith("Số:")
    assert lines[6].startswith("Tứ Kỳ, ngày")


def test_signatures_stand_behind_the_recipients() -> None:
    text = document("pdf/003.pdf").text
    assert text.index("- Lưu: VT.\n") < text.index("PHÓ CHÁNH VĂN PHÒNG\nHĐND VÀ UBND HUYỆN\nTrần Kim Hiếu\n")


def test_footnotes_have_marks_and_anchors() -> None:
    found = document("pdf/004.pdf")
    notes = [block for block in found.blocks if block.kind == "footnote"]
    assert [note.mark for note in notes] == ["¹", "²", "³"]
    before = [found.text[: note.anchor].rsplit(" ", 2)[1:] for note in notes]
    assert before == [["án", "06"], ["năm", "2023"], ["đạt", "92,72%)"]]
    assert [found.text[note.start : note.start + 8] for note in notes] == ["¹ Nghị q", "² 1. Dịc", "³ Trong "]


def test_a_footnote_goes_on_overleaf() -> None:
    found = document("pdf/004.pdf")
    note = next(text for text in block_texts(found, "footnote") if text.startswith("¹"))
    assert "số 10/2019/QĐ-UBND ngày 21/5/2019 của UBND tỉnh Bắc Giang; Quyết định số 70/2021/QĐ-UBND" in note
    start = found.text.index(note)
    assert {place.page for place in found.locations(start, start + len(note))} == {1, 2}


def test_a_mark_is_no_digit() -> None:
    text = document("pdf/003.pdf").text
    assert "xã, thị trấn³, tỷ lệ hồ sơ" in text
    assert "nội dung liên quan đến Đề án 06¹ (có Phụ lục 1 kèm theo)." in document("pdf/004.pdf").text
    assert "tỉnh Bắc Giang năm 2023²; Quyết định" in document("fallback/004.pdf").text


def test_page_numbers_stand_at_the_end() -> None:
    found = document("pdf/000.pdf")
    headers = [block for block in found.blocks if block.kind == "header"]
    assert [found.text[block.start : block.end] for block in headers] == ["2", "3", "4"]
    assert [found.page(block.start) for block in headers] == [2, 3, 4]
    assert headers[0].start > max(block.end for block in found.blocks if block.kind == "paragraph")


def test_running_headers_and_footers_are_no_body() -> None:
    pages = [
        " ".join(
            [
                text_at(200, 810, "Report of the town"),
                text_at(80, 700, f"The first line of page {number} reaches the margin on the right"),
                text_at(80, 684, "and the second ends."),
                text_at(280, 30, f"- {number} -"),
            ]
        )
        for number in (1, 2, 3)
    ]
    found = read(pdf(*pages), "running.pdf")
    assert block_texts(found, "paragraph") == [
        f"The first line of page {number} reaches the margin on the right and the second ends." for number in (1, 2, 3)
    ]
    assert block_texts(found, "header") == ["Report of the town"] * 3
    assert block_texts(found, "footer") == ["- 1 -", "- 2 -", "- 3 -"]


def test_a_number_that_ends_a_sentence_overleaf_is_body() -> None:
    one = text_at(80, 60, "The report covers the month of May and the rest of the year")
    found = read(pdf(one, text_at(80, 780, "2.") + text_at(80, 766, "Next.")), "overleaf.pdf")
    assert block_texts(found, "header") == []
    assert "year 2." in found.text


def test_a_document_outlives_its_file_and_its_process() -> None:
    found = document("pdf/003.pdf")
    again = pickle.loads(pickle.dumps(found))
    assert again.text == found.text
    assert again.locations(500, 700) == found.locations(500, 700)
