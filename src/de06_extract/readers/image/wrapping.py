"""A PDF whose pages show images, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

_POINTS = 72.0  # in an inch
_LEVEL = 1  # of zlib: it is unpacked at once


class PageImage(NamedTuple):
    """A page as grey pixels row by row, of so many to the inch."""

    width: int
    height: int
    pixels: bytes
    resolution: float


def pdf_of(images: Iterable[PageImage]) -> bytes:
    """The PDF of these pages, each as large as its image is at its resolution."""
    objects, pages = [b"<</Type/Catalog/Pages 2 0 R>>", b""], list[int]()
    for image in images:
        pages.append(len(objects) + 1)
        objects += _page(image, len(objects) + 1)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
    written, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(written))
    return bytes(written + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(places) + 1, table, end))


def _page(image: PageImage, number: int) -> tuple[bytes, bytes, bytes]:
    """The page, the drawing on it and the image, objects of these and the next two numbers."""
    width, height = (pixels * _POINTS / image.resolution for pixels in (image.width, image.height))
    size = f"{width:.4f} {height:.4f}".encode()
    drawing = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /I Do Q".encode()
    content = zlib.compress(image.pixels, _LEVEL)
    kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (image.width, image.height)
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
        % (size, number + 1, number + 2),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<<%s/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (kind, len(content), content),
    )
