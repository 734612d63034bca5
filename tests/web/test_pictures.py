"""The picture of a page and the boxes of its figures agree, however the page is turned and cut."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from de06_extract import extract
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.schema.cards.make import report_cards
from de06_extract.web.review.marks import marks_of
from de06_extract.web.review.pictures import page_picture
from de06_extract.web.review.sheets import sheets_of

TURNED = {  # how a page is drawn that is turned for display, so that its text stands upright
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, 595, 0),
    180: (-1, 0, 0, -1, 595, 842),
    270: (0, -1, 1, 0, 0, 842),
}
SENTENCE = "Co 3.225/3.265 ho so, dat ty le 98,77%."


def pdf(rotation: int = 0, crop: tuple[int, int, int, int] | None = None, *, colour: bool = False) -> bytes:
    """A page with one line that stands upright, turned for display and cut."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import RectangleObject

    reportlab = pytest.importorskip("reportlab.pdfgen.canvas", reason="no reportlab: pip install -e '.[dev]'")

    drawn = BytesIO()
    canvas = reportlab.Canvas(drawn, pagesize=(595, 842))
    if colour:
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        canvas.rect(300, 300, 120, 120, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
    canvas.transform(*TURNED[rotation])
    canvas.drawString(120, 400, SENTENCE)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(drawn))
    if rotation:
        writer.pages[0].rotate(rotation)
    if crop is not None:
        writer.pages[0].cropbox = RectangleObject(crop)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def drawn(data: bytes, page: str = "1") -> tuple[Any, str]:
    from PIL import Image

    outcome = page_picture(data, page, Options())
    assert outcome.report is not None, outcome.message
    picture, kind = plain_values(outcome.report)
    return Image.open(BytesIO(picture)), kind


@pytest.mark.parametrize("crop", [None, (30, 40, 570, 790)])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_figures_stand_in_their_boxes(rotation: int, crop: tuple[int, int, int, int] | None) -> None:
    data = pdf(rotation, crop)
    report = extract(data, name="a.pdf").model_dump()
    (sheet,) = sheets_of(report, marks_of(report, report_cards(report)))
    assert len(sheet.boxes) == 3
    image, _ = drawn(data)
    scale = image.width / sheet.width
    assert image.height == pytest.approx(sheet.height * scale, abs=2)
    grey = image.convert("L")
    for box in sheet.boxes:
        held = grey.crop(tuple(round(at * scale) for at in (box.x, box.y, box.x + box.width, box.bottom)))
        assert dark(held) > held.width * held.height / 20
        grey.paste(255, (round(box.x * scale), 0, round((box.x + box.width) * scale), grey.height))
    left = grey.crop((0, 0, round(sheet.boxes[0].x * scale), grey.height))
    assert 0 < dark(left) < dark(image.convert("L")) / 5  # the word before the first figure is not in its box


def dark(image: Any) -> int:
    """How many pixels of a grey image are dark."""
    return sum(image.histogram()[:128])


def test_a_page_without_colours_is_a_small_png_and_one_with_a_seal_a_photograph() -> None:
    plain, kind = drawn(pdf())
    assert (kind, plain.format, plain.width) == ("image/png", "PNG", 1240)
    assert len(plain.getcolors()) <= 16
    sealed, kind = drawn(pdf(colour=True))
    assert (kind, sealed.format) == ("image/jpeg", "JPEG")
    red, green, _ = sealed.convert("RGB").getpixel((round(360 * 1240 / 595), round(482 * 1240 / 595)))
    assert red > 200 > 60 > green


@pytest.mark.parametrize("page", ["0", "2", "x", "", "-1"])
def test_a_page_that_is_not_there_has_no_picture(page: str) -> None:
    outcome = page_picture(pdf(), page, Options())
    assert outcome.report is None
    assert outcome.message


def test_an_image_is_its_own_page() -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("L", (2000, 2800), 200).save(out, "PNG")
    image, _ = drawn(out.getvalue())
    assert (image.width, image.height) == (1240, 1736)
