"""Pages of paper as a scanner gives them, drawn by the tests: lines of type, ruled tables, turned, noisy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from de06_extract.readers.pdf.scans.tesseract import find_program

DOTS = 200  # to the inch
WIDTH, HEIGHT = 1654, 2339  # A4
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)

needs_tesseract = pytest.mark.skipif(
    find_program() is None,
    reason="Tesseract with Vietnamese is not installed (Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie)",
)
needs_font = pytest.mark.skipif(
    not any(Path(font).is_file() for font in _FONTS),
    reason="no font with Vietnamese letters (Debian, Ubuntu: apt install fonts-dejavu-core)",
)


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(next(font for font in _FONTS if Path(font).is_file()), size)


def page(lines: Sequence[str], *, size: int = 34, top: int = 250, height: int = HEIGHT) -> Any:
    """A white page with lines of type."""
    from PIL import Image, ImageDraw

    paper = Image.new("L", (WIDTH, height), 255)
    draw = ImageDraw.Draw(paper)
    for at, line in enumerate(lines):
        draw.text((200, top + at * round(1.6 * size)), line, font=_font(size), fill=20)
    return paper


def table(
    rows: Sequence[Sequence[str]], *, widths: Sequence[int] = (100, 500, 300, 300), top: int = 400, size: int = 30
) -> Any:
    """A white page with a ruled table."""
    from PIL import ImageDraw

    paper = page([])
    draw = ImageDraw.Draw(paper)
    step, left = 3 * size, 200
    right = left + sum(widths)
    for at in range(len(rows) + 1):
        draw.line((left, top + at * step, right, top + at * step), fill=30, width=2)
    for at in range(len(widths) + 1):
        x = left + sum(widths[:at])
        draw.line((x, top, x, top + len(rows) * step), fill=30, width=2)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = (left + sum(widths[:column]) + 16, top + row * step + size)
            draw.text(place, cell, font=_font(size), fill=20)
    return paper


def turned(paper: Any, degrees: float) -> Any:
    """The page as a scanner takes it that was fed askew."""
    from PIL import Image

    return paper.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def written(paper: Any, kind: str, *more: Any, dots: int | None = DOTS) -> bytes:
    """The bytes of an image file of one or more pages."""
    out = BytesIO()
    keys: dict[str, Any] = {} if dots is None else {"dpi": (dots, dots)}
    if more:
        keys |= {"save_all": True, "append_images": list(more)}
    paper.save(out, kind, **keys)
    return out.getvalue()
