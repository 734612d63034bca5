"""PDF files with a text layer: characters and boxes from PDFium, in paragraphs, tables and footnotes."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from de06_extract.document.document import Document
from de06_extract.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    IllegibleError,
    NoTextError,
    TooLargeError,
)
from de06_extract.forking import ForkedLock
from de06_extract.heartbeat import step
from de06_extract.language.messages import said
from de06_extract.readers.pdf.annotations import Form
from de06_extract.readers.pdf.glyphs import Memory
from de06_extract.readers.pdf.manuscript import write_manuscript
from de06_extract.readers.pdf.pages import PageText, read_page
from de06_extract.readers.pdf.scans.requirements import missing_for_scans
from de06_extract.readers.pdf.scans.scanned import page_images, read_scanned
from de06_extract.readers.pdf.streams import broken_stream
from de06_extract.readers.pdf.views import View, view_of
from de06_extract.schema.report import OcrPage, Remark, TextFrom
from de06_extract.schema.source import UNREAD_PAGES

__all__ = ["MEDIA_TYPE", "SUFFIXES", "is_mine", "missing_for_scans", "read"]

SUFFIXES = (".pdf",)
MEDIA_TYPE = "application/pdf"

_MARK = b"%PDF-"
_FIRST_LINE = re.compile(rb"%PDF-\d[\d.]*[ \t]*(?:[\r\n]|\Z)")
_LATER_MARK = re.compile(rb"[\r\n\0]%PDF-\d")  # behind what a mail program or an old Mac put before it
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})\b")
# PDFium may be called by one thread at a time, and not in a copy of the process made in the middle of a call: to fork
# is to wait for the document that is read, unless that takes very long.
_PDFIUM = ForkedLock(patience=10.0)


def is_mine(head: bytes, names: Sequence[str]) -> bool:
    """True of what begins as a PDF does, and of one whose mark stands elsewhere, where that is no text.

    >>> is_mine(b"%PDF-1.7", ()), is_mine(b"\\0%PDF-1.7 \\xe2\\xe3", ()), is_mine("bản\\n%PDF-1.7".encode(), ())
    (True, True, False)
    >>> is_mine(b"%PDF-1.7 %\\xe2\\xe3", ()), is_mine("%PDF-1.7 là phiên bản của tệp".encode(), ())
    (True, False)
    """
    if _FIRST_LINE.match(head):
        return True
    is_marked = head.startswith(_MARK) or (not names and _LATER_MARK.search(head) is not None)
    return is_marked and not _is_text(head)


def _is_text(head: bytes) -> bool:
    try:
        getincrementaldecoder("utf-8")().decode(head)  # whose last character may be cut
    except UnicodeDecodeError:
        return False
    return b"\0" not in head


def read(data: bytes, name: str) -> Document:
    """The document in a PDF file; `name` is for messages and for the document.

    Raises EncryptedFileError, DamagedFileError, EmptyFileError, TooLargeError or, for a scan, NoTextError.
    """
    import pypdfium2.raw as raw

    if not data:
        raise EmptyFileError(f"{name}: " + said("errors", "empty"))
    _check_end(data, name)
    memory = Memory()
    try:
        with _PDFIUM:
            own = _read_pages(raw, data, name, memory)
    except TooLargeError as error:
        raise TooLargeError(f"{name}: {error}") from error
    pages, by_ocr, missing, placed, read_again = read_scanned(own, partial(page_images, raw, data, _PDFIUM))
    if not any(page.items and (page.own_words or not page.is_image) for page in pages):
        raise _no_text(name, own, missing)
    written = write_manuscript(pages)
    return Document(
        name=name,
        text=written.text,
        media_type=MEDIA_TYPE,
        text_from=_text_from(pages, by_ocr),
        pages=len(pages),
        page_sizes=tuple(page.displayed for page in own),
        unread_pages=tuple(page.number for page in pages if page.is_image),
        ocr_pages=by_ocr,
        blocks=tuple(written.blocks),
        grids=tuple(written.grids),
        places=placed(written.places),
        remarks=_remarks(memory, missing),
        read_again=read_again,
    )


def read_views(data: bytes, numbers: Iterable[int]) -> dict[int, View]:
    """How pages of a PDF are displayed, by their numbers from 1, as far as it has them."""
    import pypdfium2.raw as raw

    views = dict[int, View]()
    with _PDFIUM:
        document = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            return views
        try:
            for number in sorted(set(numbers)):
                page = raw.FPDF_LoadPage(document, number - 1)
                if page:
                    views[number] = view_of(raw, page)
                    raw.FPDF_ClosePage(page)
            return views
        finally:
            raw.FPDF_CloseDocument(document)


def _no_text(name: str, pages: Sequence[PageText], missing: str | None) -> NoTextError:
    """Why there is no text on pages as the file gives them; `missing` is what their images cannot be read without."""
    if not any(page.is_image for page in pages):
        return NoTextError(f"{name}: " + said("errors", "pdf_without_text", count=len(pages)))
    if missing is None:
        return IllegibleError(f"{name}: " + said("errors", "pdf_illegible", count=len(pages)))
    return NoTextError(f"{name}: " + said("errors", "pdf_scan", count=len(pages)), missing)


def _remarks(memory: Memory, missing: str | None) -> tuple[Remark, ...]:
    """The encodings before Unicode that were met, and what is missing to read pages that are images."""
    encodings = (Remark(about="legacy-encoding", detail=name.upper()) for name in sorted(memory.encodings))
    return (*encodings, *(() if missing is None else (Remark(about=UNREAD_PAGES, detail=missing),)))


def _text_from(pages: Sequence[PageText], by_ocr: Sequence[OcrPage]) -> TextFrom:
    """Where the words of the pages come from, of which some were read from images."""
    if not by_ocr:
        return "mixed" if any(page.is_image for page in pages) else "text-layer"
    numbers = {page.page for page in by_ocr}
    return "mixed" if any(page.items and page.number not in numbers for page in pages) else "ocr"


def _check_end(data: bytes, name: str) -> None:
    """Raise for a file that was cut: PDFium would give its first pages, or half a page, without a word."""
    stated = _LINEARIZED.search(data[:1024])
    if data.rfind(b"%%EOF") < 0 or (stated and int(stated[1]) > len(data)):
        raise DamagedFileError(f"{name}: " + said("errors", "pdf_cut"))


def _read_pages(raw: Any, data: bytes, name: str, memory: Memory) -> list[PageText]:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedFileError(f"{name}: " + said("errors", "pdf_password"))
        raise DamagedFileError(f"{name}: " + said("errors", "pdf_unparsed"))
    try:
        broken = broken_stream(data, memory.budget)
        if broken is not None:
            raise DamagedFileError(f"{name}: " + said("errors", "pdf_stream", broken=broken))
        return _pages_of(raw, document, data, name, memory)
    finally:
        raw.FPDF_CloseDocument(document)


def _pages_of(raw: Any, document: Any, data: bytes, name: str, memory: Memory) -> list[PageText]:
    pages, form = list[PageText](), Form(raw, document)
    try:
        count = raw.FPDF_GetPageCount(document)
        if count < 1:
            raise DamagedFileError(f"{name}: " + said("errors", "pdf_without_pages"))
        for number in range(1, count + 1):
            page = read_page(raw, document, number, data, memory, form)
            if page is None:
                raise DamagedFileError(f"{name}: " + said("errors", "pdf_page", number=number, count=count))
            pages.append(page)
            step(f"page {number} {count}")
        return pages
    finally:
        form.close()
