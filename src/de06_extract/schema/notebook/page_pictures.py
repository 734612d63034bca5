"""Pictures of places on the pages of a PDF file, made by a process of its own, which imports nothing of this package.

A page made to do harm may hang or end the process that draws it: that costs the pictures, not the notebook. Standard
input holds a line of JSON, the places of each picture, and then the file; on standard output there is a line for each,
a PNG in Base64, or an empty one where there is none.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any, NamedTuple

_SCALE = 2.0  # pixels a point, where the page is not wide
_WIDEST = 960  # pixels
_WIDTH, _HEIGHT = 620.0, 260.0  # points of a page that a picture shows at most
_MARGIN = 22.0  # points around the figures: two lines of text
_COLOURS = 32
_MOST_MEMORY = 1 << 30  # bytes; a page of a report takes a twentieth
_WRONG, _FIGURE = (190, 20, 20), (20, 70, 160)


class Box(NamedTuple):
    """The box of a figure in points from the top left of the page as displayed."""

    left: float
    top: float
    right: float
    bottom: float
    is_wrong: bool


def stretch(boxes: Sequence[Box], width: float, height: float) -> tuple[float, float, float, float]:
    """What a picture shows of a page of this size: all boxes if they are near, else the wrong ones, else the first.

    >>> stretch([Box(100, 300, 150, 312, True), Box(200, 330, 220, 342, False)], 595.0, 842.0)
    (0.0, 278.0, 595.0, 364.0)
    >>> stretch([Box(100, 300, 150, 312, True), Box(200, 700, 220, 712, False)], 595.0, 842.0)
    (0.0, 278.0, 595.0, 334.0)
    """
    wrong = [box for box in boxes if box.is_wrong] or boxes
    shown = next((held for held in (boxes, wrong) if _tall(held) <= _HEIGHT - 2 * _MARGIN), wrong[:1])
    top = max(0.0, min(box.top for box in shown) - _MARGIN)
    bottom = min(height, top + _HEIGHT, max(box.bottom for box in shown) + _MARGIN)
    middle = (min(box.left for box in shown) + max(box.right for box in shown)) / 2
    left = max(0.0, min(middle - _WIDTH / 2, width - _WIDTH))
    return left, top, min(width, left + _WIDTH), bottom


def _tall(boxes: Sequence[Box]) -> float:
    return max(box.bottom for box in boxes) - min(box.top for box in boxes)


def picture(page: Any, boxes: Sequence[Box]) -> bytes:
    """The PNG of a place on a page of PDFium: a frame around each wrong figure, a line under the others."""
    from PIL import ImageDraw

    width, height = page.get_size()
    left, top, right, bottom = stretch(boxes, width, height)
    if not (right > left and bottom > top):
        raise ValueError("the boxes lie outside the page")
    scale = min(_SCALE, _WIDEST / (right - left))
    image = page.render(scale=scale, crop=(left, height - bottom, width - right, top)).to_pil().convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in boxes:
        x0, y0, x1, y1 = (scale * at for at in (box.left - left, box.top - top, box.right - left, box.bottom - top))
        if box.is_wrong:
            pen.rectangle((x0 - 3, y0 - 3, x1 + 3, y1 + 3), outline=_WRONG, width=2)
        else:
            pen.line((x0, y1 + 2, x1, y1 + 2), fill=_FIGURE, width=2)
    out = BytesIO()
    image.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _limit_memory() -> None:
    """Lets a page that would fill the machine end this process, where the system can."""
    with suppress(ImportError, OSError, ValueError):  # Windows has none
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        most = _MOST_MEMORY if hard < 0 else min(_MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def main() -> None:
    """Draws what standard input asks for."""
    import pypdfium2

    _limit_memory()
    wanted = json.loads(sys.stdin.buffer.readline())
    file = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    with suppress(Exception):  # figures of form fields; else the page without them
        file.init_forms()
    for number, boxes in wanted:
        drawn = b""
        with suppress(Exception):
            drawn = picture(file[number - 1], [Box(*box) for box in boxes])
        print(b64encode(drawn).decode("ascii"), flush=True)


if __name__ == "__main__":
    main()
