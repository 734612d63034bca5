"""Images of pages (.png, .jpg, .tif, also of several pages), read as a PDF that shows them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from de06_extract.document.document import Document
from de06_extract.errors import DamagedFileError, IllegibleError, NoTextError, TooLargeError, UnreadableError
from de06_extract.language.messages import said
from de06_extract.readers import missing_for_scans, read_document
from de06_extract.readers.image.wrapping import PageImage, pdf_of

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
MEDIA_TYPE = "image/png"

MOST_PIXELS = 80_000_000  # of a page; A3 at 600 dots an inch has 70 million
_LEAST_PIXELS = 1_000_000  # that a page counts, also if it has fewer
MOST_PIXELS_IN_ALL = 5_000_000_000  # of all pages of a file: five hundred of A4 at 300 dots an inch

_MARKS = {  # the first bytes of a format, its name, its media type
    b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"),
    b"\xff\xd8\xff": ("JPEG", "image/jpeg"),
    b"II*\0": ("TIFF", "image/tiff"),
    b"MM\0*": ("TIFF", "image/tiff"),
    b"II+\0": ("TIFF", "image/tiff"),
    b"MM\0+": ("TIFF", "image/tiff"),
}
_SHORT_SIDE = 8.27  # inches of A4, taken for the short side of a page where the image does not say how large it is
_PLAUSIBLE = (4.0, 17.0)  # inches of the short side; screens and cameras write a resolution that gives other ones
_FINEST = 300  # dots an inch; more are slower to read, and not read better


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of what begins as an image of these formats does.

    >>> is_mine(b"\\x89PNG\\r\\n\\x1a\\n", ()), is_mine(b"II*\\0", ()), is_mine(b"%PDF-1.7", ())
    (True, True, False)
    """
    return any(head.startswith(mark) for mark in _MARKS)


def read(data: bytes, name: str) -> Document:
    """What stands on the pages of an image. Raises an `UnreadableError`; without Tesseract that is a `NoTextError`."""
    kind, media_type = next((named for mark, named in _MARKS.items() if data.startswith(mark)), ("", ""))
    if not kind:
        raise DamagedFileError(f"{name}: " + said("errors", "no_image"))
    missing = missing_for_scans()
    if missing is not None:
        raise NoTextError(f"{name}: " + said("errors", "image"), missing)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, which is not read
        wrapped = pdf_of(_pages(data, name, kind))
    try:
        document = read_document(wrapped, f"{name}.pdf")
    except NoTextError as error:
        raise IllegibleError(f"{name}: " + said("errors", "image_illegible")) from error
    return replace(document, name=name, media_type=media_type)


def _pages(data: bytes, name: str, kind: str) -> Iterator[PageImage]:
    """The pages of an image, each as one sees it. Raises an `UnreadableError` for what cannot be shown."""
    from PIL import Image, ImageSequence

    try:
        with Image.open(BytesIO(data), formats=(kind,)) as image:
            left = MOST_PIXELS_IN_ALL
            for number, page in enumerate(ImageSequence.Iterator(image), 1):
                pixels = page.width * page.height
                left -= max(pixels, _LEAST_PIXELS)
                if pixels > MOST_PIXELS:
                    size = {"width": page.width, "height": page.height, "most": MOST_PIXELS}
                    raise TooLargeError(f"{name}: " + said("errors", "image_pixels", number=number, **size))
                if left < 0:
                    raise TooLargeError(f"{name}: " + said("errors", "image_pixels_in_all", most=MOST_PIXELS_IN_ALL))
                yield _page(page)
    except (UnreadableError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise TooLargeError(f"{name}: " + said("errors", "image_far_too_large", most=MOST_PIXELS)) from error
    except Exception as error:  # Pillow raises whatever damaged bytes lead it to
        reason = " ".join(str(error).split()) or type(error).__name__
        raise DamagedFileError(f"{name}: " + said("errors", "image_damaged", reason=reason)) from error


def _page(image: Any) -> PageImage:
    """The page in grey, upright, at the resolution that it was scanned with, or a lower one if that is very fine."""
    from PIL import Image, ImageOps

    resolution = _resolution(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("LA", "PA", "RGBA") or "transparency" in upright.info:
        shown = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    grey = upright.convert("L")
    if resolution > 1.2 * _FINEST:
        size = (round(grey.width * _FINEST / resolution), round(grey.height * _FINEST / resolution))
        grey, resolution = grey.resize(size, Image.Resampling.LANCZOS), _FINEST
    return PageImage(grey.width, grey.height, grey.tobytes(), resolution)


def _resolution(image: Any) -> float:
    """The dots an inch that the image states, or those with which it is a page of A4."""
    short = float(min(image.width, image.height))
    stated = image.info.get("dpi", (0, 0))
    dots = float(stated[0] or 0)
    if dots > 0 and _PLAUSIBLE[0] <= short / dots <= _PLAUSIBLE[1]:
        return dots
    return short / _SHORT_SIDE
