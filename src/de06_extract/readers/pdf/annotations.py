"""What is written on a PDF page and is no part of its contents: form fields, free text, stamps, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ctypes import c_int
from typing import Any

from de06_extract.readers.pdf.budget import Budget
from de06_extract.readers.pdf.pieces import LinePiece
from de06_extract.readers.pdf.views import Box, View

_MOST = 5_000  # annotations of a page that are looked at
_EDGE = 2.0  # points by which letters may reach out of their field
_LEVEL = 0.5  # of the size of type; a field's letters stand on the line beside it, give or take so much


class Form:
    """The form of an open document, if it has one, by which PDFium draws the fields that nobody has drawn."""

    def __init__(self, raw: Any, document: Any) -> None:
        self._raw, self._handle = raw, None
        if raw.FPDF_GetFormType(document) != raw.FORMTYPE_NONE:
            self._settings = raw.FPDF_FORMFILLINFO(version=2)  # PDFium keeps looking at it
            self._handle = raw.FPDFDOC_InitFormFillEnvironment(document, self._settings)

    def copy(self, document: Any, number: int, page: Any) -> Any | None:
        """A document of page `number` alone, counted from 1, its annotations part of its contents; None without any.

        A copy, because fonts that several pages share are lost where annotations become part of the page itself.
        """
        raw, handle = self._raw, self._handle
        if handle:
            raw.FORM_OnAfterLoadPage(page, handle)
            raw.FORM_OnBeforeClosePage(page, handle)
        copied = raw.FPDF_CreateNewDocument()
        if raw.FPDF_ImportPagesByIndex(copied, document, (c_int * 1)(number - 1), 1, 0):
            drawn = raw.FPDF_LoadPage(copied, 0)
            if drawn:
                is_drawn = raw.FPDFPage_Flatten(drawn, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
                raw.FPDF_ClosePage(drawn)
                if is_drawn:
                    return copied
        raw.FPDF_CloseDocument(copied)
        return None

    def close(self) -> None:
        """Let the form go; the document is still open."""
        if self._handle:
            self._raw.FPDFDOC_ExitFormFillEnvironment(self._handle)


def written_boxes(raw: Any, page: Any, budget: Budget) -> list[Box]:
    """The boxes, in the page's own space, of the annotations of an open page that may hold words."""
    kinds = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
    boxes: list[Box] = []
    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST)
    budget.take_things(max(0, count))
    for index in range(count):
        annotation, edges = raw.FPDFPage_GetAnnot(page, index), raw.FS_RECTF()
        if not annotation:
            continue
        if raw.FPDFAnnot_GetSubtype(annotation) in kinds and raw.FPDFAnnot_GetRect(annotation, edges):
            left, right = sorted((edges.left, edges.right))
            bottom, top = sorted((edges.bottom, edges.top))
            boxes.append((left, bottom, right, top))
        raw.FPDFPage_CloseAnnot(annotation)
    return boxes


def is_written(piece: LinePiece, boxes: Iterable[Box]) -> bool:
    """True for a piece whose letters stand in one of the boxes."""
    middle = (piece.left + piece.right) / 2
    return any(
        left - _EDGE <= middle <= right + _EDGE and bottom - _EDGE <= piece.baseline <= top + _EDGE
        for left, bottom, right, top in boxes
    )


def put_in_place(pieces: Sequence[LinePiece], boxes: Sequence[Box], view: View) -> list[LinePiece]:
    """The pieces in the order drawn, but those written in a box of the page's own space where the line beside them is.

    «[8.204]/90.461 hồ sơ» has its first figure in a field, which is drawn last.
    """
    seen = [view.box(*box) for box in boxes]
    placed = [piece for piece in pieces if not is_written(piece, seen)]
    for piece in pieces:
        if is_written(piece, seen):
            _insert(placed, piece)
    return placed


def _insert(placed: list[LinePiece], piece: LinePiece) -> None:
    """Put a piece behind the nearest of its line, or before what stands below it."""
    level = [at for at, other in enumerate(placed) if _is_level(other, piece)]
    if level:
        at = min(level, key=lambda at: (_distance(placed[at], piece), placed[at].left > piece.left))
        placed.insert(at + (placed[at].left <= piece.left), piece._replace(baseline=placed[at].baseline))
        return
    below = [at for at, other in enumerate(placed) if other.turns == piece.turns and other.baseline < piece.baseline]
    placed.insert(below[0] if below else len(placed), piece)


def _is_level(one: LinePiece, other: LinePiece) -> bool:
    return one.turns == other.turns and abs(one.baseline - other.baseline) <= _LEVEL * one.size


def _distance(one: LinePiece, other: LinePiece) -> float:
    return max(0.0, other.left - one.right, one.left - other.right)
