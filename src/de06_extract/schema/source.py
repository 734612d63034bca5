"""The file that a report was read from, and what of it was not read."""

from __future__ import annotations

from pydantic import Field

from de06_extract.schema.values import Genre, Model, TextFrom

UNREAD_PAGES = "unread-pages"  # the remark on pages that are images where nothing is installed to read them


class PageSize(Model):
    """A page as displayed, in points: the boxes of locations lie in it.

    `rotation` is by how many degrees, clockwise, the file has it turned for display.
    """

    width: float = Field(ge=0)
    height: float = Field(ge=0)
    rotation: int = 0


class Remark(Model):
    """What of a file was not read, or how it was read: `about` is a key of the words in `data/messages/report.toml`.

    `detail` names the part, the sheet or the format.
    """

    about: str
    detail: str = ""


class OcrPage(Model):
    """A page that was read from its image by character recognition.

    `width` and `height` are its size in points as displayed, to which the boxes of locations refer; `confidence` is how
    sure the recognition was of its characters on average, from 0 to 100.
    """

    page: int
    width: float
    height: float
    confidence: float = Field(ge=0, le=100)


class Source(Model):
    """The file that was read: `bytes` is its size, `pages` None for formats without pages.

    `page_sizes` has one for each page of a PDF file, in order. `unread_pages` are the pages, counted from 1, that are
    images, so that what they say is not in the report; `ocr_pages` are those that were read from their images.
    `is_verbatim` is true where offsets count the characters of the file itself, a byte order mark left out: of a plain
    text in NFC, without zero-width characters. `language` is that of the text («vi», «en»), None where it is too short
    to tell; `genre` is what its own marks say it is, `other` where they say nothing. `remarks` say what of the file
    was not read.
    """

    name: str
    sha256: str
    media_type: str
    bytes: int
    pages: int | None = None
    page_sizes: tuple[PageSize, ...] = ()
    unread_pages: tuple[int, ...] = ()
    ocr_pages: tuple[OcrPage, ...] = ()
    text_from: TextFrom
    is_verbatim: bool = False
    language: str | None = None
    genre: Genre = "other"
    remarks: tuple[Remark, ...] = ()
