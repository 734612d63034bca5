"""Pictures of places on pages: the wrong figure stands in the frame, and no page costs more than its picture."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from de06_extract import Report, extract
from de06_extract.schema.cards.make import report_cards
from de06_extract.schema.notebook import page_pictures
from de06_extract.schema.notebook.pictures import card_pictures, page_of
from tests.conftest import corpus, report_on
from tests.readers.pdf.drawing import pdf

Area = tuple[int, int, int, int]


def pictures(report: Report, data: bytes, *program: str) -> dict[str, Image.Image]:
    cards = report_cards(report.model_dump())
    drawn = card_pictures(cards, data, program=program) if program else card_pictures(cards, data)
    return {number: Image.open(BytesIO(b64decode(text))).convert("RGB") for number, text in drawn.items()}


def area(image: Image.Image, channel: int) -> Area:
    """What the pixels of one colour cover."""
    bands = image.split()
    first, second = (band for at, band in enumerate(bands) if at != channel)
    over = ImageChops.subtract(bands[channel], ImageChops.lighter(first, second))
    box = over.point(lambda value: 255 if value > 60 else 0).getbbox()
    assert box is not None
    return box


def turned(matrix: str, keys: str) -> bytes:
    """A page on which the wrong figure is green."""
    return pdf(f"BT /F 14 Tf {matrix} Tm (3.225/3.265 ) Tj 0 0.6 0 rg (\\(98,57%\\)) Tj ET", page_keys=keys)


@pytest.mark.parametrize("box", ["", "/CropBox [50 60 450 700]"])
@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(0, "1 0 0 1 150 400"), (90, "0 1 -1 0 300 300"), (180, "-1 0 0 -1 400 400"), (270, "0 -1 1 0 300 500")],
)
def test_the_wrong_figure_stands_in_the_frame(turn: int, matrix: str, box: str) -> None:
    """However the page is cut and turned."""
    data = turned(matrix, f"{box} /Rotate {turn}")
    (image,) = pictures(extract(data, name="a.pdf"), data).values()
    left, top, right, bottom = area(image, 0)  # the frame is red
    x0, y0, x1, y1 = area(image, 1)
    assert left < x0 + 14  # the brackets are green as well, and stand around the frame
    assert x1 - 14 < right
    assert top <= y0 + 4
    assert y1 - 8 <= bottom
    under = area(image, 2)  # the lines under the other figures are blue
    assert under[2] < x0
    assert y0 < under[1] < image.height


def test_a_page_of_any_size_gives_a_picture_of_some_size() -> None:
    data = turned("1 0 0 1 5000 9000", "").replace(b"[0 0 595 842]", b"[0 0 14400 14400]")
    (image,) = pictures(extract(data, name="a.pdf"), data).values()
    assert image.width <= 960
    assert image.height <= 600


def test_a_page_that_cannot_be_drawn_costs_its_own_picture() -> None:
    report, data = report_on(corpus("003", "pdf")), corpus("003", "pdf").read_bytes()
    cards = report_cards(report.model_dump())
    assert list(pictures(report, data)) == [card.number for card in cards]
    of_two_pages = [card.number for card in cards if page_of(card) == 2]
    assert 0 < len(of_two_pages) < len(cards)
    assert list(pictures(report, pdf("", ""))) == of_two_pages


@pytest.mark.parametrize("does", ["import os; os.abort()", "import sys; sys.exit(3)", "print('iVBORw0KG', end='')"])
def test_a_program_that_breaks_costs_the_pictures_alone(does: str) -> None:
    report = report_on(corpus("003", "pdf"))
    assert pictures(report, b"%PDF-1.4 broken", sys.executable, "-c", does) == {}
    assert pictures(report, b"%PDF-1.4 broken", "/no/such/program") == {}
    assert pictures(report, b"%PDF-1.4 broken") == {}


def test_a_program_that_hangs_gives_what_it_drew_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("de06_extract.schema.notebook.pictures._SECONDS", 2.0)
    report = report_on(corpus("003", "pdf"))
    whole = card_pictures(report_cards(report.model_dump()), corpus("003", "pdf").read_bytes())["P-01"]
    does = f"import time; print({whole!r}, flush=True); print('iVB', end='', flush=True); time.sleep(600)"
    assert list(pictures(report, b"", sys.executable, "-c", does)) == ["P-01"]


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_a_page_that_would_fill_the_machine_ends_the_program_that_draws_it() -> None:
    code = (
        "import pypdfium2, runpy, sys; pypdfium2.PdfDocument = lambda data: bytearray(2 << 30); "
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    words = [sys.executable, "-P", "-c", code, page_pictures.__file__]
    ended = subprocess.run(words, input=b"[]\n", capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith(b"MemoryError")


def test_no_more_pictures_than_a_notebook_can_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("de06_extract.schema.notebook.pictures._MOST", 2)
    assert list(pictures(report_on(corpus("003", "pdf")), corpus("003", "pdf").read_bytes())) == ["P-01", "P-02"]
