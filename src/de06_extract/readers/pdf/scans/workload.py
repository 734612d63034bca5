"""The scanned pages of one file read on all cores given, and put together with what else is known of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import replace

from de06_extract.cores import cores
from de06_extract.document.document import Place
from de06_extract.heartbeat import step
from de06_extract.readers.pdf.scans.reading import PageImage, ScannedPage, read_page_image
from de06_extract.readers.pdf.scans.tesseract import RecognitionError
from de06_extract.schema.report import OcrPage

_POLL = 0.5  # seconds between two signs of life


def read_scans(images: Iterable[PageImage]) -> Iterator[ScannedPage | None]:
    """What stands on each image, None for one on which Tesseract fails.

    Images are taken as cores become free, so that few of them are held at a time.
    """
    count = cores()
    with ThreadPoolExecutor(count, thread_name_prefix="de06-extract scan") as pool:
        waiting: deque[Future[ScannedPage]] = deque()
        try:
            for image in images:
                waiting.append(pool.submit(read_page_image, image))
                if len(waiting) > count:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            for future in waiting:
                future.cancel()


def _result(future: Future[ScannedPage]) -> ScannedPage | None:
    while not wait_for([future], _POLL).done:
        step()
    step()
    try:
        return future.result()
    except RecognitionError:
        return None


def ocr_pages(scans: Iterable[ScannedPage]) -> tuple[OcrPage, ...]:
    """The pages that were read by recognition, and how sure it was of each."""
    return tuple(
        OcrPage(
            page=scan.text.number,
            width=round(scan.shown[0], 2),
            height=round(scan.shown[1], 2),
            confidence=round(scan.confidence, 1),
        )
        for scan in scans
        if scan.confidence is not None
    )


def on_the_page(places: Sequence[Place], scans: Iterable[ScannedPage]) -> tuple[Place, ...]:
    """The places, those of pages that were made straight where they are on the pages as they are."""
    turned = {scan.text.number: scan for scan in scans if scan.turn.degrees or scan.turn.quarters}
    return tuple(
        _turned_back(place, turned[page]) if (page := place.location.page) in turned else place for place in places
    )


def _turned_back(place: Place, scan: ScannedPage) -> Place:
    """The place where it is on the page as it is; as a whole where its line runs up, down or backwards there."""
    box, back = place.location.bbox, scan.back
    if box is None or place.lefts is None or place.rights is None:
        return place
    left, top, right, bottom = box
    corners = [back(x, y) for x in (left, right) for y in (top, bottom)]
    around = (min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners))
    shown = tuple(round(edge, 2) for edge in (*around, max(y for _, y in corners)))
    location = place.location.model_copy(update={"bbox": shown})
    if scan.turn.quarters:
        return replace(place, location=location, lefts=None, rights=None)
    middle = (top + bottom) / 2
    return replace(
        place,
        location=location,
        lefts=[back(x, middle)[0] for x in place.lefts],
        rights=[back(x, middle)[0] for x in place.rights],
        tilt=scan.turn.tilt,
    )
