"""The pages of a PDF that are images: what is found on them, what is looked at again, what is missing to read them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from array import array
from pathlib import Path
from threading import Lock
from typing import Any

import numpy
import pytest

from de06_extract.document.document import SecondReading
from de06_extract.errors import NoTextError
from de06_extract.readers.image.wrapping import PageImage, pdf_of
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.pages import PageText
from de06_extract.readers.pdf.reader import read
from de06_extract.readers.pdf.scans import requirements, scanned, tesseract, workload
from de06_extract.readers.pdf.scans.hocr import lines_of
from de06_extract.readers.pdf.scans.reading import ScannedPage
from de06_extract.readers.pdf.scans.rulings import find_rules
from de06_extract.readers.pdf.scans.scanned import page_images
from de06_extract.readers.pdf.scans.straightening import Turn, straighten
from de06_extract.readers.pdf.scans.tesseract import RecognitionError
from de06_extract.schema.report import Location, PageSize
from de06_extract.schema.source import UNREAD_PAGES
from tests.conftest import ROOT
from tests.readers.pdf.drawing import SCAN, pdf, text_at, with_image
from tests.readers.pdf.scans.paper import DOTS, needs_font, needs_tesseract, page, table, turned

HOCR = """<html><body><div class='ocr_page'><p class='ocr_par'>
<span class='ocr_line' title="bbox 100 40 300 80; baseline 0 -10; x_size 36; x_descenders 8; x_ascenders 9">
<span class='ocrx_word' title='bbox 100 40 180 80; x_wconf 91'>
<span class='ocrx_cinfo' title='x_bboxes 100 40 130 80; x_conf 99'>t</span>
<span class='ocrx_cinfo' title='x_bboxes 131 40 180 80; x_conf 99'>ỷ</span></span>
<span class='ocrx_word' title='bbox 200 40 300 80; x_wconf 63'>
<span class='ocrx_cinfo' title='x_bboxes 200 40 250 80; x_conf 99'>9</span>
<span class='ocrx_cinfo' title='x_bboxes 251 40 300 80; x_conf 50'>8</span></span>
<span class='ocrx_word' title='bbox 310 40 320 80; x_wconf 10'></span></span></p></div></body></html>"""


def scan_of(*papers: Any) -> bytes:
    return pdf_of(PageImage(paper.width, paper.height, paper.tobytes(), DOTS) for paper in papers)


def test_words_have_their_edges_and_how_sure_they_are() -> None:
    (line,) = lines_of(HOCR)
    assert [(word.text, word.confidence) for word in line.words] == [("tỷ", 91), ("98", 63)]
    assert line.words[1].lefts == (200, 251)
    assert (line.letter_height, line.baseline) == (19, 70)


def test_what_is_no_hocr_has_no_lines() -> None:
    assert list(lines_of("<html><body>")) == []


@needs_font
@pytest.mark.parametrize("degrees", [-2.4, -0.6, 0.0, 0.35, 1.2, 3.0])
def test_a_page_is_made_straight(degrees: float) -> None:
    lines = ["Tổ công tác báo cáo kết quả thực hiện mô hình"] * 20
    _, turn = straighten(numpy.asarray(turned(page(lines), -degrees)))
    assert turn.degrees == pytest.approx(degrees, abs=0.1)


def test_the_way_back_is_the_turn_undone() -> None:
    turn = Turn(400, 200, 90)
    assert turn.back(300, 100) == pytest.approx((200, 200))
    assert Turn(400, 200, 0).back(12, 30) == (12, 30)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_way_back_leads_to_the_pixel_that_was_turned(quarters: int) -> None:
    paper = numpy.full((30, 50), 255, numpy.uint8)
    paper[7, 11] = 0
    straight, turn = straighten(paper, quarters)
    ((down,), (right,)) = numpy.nonzero(straight == 0)
    assert turn.back(right + 0.5, down + 0.5) == pytest.approx((11.5, 7.5))
    assert (turn.of_crop(paper) == straight).all()


@needs_font
def test_the_rules_of_a_table_are_found_and_no_stroke_of_a_letter() -> None:
    rows = [["1", "Xã Hòa Bình — TTHHII", "1.000", "900"]] * 3
    rules = find_rules(numpy.asarray(table(rows)) < 128, DOTS)
    levels = [rule for rule in rules if rule[2] - rule[0] > rule[3] - rule[1]]
    assert sorted(round(rule[1], -1) for rule in levels) == [400, 490, 580, 670]
    assert len(rules) - len(levels) == 5
    assert find_rules(numpy.asarray(page(["—— TTTT HHHH IIII LLLL ____"] * 9)) < 128, DOTS) == []


@needs_tesseract
@needs_font
def test_a_scan_with_a_blank_side_is_read_whole() -> None:
    found = read(scan_of(page(["Tổng số 1.785 hồ sơ"]), page([])), "scan.pdf")
    assert (found.text, found.text_from, found.unread_pages) == ("Tổng số 1.785 hồ sơ", "ocr", ())
    assert [entry.page for entry in found.ocr_pages] == [1]
    assert found.confidence(0, 7) is not None


def test_without_tesseract_a_scan_is_refused_with_the_way_to_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "find_program", lambda: None)
    with pytest.raises(NoTextError, match=r"is a scan: .*; needs Tesseract .*tesseract-ocr-vie"):
        read(with_image(SCAN), "scan.pdf")
    mixed = read(with_image(text_at(80, 700, "Tiep nhan 8.204 ho so"), SCAN), "mixed.pdf")
    assert (mixed.unread_pages, mixed.ocr_pages) == ((2,), ())
    (remark,) = mixed.remarks
    assert (remark.about, "tesseract-ocr-vie" in remark.detail) == (UNREAD_PAGES, True)


def test_a_page_on_which_tesseract_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(image: object) -> None:
        raise RecognitionError("Tesseract took longer than 120 s")

    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    monkeypatch.setattr(workload, "read_page_image", fail)
    found = read(with_image(text_at(80, 700, "Tiep nhan 8.204 ho so"), SCAN, SCAN), "mixed.pdf")
    assert (found.unread_pages, found.remarks) == ((2, 3), ()), "nothing is missing"


def test_pages_beyond_those_that_are_read_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(image: Any) -> None:
        raise RecognitionError("nothing")

    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    monkeypatch.setattr(scanned, "MOST_READ", 2)
    monkeypatch.setattr(workload, "read_page_image", nothing)
    found = read(with_image(text_at(80, 700, "Tiep nhan 8.204 ho so"), SCAN, SCAN, SCAN), "mixed.pdf")
    assert (found.pages, found.unread_pages, found.ocr_pages) == (4, (2, 3, 4), ())


@pytest.mark.parametrize(("points", "dots"), [((595, 842), 200), ((2384, 3370), 200), ((4800, 4800), None)])
def test_a_large_page_is_shown_coarser_and_a_giant_one_not(points: tuple[int, int], dots: int | None) -> None:
    import pypdfium2.raw as raw

    paper = f"/MediaBox [0 0 {points[0]} {points[1]}]"
    (image, *_) = [*page_images(raw, pdf("", page_keys=paper), Lock(), [1]), None]
    if dots is None:
        assert image is None
    else:
        assert image is not None
        most = (scanned.MOST_PIXELS / (points[0] * points[1])) ** 0.5 * 72
        assert image.resolution == pytest.approx(min(dots, most))
        assert image.pixels.size == pytest.approx(points[0] * points[1] * (image.resolution / 72) ** 2, rel=0.01)


@needs_tesseract
@needs_font
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = numpy.asarray(page(["Tổng số 1.785 hồ sơ"] * 20))
    with pytest.raises(RecognitionError, match="took longer than"):
        tesseract.recognise(paper, DOTS, "page", longest=0.001)
    if sys.platform == "linux" and shutil.which("prlimit"):
        monkeypatch.setattr(tesseract, "LONGEST", 0)  # less than a second of a core
        with pytest.raises(RecognitionError, match="Tesseract failed"):
            tesseract.recognise(paper, DOTS, "page")


@pytest.mark.parametrize(("confidence", "unread"), [(54.9, (2,)), (55.0, ())])
def test_what_is_hardly_recognised_is_no_text(
    confidence: float, unread: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(image: Any) -> ScannedPage:
        edges = array("f", [80.0] * 6)
        line = TextLine(2, "VY AWM", edges, edges, 80, 140, 90, 104, 102, 12, (False, False))
        text = PageText(2, 595, 842, PageSize(width=595, height=842), (line,), (), is_image=False, own_words=2)
        return ScannedPage(text, confidence, is_blank=False, is_upright=True, turn=Turn(595, 842, 0), resolution=72)

    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    monkeypatch.setattr(workload, "read_page_image", look)
    found = read(with_image(text_at(80, 700, "Tiep nhan 8.204 ho so"), SCAN), "mixed.pdf")
    assert found.unread_pages == unread
    assert ("VY AWM" in found.text) == (unread == ())


@needs_tesseract
@needs_font
@pytest.mark.parametrize("degrees", [0.0, 0.8])
def test_a_place_is_read_again(degrees: float) -> None:
    lines = ["Tổng số hồ sơ đã tiếp nhận là 4.812 hồ sơ, tăng so với cùng kỳ"] * 6
    found = read(scan_of(turned(page(lines), degrees)), "scan.pdf")
    start = found.text.index("4.812")
    assert found.read_again is not None
    again = found.read_again(found.locations(start, start + 5)[0])
    assert isinstance(again, SecondReading)
    assert again.text.strip(".,") == "4.812"
    assert found.read_again(Location(page=7, bbox=(1, 1, 9, 9))) is None


def test_nothing_that_reads_images_is_loaded_for_a_text() -> None:
    program = (
        "import sys; from de06_extract import check_text, extract; check_text('5/6 (83,3%)'); extract(sys.argv[1]);"
        "print(sorted({'numpy', 'PIL', 'concurrent.futures.thread', 'de06_extract.readers.pdf.scans.reading'}"
        " & set(sys.modules)))"
    )
    path = ROOT / "corpus" / "pdf" / "001.pdf"
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert Path(path).is_file()


def overlaid(*words: str, mode: int = 3) -> bytes:
    """A scan on which a scanner wrote what it recognised, unseen."""
    lines = " ".join(text_at(60, 760 - 20 * at, line) for at, line in enumerate(words))
    return with_image(f"{SCAN} {mode} Tr {lines}")


BAD = ["Cong tac chi d4o, didu hanh cua huyen dat ket qua tot"] * 8
GOOD = ["theo thay cho hay may cao to ra sao ta bao tin mai"] * 8


@pytest.mark.parametrize(
    ("data", "looked_at"),
    [
        (overlaid(*BAD), [1]),
        (overlaid(*BAD, mode=0), []),  # that is seen, so it is what stands there
        (overlaid(*GOOD), []),
    ],
)
def test_a_page_is_read_anew_if_what_a_scanner_recognised_is_bad(
    data: bytes, looked_at: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def look(image: Any) -> None:
        seen.append(image.number)
        raise RecognitionError("nothing")

    monkeypatch.setattr(requirements, "find_program", lambda: "tesseract")
    monkeypatch.setattr(workload, "read_page_image", look)
    found = read(data, "overlaid.pdf")
    assert seen == looked_at
    assert (found.text_from, found.unread_pages) == ("text-layer", ()), "what was there stays where nothing better is"


@needs_tesseract
@needs_font
def test_what_a_scanner_recognised_badly_gives_way_to_what_is_read_better() -> None:
    paper = page(["Công tác chỉ đạo, điều hành của huyện đạt kết quả tốt, 95,25% kế hoạch"] * 5)
    scan = scan_of(paper)
    unseen = b"BT 3 Tr /F 12 Tf 60 700 Td (" + b" ".join(line.encode() for line in BAD) + b") Tj ET"
    drawing = scan[scan.index(b"stream\n") + 7 : scan.index(b"\nendstream")]
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    data = scan.replace(drawing, drawing + b" " + unseen, 1).replace(b"/XObject<<", font + b"/XObject<<", 1)
    data = data.replace(b"<</Length %d>>" % len(drawing), b"<</Length %d>>" % (len(drawing) + 1 + len(unseen)), 1)
    found = read(data, "overlaid.pdf")
    assert found.text_from == "ocr"
    assert "điều hành của huyện đạt kết quả tốt, 95,25%" in found.text
    assert "didu" not in found.text
