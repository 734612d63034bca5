"""Letters of a PDF and the boxes in which they stand."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest

from de06_extract.readers.pdf.reader import read
from tests.conftest import CORPUS
from tests.readers.pdf.drawing import block_texts, document, pdf


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
