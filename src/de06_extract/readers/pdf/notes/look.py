"""How a figure is marked on a page of a PDF, and what the mark says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""The corners of a figure on one line, in the page's own space, by how it is read: top left and right, bottom ones."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is marked: the colour over it, and that of a frame, so that colour alone tells nothing."""

    fill: tuple[float, float, float]
    frame: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What an annotation says: its name, which no other has, its heading and its text, who made it and when."""

    name: str
    subject: str
    text: str
    author: str
    made_at: datetime
