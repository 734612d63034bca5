"""Pictures of pages, drawn by a process of its own: a page made to do harm ends that process, not the server.

PDFium may be used by one thread at a time, which a process with one task at a time sees to as well.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple

from de06_extract.archive.store.outcome import Options, Outcome, failed, packed_or_failed
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.worker import Worker
from de06_extract.language.messages import said

_WIDTH = 1240  # pixels of a page: A4 at 150 dots an inch
_MOST_HEIGHT = 4 * _WIDTH
_GREYS = 16  # of a page without colours: smaller than a photograph of it, and sharper
_COLOURED = 24  # of 255, by which the channels of a pixel differ where it has a colour
_QUALITY = 82  # of a photograph
_SMALL = 160  # pixels of the width in which colours are looked for
_LIMITS = Limits(timeout=60.0, stall=None, max_memory=1 << 30)
_KEPT = 48 << 20  # bytes of pictures that are not drawn again

_PDF, _PNG, _JPEG = "application/pdf", "image/png", "image/jpeg"


class Picture(NamedTuple):
    """A picture and its kind."""

    data: bytes
    media_type: str


class Pictures:
    """Draws the pages of files, and keeps the last ones."""

    def __init__(self) -> None:
        self._worker = Worker(Options(), _LIMITS, make=page_picture)
        self._drawn: OrderedDict[tuple[str, int], Picture] = OrderedDict()
        self._lock = Lock()

    def picture(self, sha256: str, page: int, content: Callable[[], bytes]) -> Picture | None:
        """The picture of a page, counted from 1, of the file with this hash; None where it cannot be drawn.

        `content` gives the bytes of the file where they are wanted. Raises a `WorkerError`.
        """
        key = (sha256, page)
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        outcome = self._worker.outcome(content(), str(page)).outcome
        if outcome.report is None:
            return None
        drawn = Picture(*plain_values(outcome.report))
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > 1 and sum(len(one.data) for one in self._drawn.values()) > _KEPT:
                self._drawn.popitem(last=False)
        return drawn

    def close(self) -> None:
        """Ends the process."""
        self._worker.close()


def page_picture(data: bytes, page: str, options: Options) -> Outcome:
    """The outcome that holds the picture of a page of a PDF or of an image, and its kind."""
    if not page.isdecimal():
        return failed("missing", said("web", "review.no_picture", page=page))
    return packed_or_failed(lambda: _encoded(_drawn(data, int(page))), page)


def _drawn(data: bytes, page: int) -> Any:
    """The page as an image of Pillow."""
    if b"%PDF" in data[:1024]:
        return _drawn_by_pdfium(data, page)
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as image:
        image.seek(page - 1)
        upright = ImageOps.exif_transpose(image).convert("RGB")
    if upright.width > _WIDTH:
        upright.thumbnail((_WIDTH, _MOST_HEIGHT))
    return upright


def _drawn_by_pdfium(data: bytes, page: int) -> Any:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        with suppress(pypdfium2.PdfiumError):  # then the page without figures in fields
            document.init_forms()
        drawn = document[page - 1]
        width, height = drawn.get_size()
        scale = min(_WIDTH / width, _MOST_HEIGHT / height)
        return drawn.render(scale=scale).to_pil().convert("RGB")


def _encoded(image: Any) -> tuple[bytes, str]:
    """The image as PNG in greys where it has no colours, else as JPEG; and its media type."""
    from PIL import Image, ImageChops

    out = BytesIO()
    small = image.resize((_SMALL, max(1, _SMALL * image.height // image.width)), Image.Resampling.BILINEAR)
    red, green, blue = small.split()
    differences = (ImageChops.difference(one, two) for one, two in ((red, green), (green, blue)))
    if any(any(difference.histogram()[_COLOURED:]) for difference in differences):
        image.save(out, "JPEG", quality=_QUALITY)
        return out.getvalue(), _JPEG
    step = 255 // (_GREYS - 1)
    greys = image.convert("L").point([round(level / step) * step for level in range(256)])
    greys.quantize(_GREYS, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue(), _PNG
