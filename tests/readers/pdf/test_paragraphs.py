"""The PDF reader: whole paragraphs, footnotes, tables, boxes, and one clear error for each kind of unreadable file."""

from __future__ import annotations

import pickle
import random
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from de06_extract.document.document import Document
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    NoTextError,
    UnreadableError,
)
from de06_extract.readers.pdf import read

CORPUS = Path(__file__).parent.parent / "corpus"


@cache
def document(name: str) -> Document:
    """A PDF of the corpus as the reader gives it."""
    path = CORPUS / name
    return read(path.read_bytes(), path.name)


def block_texts(read_document: Document, kind: str) -> list[str]:
    return [read_document.text[block.start : block.end] for block in read_document.blocks if block.kind == kind]


def pdf(
    *pages: str, page_keys: str = "", trailer_keys: str = "", fonts: str = "/F 3 0 R", more: Sequence[bytes] = ()
) -> bytes:
    """A small PDF: the content of each page, entries for every page dictionary and for the trailer."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for content in pages:
        entries = f"/MediaBox [0 0 595 842] {page_keys} /Resources << /Font << {fonts} >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {entries} /Contents {len(objects) + 2} 0 R >>".encode())
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode())
    objects.extend(more)
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer_keys} >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + head.encode() + tail.encode()


def text_at(x: float, y: float, text: str, size: float = 12) -> str:
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


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
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_words_of_the_report_are_read(folder: str, name: str) -> None:
    """Every long paragraph without marks of the text file stands unbroken in the text of the PDF."""
    text = document(f"{folder}/{name}.pdf").text
    lines = (CORPUS / f"{name}.txt").read_text("utf-8").splitlines()
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


@pytest.mark.parametrize("folder", ["pdf", "fallback"])
def test_a_table_over_three_pages_is_one(folder: str) -> None:
    found = document(f"{folder}/002.pdf")
    (grid,) = found.grids
    rows = [row.split("\t") for row in found.text[grid.start : grid.end].split("\n")]
    assert (len(rows), {len(row) for row in rows}, grid.header_rows) == (28, {9}, 2)
    assert rows[0][2:6] == [
        "Kết nối với Cổng DVC quốc gia (đã kết nối, chưa kết nối)",
        "Tổng số hồ sơ (bao gồm cả trực tiếp và trực tuyến)",
        "",
        "",
    ]
    assert rows[14][:2] == ["13", "Thủ tục làm con dấu mới và cấp Giấy chứng nhận đã đăng ký mẫu dấu"]
    assert rows[14][2:] == [""] * 6 + ["Cấp tỉnh"]
    assert rows[20][0::3] == ["19", "5149", "2673"]
    assert rows[26][1].endswith("vụ cung cấp điện)")
    assert rows[26][2:] == ["Đã kết nối", "118", "118", "100%", "118", "0", ""]
    assert rows[27] == ["", "Tổng", "", "18.381", "11.894", "65%", "11.803", "91", ""]
    assert grid.title
    assert found.text[slice(*grid.title)] == "PHỤ LỤC 02"


def test_cells_say_where_they_are() -> None:
    found = document("pdf/003.pdf")
    (grid,) = found.grids
    by_place = {(cell.row, cell.column): found.text[cell.start : cell.end] for cell in grid.cells}
    assert by_place[0, 1] == "Cơ quan/Đơn vị (trong thực hiện mô hình)"
    assert (by_place[1, 3], by_place[1, 4], by_place[5, 2]) == ("Quý I", "Quý II", "747")
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (5, 2))
    (place,) = found.locations(cell.start, cell.end)
    assert (place.page, place.table, place.row, place.column) == (4, 1, 6, 3)
    assert found.text.count("Lưu Nghiệp Anh\t747") == 1


@pytest.mark.parametrize("name", ["pdf/000.pdf", "pdf/002.pdf", "nfd/001nfd.pdf", "fallback/003.pdf"])
def test_places_are_in_order_and_on_the_page(name: str) -> None:
    found = document(name)
    assert all(one.end <= two.start for one, two in zip(found.places, found.places[1:], strict=False))
    for place in found.places:
        assert place.lefts is not None
        assert place.location.bbox is not None
        assert len(place.lefts) == place.end - place.start
        x0, top, x1, bottom = place.location.bbox
        assert 0 < x0 < x1 < 842
        assert 0 < top < bottom < 842


def test_a_number_has_its_own_box() -> None:
    """PDFium's own search finds the number within half a point of where the document says it is."""
    found = document("pdf/000.pdf")
    start = found.text.index("98,77%")
    (place,) = found.locations(start, start + 5)
    with pypdfium2.PdfDocument(CORPUS / "pdf" / "000.pdf") as opened:
        textpage = opened[0].get_textpage()
        first, count = textpage.search("98,77%").get_next()
        boxes = [textpage.get_charbox(at) for at in range(first, first + count - 1)]
        height = opened[0].get_height()
    assert place.page == 1
    assert place.bbox is not None
    x0, top, x1, bottom = place.bbox
    assert (x0, x1) == pytest.approx((boxes[0][0], boxes[-1][2]), abs=1)
    assert top <= height - max(box[3] for box in boxes) < height - min(box[1] for box in boxes) <= bottom
    assert bottom - top < 16


def test_decomposed_letters_are_composed() -> None:
    found = document("nfd/001nfd.pdf")
    assert unicodedata.is_normalized("NFC", found.text)
    assert found.text == document("pdf/001.pdf").text
    start = found.text.index("63,16%")
    boxes = [place.locations(start, start + 6)[0].bbox for place in (found, document("pdf/001.pdf"))]
    assert boxes[0] == pytest.approx(boxes[1], abs=1.5)


def test_letters_of_a_second_font_come_back_into_their_words() -> None:
    for name in ("000", "001", "003"):
        assert block_texts(document(f"fallback/{name}.pdf"), "paragraph") == block_texts(
            document(f"pdf/{name}.pdf"), "paragraph"
        )


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(0, "1 0 0 1 150 400"), (90, "0 1 -1 0 300 300"), (180, "-1 0 0 -1 400 400"), (270, "0 -1 1 0 300 500")],
)
def test_boxes_are_those_of_the_page_as_displayed(turn: int, matrix: str) -> None:
    data = pdf(
        f"BT /F 24 Tf {matrix} Tm (Total 1.785 units) Tj ET", page_keys=f"/CropBox [50 60 450 700] /Rotate {turn}"
    )
    found = read(data, "turned.pdf")
    assert found.text == "Total 1.785 units"
    (place,) = found.locations(6, 11)
    assert place.bbox is not None
    x0, top, x1, bottom = place.bbox
    origin = {0: (100, 300), 90: (240, 250), 180: (50, 340), 270: (200, 150)}[turn]
    assert (x0, x1) == pytest.approx((origin[0] + 56.7, origin[0] + 110.7), abs=1)
    assert top < origin[1] - 15
    assert origin[1] <= bottom < origin[1] + 8


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


def test_cells_that_are_no_rectangles_are_left_to_pdfplumber() -> None:
    """The rule under the first cell ends half way: the cells around it make an L."""
    levels = [f"80 {y} m 380 {y} l S" for y in (600, 560)] + ["180 580 m 380 580 l S"]
    uprights = [f"{x} 560 m {x} 600 l S" for x in (80, 280, 380)] + ["180 580 m 180 600 l S"]
    words = [text_at(84, 585, "one", 10), text_at(184, 585, "two", 10), text_at(284, 585, "three", 10)]
    words += [text_at(184, 565, "four", 10), text_at(284, 565, "five", 10)]
    found = read(pdf(" ".join([*levels, *uprights, *words])), "odd.pdf")
    assert sorted(found.text.split()) == ["five", "four", "one", "three", "two"]
    assert len(found.grids) == 1


def test_a_table_of_boxes_is_read() -> None:
    cells = [f"{80 + 100 * column} {600 - 20 * row} 100 20 re S" for row in range(3) for column in range(3)]
    words = [
        text_at(84 + 100 * column, 605 - 20 * row, f"{row}.{column}", 10) for row in range(3) for column in range(3)
    ]
    found = read(pdf(" ".join([text_at(80, 700, "Before"), *cells, *words, text_at(80, 500, "After")])), "boxes.pdf")
    assert found.text == "Before\n0.0\t0.1\t0.2\n1.0\t1.1\t1.2\n2.0\t2.1\t2.2\nAfter"


def test_pages_without_text_make_a_mixed_document() -> None:
    entries = b"/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1"
    image = b"<< /Type /XObject %s >>\nstream\n0\nendstream" % entries
    scanned = "q 400 0 0 400 50 50 cm /I Do Q"
    keys = "/F 3 0 R >> /XObject << /I 8 0 R"
    assert read(pdf("", text_at(80, 700, "Words"), fonts=keys, more=[image]), "blank.pdf").text_from == "text-layer"
    assert read(pdf(scanned, text_at(80, 700, "Words"), fonts=keys, more=[image]), "half.pdf").text_from == "mixed"


ENCRYPTION = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFileError, "empty"),
        (pdf("", trailer_keys=ENCRYPTION), EncryptedFileError, "password"),
        (b"%PDF-1.7\nno PDF at all", DamagedFileError, "damaged"),
        (b"%PDF-1.7\nno PDF at all\n%%EOF", DamagedFileError, "damaged"),
        (pdf("BT ET")[:-200], DamagedFileError, "end"),
        (pdf(), DamagedFileError, "damaged"),
        (pdf("", ""), NoTextError, "no text layer"),
        ((CORPUS / "pdf" / "000.pdf").read_bytes()[:40_000], DamagedFileError, "damaged"),
        ((CORPUS / "scan" / "001.pdf").read_bytes(), NoTextError, "is a scan: no text layer"),
    ],
)
def test_an_unreadable_file_is_one_clear_error(data: bytes, error: type[UnreadableError], words: str) -> None:
    with pytest.raises(error) as caught:
        read(data, "report.pdf")
    assert str(caught.value).startswith("report.pdf: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["000", "002"])
@pytest.mark.parametrize("end", [0.1, 0.5, 0.95])
def test_a_page_whose_drawing_is_damaged_is_not_read_in_part(name: str, end: float) -> None:
    data = (CORPUS / "pdf" / f"{name}.pdf").read_bytes()
    start = data.index(b"stream\n") + len(b"stream\n")
    at = start + int((data.index(b"endstream", start) - start) * end)
    with pytest.raises(DamagedFileError, match=f"the stream at byte {start} cannot be unpacked"):
        read(data[:at] + b"\xff" * 40 + data[at + 40 :], "report.pdf")


@pytest.mark.parametrize("checksum", [b"\0\0\0\0\n", b"\n\n\n\n\n"])
def test_a_program_that_writes_no_right_checksum_does_no_damage(checksum: bytes) -> None:
    data = (CORPUS / "pdf" / "001.pdf").read_bytes()
    wrong = re.sub(rb"(?s).{5}endstream", lambda _: checksum + b"endstream", data)
    assert wrong != data
    assert read(wrong, "report.pdf").text == read(data, "report.pdf").text


def text_or_message(data: bytes) -> str:
    try:
        return read(data, "damaged.pdf").text
    except UnreadableError as error:
        return str(error)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_else_escapes_for_damaged_bytes(seed: int) -> None:
    chance = random.Random(seed)
    sources = [(CORPUS / "pdf" / "003.pdf").read_bytes(), pdf(text_at(80, 700, "Words 1.785"), "0 0 m 9 9 l S")]
    for _ in range(30):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.choice((1, 20, 400))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        assert text_or_message(bytes(data))


@pytest.mark.parametrize("number", ["1e9", "-3000000000", "340282346638528859811704183484516925440", "0"])
def test_absurd_measures_do_no_harm(number: str) -> None:
    page = f"BT /F {number} Tf {number} 0 0 {number} 5 {number} Tm (Words) Tj ET 0 {number} m {number} 5 l S"
    for data in (pdf(page), pdf(page + text_at(80, 700, "Words"), page_keys=f"/CropBox [0 0 {number} {number}]")):
        with suppress(NoTextError):
            assert read(data, "absurd.pdf").text
