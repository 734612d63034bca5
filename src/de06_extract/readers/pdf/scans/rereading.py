"""A place on the image of a page that is looked at once more, enlarged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from de06_extract.document.document import SecondReading
from de06_extract.readers.pdf.scans.hocr import lines_of
from de06_extract.readers.pdf.scans.reading import POINTS, PageImage
from de06_extract.readers.pdf.scans.straightening import Turn
from de06_extract.readers.pdf.scans.tesseract import RecognitionError, recognise
from de06_extract.schema.report import Location

_LARGER = 2  # times as many pixels
_AROUND = 0.02  # of an inch about the place that is looked at with it
_WHITE = 24  # pixels about what is shown to Tesseract


def read_again(
    turns: Mapping[int, Turn], images: Callable[[Sequence[int]], Iterator[PageImage]], location: Location
) -> SecondReading | None:
    """What stands at a place, read on its own and enlarged; None where it is on no scanned page or nothing is read.

    `turns` says how each scanned page was turned to be read, `images` shows the pages of some numbers.
    """
    page = location.page
    if page is None or page not in turns or location.bbox is None:
        return None
    image = next(images([page]), None)
    if image is None:
        return None
    try:
        hocr = recognise(_enlarged(image, location.bbox, turns[page]), _LARGER * image.resolution, "line")
    except RecognitionError:
        return None
    words = [word for line in lines_of(hocr) for word in line.words]
    if not words:
        return None
    return SecondReading(" ".join(word.text for word in words), min(word.confidence for word in words))


def _enlarged(image: PageImage, box: tuple[float, float, float, float], turn: Turn) -> Any:
    """The pixels of a box of the page, level and with white about them."""
    import numpy
    from PIL import Image

    scale, margin = image.resolution / POINTS, _AROUND * image.resolution
    left, top = (max(0, round(edge * scale - margin)) for edge in box[:2])
    right, bottom = (round(edge * scale + margin) for edge in box[2:])
    shown = turn.of_crop(numpy.ascontiguousarray(image.pixels[top:bottom, left:right]))
    height, width = shown.shape
    large = Image.fromarray(shown).resize((width * _LARGER, height * _LARGER), Image.Resampling.BICUBIC)
    return numpy.pad(numpy.asarray(large), _WHITE, constant_values=255)
