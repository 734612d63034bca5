"""Images of pages are read like the pages of a document, figures with the place where they stand on the image."""

from __future__ import annotations

from typing import Any

import pytest

from de06_extract import extract
from de06_extract.cores import using
from de06_extract.errors import DamagedFileError, IllegibleError, NoTextError, TooLargeError
from de06_extract.readers import read_document
from de06_extract.readers.image import reader
from de06_extract.readers.pdf.scans import requirements
from tests.readers.pdf.scans.paper import needs_font, needs_tesseract, page, table, turned, written

SENTENCES = ("Toàn huyện tiếp nhận 3.265 hồ sơ trực tuyến.", "Số hóa đầu vào: 3.225/3.265 đạt tỷ lệ 95,42%")


@needs_tesseract
@needs_font
@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("JPEG", "jpg"), ("TIFF", "tif")])
def test_an_image_is_read_and_its_figures_are_checked(kind: str, suffix: str) -> None:
    report = extract(written(page(SENTENCES), kind), name=f"trang.{suffix}")
    (finding,) = report.findings
    assert (finding.rule, finding.reported) == ("ratio-mismatch", "95,42%")
    (location,) = finding.locations
    left, top, right, bottom = location.bbox or (0, 0, 0, 0)
    assert location.page == 1
    assert 280 < left < right < 470
    assert 105 < top < bottom < 130
    assert (report.source.text_from, report.source.media_type) == ("ocr", f"image/{kind.lower()}")
    (read,) = report.source.ocr_pages
    assert (read.page, round(read.width), round(read.height)) == (1, 595, 842)
    assert read.confidence > 80


@needs_tesseract
@needs_font
def test_the_pages_of_one_image_are_read_in_their_order_on_any_cores() -> None:
    pages = [page([f"Trang này có {number}.225 hồ sơ đã giải quyết."]) for number in (1, 2, 3)]
    data = written(pages[0], "TIFF", *pages[1:])
    with using(3):
        several = read_document(data, "nhiều trang.tif")
    with using(1):
        assert read_document(data, "nhiều trang.tif").text == several.text
    assert [place.location.page for place in several.places] == [1, 2, 3]
    assert [number for number in ("1.225", "2.225", "3.225") if number in several.text] == ["1.225", "2.225", "3.225"]
    assert several.pages == 3


@needs_tesseract
@needs_font
@pytest.mark.parametrize("degrees", [1.5, -1.0])
def test_a_page_fed_askew_has_its_words_where_they_are_seen(degrees: float) -> None:
    lines = [f"Xã thứ {number} đạt 9{number},25% kế hoạch năm nay, cao hơn năm trước." for number in range(1, 9)]
    level = read_document(written(page(lines), "PNG"), "a.png")
    askew = read_document(written(turned(page(lines), degrees), "PNG"), "b.png")
    assert askew.text == level.text
    start = askew.text.index("91,25%")
    (seen,), (straight,) = askew.locations(start, start + 6), level.locations(start, start + 6)
    assert seen.bbox is not None
    assert straight.bbox is not None
    dots = 200 / 72
    shown = turned(page(lines), degrees).crop(tuple(round(edge * dots) for edge in seen.bbox))
    assert shown.getextrema()[0] < 100, "there is ink where the figure is said to stand"
    assert abs(seen.bbox[1] - straight.bbox[1]) > 1.5, "it stands elsewhere than on the page made straight"
    assert seen.bbox[3] - seen.bbox[1] < 1.6 * (straight.bbox[3] - straight.bbox[1])


@needs_tesseract
@needs_font
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_and_its_words_are_where_they_are_seen(degrees: int) -> None:
    lines = [f"Xã thứ {number} đạt 9{number},25% kế hoạch năm nay, cao hơn năm trước." for number in range(1, 9)]
    upright = read_document(written(page(lines), "PNG"), "a.png")
    paper = page(lines).rotate(degrees, expand=True)
    found = read_document(written(paper, "PNG"), "b.png")
    assert found.text == upright.text
    (read,) = found.ocr_pages
    assert (round(read.width), round(read.height)) == tuple(round(edge * 72 / 200) for edge in paper.size)
    start = found.text.index("93,25%")
    (seen,) = found.locations(start, start + 6)
    assert seen.bbox is not None
    shown = paper.crop(tuple(round(edge * 200 / 72) for edge in seen.bbox))
    assert shown.getextrema()[0] < 100, "there is ink where the line is said to stand"
    assert (shown.width > shown.height) == (degrees == 180)
    assert found.read_again is not None
    again = found.read_again(seen)
    assert again is not None
    assert "93,25%" in again.text


@needs_tesseract
@needs_font
@pytest.mark.parametrize("degrees", [0.0, 0.7])
def test_a_ruled_table_is_read_cell_by_cell(degrees: float) -> None:
    rows = (
        ("STT", "Đơn vị", "Tiếp nhận", "Giải quyết"),
        ("1", "Xã Bình Minh", "1.250", "1.180"),
        ("2", "Xã Tân Lập", "870", "865"),
        ("3", "Thị trấn Đông", "2.041", "1.999"),
        ("", "Tổng", "4.161", "4.044"),
    )
    found = read_document(written(turned(table(rows), degrees), "PNG"), "bảng.png")
    (grid,) = found.grids
    cells = {(cell.row, cell.column): found.text[cell.start : cell.end] for cell in grid.cells}
    assert {place: text for place, text in cells.items() if place[1] > 1} == {
        (row, column): rows[row][column] for row in range(5) for column in (2, 3)
    }
    assert [cells[row, 1] for row in range(1, 5)] == ["Xã Bình Minh", "Xã Tân Lập", "Thị trấn Đông", "Tổng"]


@needs_tesseract
def test_a_blank_image_has_no_text() -> None:
    with pytest.raises(IllegibleError, match=r"^trắng\.png: no text was found"):
        read_document(written(page([]), "PNG"), "trắng.png")


def test_without_tesseract_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "find_program", lambda: None)
    with pytest.raises(
        NoTextError, match=r"^ảnh\.png: the file is an image; needs Tesseract .*apt install tesseract-ocr"
    ) as caught:
        read_document(written(page([]), "PNG"), "ảnh.png")
    assert caught.value.reason == "scan"
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("size", [(40_000, 40_000), (2, 60_000_000)])
def test_a_page_of_too_many_pixels_is_refused_before_it_is_unpacked(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(written(page([], height=10), "PNG"))
    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    header = data.index(b"IHDR")
    data[header + 4 : header + 12] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    data[header + 17 : header + 21] = _checksum(bytes(data[header : header + 17]))
    with pytest.raises(TooLargeError, match="pixels"):
        read_document(bytes(data), "bom.png")


def test_pages_of_too_many_pixels_together_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = page([], height=10)
    data = written(paper, "TIFF", paper, paper)
    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    monkeypatch.setattr(reader, "MOST_PIXELS_IN_ALL", 2_500_000)  # a page counts a million, however small
    with pytest.raises(TooLargeError, match=r"^nhiều\.tif: its pages have more than 2500000 pixels"):
        read_document(data, "nhiều.tif")


def _checksum(chunk: bytes) -> bytes:
    from zlib import crc32

    return crc32(chunk).to_bytes(4, "big")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
@pytest.mark.parametrize("end", [20, 300])
def test_half_an_image_is_damaged(kind: str, end: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    with pytest.raises(DamagedFileError, match="damaged"):
        read_document(written(page([], height=400), kind)[:end], "half.png")


def test_a_text_that_is_named_like_an_image_is_none() -> None:
    with pytest.raises(DamagedFileError, match="not an image"):
        reader.read(b"khong phai anh", "a.png")


def test_a_text_is_read_as_one_whatever_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DamagedFileError, match="not an image"):
        read_document("Đạt 5/6 (83,3%).".encode(), "văn bản.png")


@pytest.mark.parametrize(
    ("dots", "resolution"), [(200, 200), (300, 300), (None, 1654 / 8.27), (72, 1654 / 8.27), (10, 1654 / 8.27)]
)
def test_a_resolution_that_no_page_has_is_that_of_a4(dots: int | None, resolution: float) -> None:
    class Picture:
        width, height = 1654, 2339
        info: dict[str, Any] = {} if dots is None else {"dpi": (dots, dots)}

    assert reader._resolution(Picture) == pytest.approx(resolution)
