"""The way a PDF page is displayed, and the way its text runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_SLANT = 0.02  # points of height a point of width; lines of a page that was copied askew rise by less


@dataclass(frozen=True, slots=True)
class View:
    """The way a page is displayed: the corner of its visible part, its size then, and its clockwise quarter turns.

    >>> View(10, 20, 300, 200, 0).box(15, 30, 25, 40)
    (5, 10, 15, 20)
    >>> View(0, 0, 200, 300, 1).box(15, 30, 25, 40)
    (30, 275, 40, 285)
    """

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box as displayed of one in the page's own space."""
        left, right, bottom, top = left - self.left, right - self.left, bottom - self.bottom, top - self.bottom
        if self.turns == 1:
            return bottom, self.height - right, top, self.height - left
        if self.turns == 2:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        if self.turns == 3:
            return self.width - top, left, self.width - bottom, right
        return left, bottom, right, top

    def own_point(self, x: float, y: float) -> tuple[float, float]:
        """The point in the page's own space of one as displayed.

        >>> View(10, 20, 300, 200, 0).own_point(5, 10), View(0, 0, 200, 300, 1).own_point(30, 275)
        ((15, 30), (25, 30))
        """
        across, up = ((x, y), (self.height - y, x), (self.width - x, self.height - y), (y, self.width - x))[self.turns]
        return self.left + across, self.bottom + up

    def turned(self, turns: int) -> View:
        """The view of a page that is turned clockwise by more quarters.

        >>> View(0, 0, 300, 200, 0).turned(1)
        View(left=0, bottom=0, width=200, height=300, turns=1)
        """
        size = (self.height, self.width) if turns % 2 else (self.width, self.height)
        return View(self.left, self.bottom, *size, (self.turns + turns) % 4)

    def box_in(self, other: View, box: Box) -> Box:
        """The box in another view of the same page.

        >>> plain = View(10, 20, 200, 300, 0)
        >>> plain.turned(1).box_in(plain, plain.turned(1).box(15, 30, 25, 40))
        (5, 10, 15, 20)
        """
        return View(0, 0, other.width, other.height, (other.turns - self.turns) % 4).box(*box)

    def turns_of(self, along: float, up: float) -> int:
        """The clockwise quarter turns that make a text level which runs that way in the page's own space.

        >>> plain = View(0, 0, 200, 300, 0)
        >>> [plain.turns_of(*way) for way in ((12, 0), (0, 12), (-12, 0), (0, -12), (12, 1))]
        [0, 1, 2, 3, 0]
        """
        return (_quarter(along, up) - self.turns) % 4

    @property
    def is_plain(self) -> bool:
        """True where the page's own space is the displayed one."""
        return not self.left and not self.bottom and not self.turns


def slope(along: float, up: float) -> float:
    """How much a text that runs that way rises or falls, once it is turned to be nearly level; little counts as none.

    >>> slope(12, 0), slope(12, 6), slope(-6, 12), slope(12, 0.1)
    (0.0, 0.5, 0.5, 0.0)
    """
    if not along or not up:
        return 0.0
    by_quarter = (up / along, -along / up)
    slant = by_quarter[_quarter(along, up) % 2]
    return slant if abs(slant) > _SLANT else 0.0


def _quarter(along: float, up: float) -> int:
    """The quarter of the circle, counted from the right over the top, in which something runs."""
    return (2 if along < 0 else 0) if abs(along) >= abs(up) else (1 if up > 0 else 3)


def view_of(raw: Any, page: Any) -> View:
    """The view in which PDFium displays an open page."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    return View(min(box.left, box.right), min(box.bottom, box.top), width, height, raw.FPDFPage_GetRotation(page) % 4)
