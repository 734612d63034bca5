"""A scanned page made straight: how it is turned, the same page level, and the way back to the page as it is."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin, tan
from typing import Any

_WIDEST = 900  # pixels of width on which the angle is sought
_MOST_DOTS = 60_000  # of ink that are looked at
_COARSE = tuple(step / 4 for step in range(-14, 15))  # degrees; a page fed askew is turned by less than three
_FINE = tuple(step / 20 for step in range(-5, 6))
_LEAST = 0.08  # degrees; less moves the end of a line by three pixels


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page was turned to be read: by quarters with the clock, then about its middle by degrees against it.

    `width` and `height` are its pixels when it stands upright.
    """

    width: int
    height: int
    degrees: float
    quarters: int = 0

    @property
    def tilt(self) -> float:
        """By how much a level line falls on the page as it is, for each pixel to the right."""
        return tan(radians(self.degrees))

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The place on the page as it is of a place on the page made straight."""
        width, height = self.width, self.height
        x, y = x - width / 2, y - height / 2
        along, up = cos(radians(self.degrees)), sin(radians(self.degrees))
        x, y = width / 2 + x * along - y * up, height / 2 + x * up + y * along
        return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[self.quarters]

    def of_crop(self, pixels: Any) -> Any:
        """A piece of the page as it is, turned as the page was."""
        pixels = quarter_turned(pixels, self.quarters)
        return turned(pixels, self.degrees) if self.degrees else pixels


def straighten(pixels: Any, quarters: int = 0) -> tuple[Any, Turn]:
    """The page turned by quarters with the clock, and then so that its lines are level, and how it was turned."""
    pixels = quarter_turned(pixels, quarters)
    height, width = pixels.shape
    degrees = _degrees(pixels)
    if abs(degrees) < _LEAST:
        return pixels, Turn(width, height, 0.0, quarters)
    return turned(pixels, degrees), Turn(width, height, degrees, quarters)


def quarter_turned(pixels: Any, quarters: int) -> Any:
    """The pixels turned with the clock."""
    import numpy

    return numpy.ascontiguousarray(numpy.rot90(pixels, -quarters)) if quarters else pixels


def turned(pixels: Any, degrees: float) -> Any:
    """The pixels turned about their middle against the clock."""
    import numpy
    from PIL import Image

    return numpy.asarray(Image.fromarray(pixels).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255))


def ink_level(pixels: Any) -> int:
    """The grey below which a pixel is ink: what parts dark and light pixels best (Otsu)."""
    import numpy

    counts = numpy.bincount(pixels[::2, ::2].ravel(), minlength=256).astype(float)
    values = numpy.arange(256)
    dark, total = numpy.cumsum(counts), counts.sum()
    below = numpy.cumsum(counts * values)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        apart = (below[-1] * dark - below * total) ** 2 / (dark * (total - dark))
    best = int(numpy.nanargmax(apart)) if numpy.isfinite(apart).any() else 127
    return min(max(best, 60), 200)


def _degrees(pixels: Any) -> float:
    """By how much the page must be turned against the clock: then its ink falls into the fewest rows."""
    import numpy

    step = max(1, pixels.shape[1] // _WIDEST)
    ys, xs = numpy.nonzero(pixels[::step, ::step] < ink_level(pixels))
    if len(xs) < 200:
        return 0.0
    stride = len(xs) // _MOST_DOTS + 1
    ys, xs = ys[::stride], xs[::stride] - xs.mean()

    def sharpness(degrees: float) -> float:
        rows = (ys - xs * tan(radians(degrees))).round().astype(int)
        return float((numpy.bincount(rows - rows.min()).astype(float) ** 2).sum())

    coarse = max(_COARSE, key=lambda degrees: (sharpness(degrees), -abs(degrees)))
    return max((coarse + fine for fine in _FINE), key=lambda degrees: (sharpness(degrees), -abs(degrees)))
