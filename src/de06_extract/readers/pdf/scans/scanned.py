"""The pages of a PDF that are images, read by recognition where it is installed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from de06_extract.document.document import Place, SecondReading
from de06_extract.language.syllables import is_syllable
from de06_extract.readers.pdf.pages import PageText
from de06_extract.readers.pdf.scans.requirements import missing_for_scans
from de06_extract.readers.pdf.tables.frames import TablePart
from de06_extract.schema.report import Location, OcrPage

if TYPE_CHECKING:
    from de06_extract.readers.pdf.scans.reading import PageImage, ScannedPage

_COARSEST, _FINEST = 150.0, 300.0  # dots an inch at which pages are shown; Tesseract reads finer ones no better
_USUAL = 200.0  # dots an inch where no image tells
MOST_PIXELS = 40_000_000  # of a page as it is read: A2 at the finest resolution, A0 at the coarsest
MOST_READ = 500  # pages of a file that are read; the others are named as not read
_MOST_OBJECTS = 2_000  # of a page among which its image is sought
_POINTS = 72.0
_WORDS = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,}+(?![\p{L}\d])")
_LEGIBLE = 55.0  # of 100: a photograph or handwriting is read with 20 to 53, a bad copy with 60 and more
_GOOD = 0.95  # of a page's words; of a sound text some are foreign, of a bad one many lack their marks

Lock = AbstractContextManager[Any]


class ReadPages(NamedTuple):
    """The pages of a document with what was read on images, how sure that is, and what is missing to read them.

    `placed` gives the places of the text on the pages as they are displayed, `read_again` looks at one once more.
    """

    pages: list[PageText]
    by_ocr: tuple[OcrPage, ...] = ()
    missing: str | None = None
    placed: Callable[[Sequence[Place]], tuple[Place, ...]] = tuple
    read_again: Callable[[Location], SecondReading | None] | None = None


def read_scanned(pages: list[PageText], images: Callable[[Sequence[int]], Iterator[PageImage]]) -> ReadPages:
    """The pages, those that are images as recognition reads them; `images` shows the pages of these numbers."""
    overlaid = {page.number: quality for page in pages if page.is_overlaid and (quality := _quality(page)) < _GOOD}
    numbers = [page.number for page in pages if page.is_image or page.number in overlaid][:MOST_READ]
    if not numbers:
        return ReadPages(pages)
    missing = missing_for_scans()
    if missing is not None:
        return ReadPages(pages, missing=missing)
    from de06_extract.readers.pdf.scans.workload import read_scans

    scans = [scan for scan in read_scans(images(numbers)) if scan is not None]
    return _with_scans(pages, [scan for scan in scans if _is_better(scan, overlaid)], images)


def _is_better(scan: ScannedPage, overlaid: Mapping[int, float]) -> bool:
    """True for a page of which something was read, or nothing stands on; of one with words, better ones were read.

    What is seen as words on a photograph or in handwriting is no text.
    """
    if scan.confidence is None:
        return scan.is_blank
    return scan.confidence >= _LEGIBLE and _quality(scan.text) >= overlaid.get(scan.text.number, 0.0)


def _with_scans(
    pages: list[PageText], scans: list[ScannedPage], images: Callable[[Sequence[int]], Iterator[PageImage]]
) -> ReadPages:
    """The pages with those in place of which something was read."""
    from de06_extract.readers.pdf.scans.reading import same_sizes
    from de06_extract.readers.pdf.scans.rereading import read_again
    from de06_extract.readers.pdf.scans.workload import ocr_pages, on_the_page

    read = {page.number: page for page in same_sizes(scans)}
    shown = [read.get(page.number, page) for page in pages]
    again = partial(read_again, {scan.text.number: scan.turn for scan in scans}, images)
    return ReadPages(shown, ocr_pages(scans), None, partial(on_the_page, scans=scans), again)


def _quality(page: PageText) -> float:
    """The share of a page's words in small letters that Vietnamese could have; 0 for a page without such words."""
    cells = (cell for item in page.items if isinstance(item, TablePart) for row in item.rows for cell in row)
    lines = [*page.lines, *(line for cell in cells for line in cell)]
    words = [word for line in lines for word in _WORDS.findall(line.text)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def page_images(raw: Any, data: bytes, lock: Lock, numbers: Sequence[int]) -> Iterator[PageImage]:
    """The pages of these numbers as grey pixels, each shown when it is asked for; one that cannot be is left out."""
    for number in numbers:
        with lock:
            image = _page_image(raw, data, number)
        if image is not None:
            yield image


def _page_image(raw: Any, data: bytes, number: int) -> PageImage | None:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return None
    page = raw.FPDF_LoadPage(document, number - 1)
    try:
        return _shown(raw, page, number) if page else None
    finally:
        if page:
            raw.FPDF_ClosePage(page)
        raw.FPDF_CloseDocument(document)


def _shown(raw: Any, page: Any, number: int) -> PageImage | None:
    """The page as displayed, at the resolution of its image or what a large page allows; None for a giant one."""
    import numpy

    from de06_extract.readers.pdf.scans.reading import PageImage

    inches = [edge / _POINTS for edge in (raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page))]
    most = (MOST_PIXELS / (inches[0] * inches[1])) ** 0.5 if min(inches) > 0 else 0.0
    resolution = min(_resolution(raw, page), most)
    width, height = (round(inch * resolution) for inch in inches)
    if resolution < _COARSEST or width < 1 or height < 1:
        return None
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        shown = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
        pixels = numpy.frombuffer(shown, numpy.uint8).reshape(height, stride)[:, :width]
        return PageImage(number, numpy.ascontiguousarray(pixels), resolution)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _resolution(raw: Any, page: Any) -> float:
    """The dots an inch of the largest image on the page, within what is worth while."""
    found, largest = _USUAL, 0.0
    edges = [ctypes.c_float() for _ in range(4)]
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        shape = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(shape) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        if not raw.FPDFPageObj_GetBounds(shape, *edges) or not raw.FPDFImageObj_GetImagePixelSize(shape, wide, high):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        area = (right - left) * (top - bottom)
        if area > largest:
            found, largest = (wide.value * high.value / area) ** 0.5 * _POINTS, area
    return min(max(found, _COARSEST), _FINEST)
