"""What is to be written into a copy of a document: notes on its figures, and changes of its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from de06_extract.schema.report import Location, Severity

AUTHOR = "de06-extract"
INITIALS = "DE"

Caution = Literal["signed", "certified", "rewritten", "encrypted", "unplaced", "unrevised"]
"""What is to be said of a copy, a key of `data/messages/annotations.toml`."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a note by its offsets in the text, where it stands, and whether it is the one in doubt."""

    start: int
    end: int
    locations: tuple[Location, ...]
    is_doubted: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its name, which is its own in the document, its heading, its text of several lines, its figures.

    `aside` is what is said at its other figures: those held against the one in doubt, and further ones in doubt.
    """

    name: str
    severity: Severity
    heading: str
    text: str
    aside: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the text by its offsets, what it says, and what is to stand in its place."""

    start: int
    end: int
    text: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of a copy, and what its reader has to know of it, each with how often it is so."""

    data: bytes
    cautions: Mapping[Caution, int]
