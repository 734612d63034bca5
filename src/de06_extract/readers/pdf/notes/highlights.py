"""A marked figure as an annotation of a PDF page, drawn in full so that no viewer has to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from de06_extract.readers.pdf.notes.look import Look, Quad, Words
from de06_extract.readers.pdf.notes.update import Update

_PRINTED = 4  # /F: the note is printed with the page
_FRAME = 0.8  # points of the line around the figure in doubt


def add_highlight(
    update: Update, page: int, quads: Sequence[Quad], look: Look, words: Words, first: IndirectObject | None = None
) -> IndirectObject:
    """Puts a mark on the lines of a figure on a page, counted from 1, in the group of another if one is given."""
    owner = update.page(page)
    annotation = _annotation(quads, look, words, owner, update.add(_appearance(quads, look)))
    if first is not None:
        annotation[NameObject("/IRT")] = first
        annotation[NameObject("/RT")] = NameObject("/Group")
    added = update.add(annotation)
    update.annotate(owner, added)
    return added


def _annotation(
    quads: Sequence[Quad], look: Look, words: Words, page: IndirectObject, drawn: IndirectObject
) -> DictionaryObject:
    """The annotation of a figure on a page; `drawn` is its appearance."""
    date = TextStringObject(f"D:{words.made_at.astimezone(UTC):%Y%m%d%H%M%S}Z")
    # Viewers take the corners in the order top left, top right, bottom left, bottom right, whatever ISO 32000 says.
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): _numbers(_box(quads, look)),
            NameObject("/QuadPoints"): _numbers(edge for quad in quads for corner in quad for edge in corner),
            NameObject("/C"): _numbers(look.fill),
            NameObject("/CA"): FloatObject(1),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/NM"): TextStringObject(words.name),
            NameObject("/T"): TextStringObject(words.author),
            NameObject("/Subj"): TextStringObject(words.subject),
            NameObject("/Contents"): TextStringObject(words.text),
            NameObject("/M"): date,
            NameObject("/CreationDate"): date,
            NameObject("/P"): page,
            NameObject("/AP"): DictionaryObject({NameObject("/N"): drawn}),
        }
    )


def _appearance(quads: Sequence[Quad], look: Look) -> StreamObject:
    """What is seen of it: the colour multiplied over the figure, which stays readable, and the frame."""
    parts = ["/M gs", f"{_said(look.fill)} rg", *map(_path, quads), "f"]
    if look.frame is not None:
        parts += [f"{_FRAME} w", f"{_said(look.frame)} RG", *map(_path, quads), "S"]
    stream = StreamObject()
    stream.set_data(" ".join(parts).encode())
    state = DictionaryObject(
        {NameObject("/Type"): NameObject("/ExtGState"), NameObject("/BM"): NameObject("/Multiply")}
    )
    states = DictionaryObject({NameObject("/M"): state})
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _numbers(_box(quads, look)),
            NameObject("/Resources"): DictionaryObject({NameObject("/ExtGState"): states}),
        }
    )
    return stream


def _path(quad: Quad) -> str:
    top_left, top_right, bottom_left, bottom_right = (_said(corner) for corner in quad)
    return f"{top_left} m {top_right} l {bottom_right} l {bottom_left} l h"


def _box(quads: Sequence[Quad], look: Look) -> tuple[float, float, float, float]:
    """The box of the annotation, which holds the frame too."""
    out = _FRAME if look.frame is not None else 0.0
    xs = [x for quad in quads for x, _ in quad]
    ys = [y for quad in quads for _, y in quad]
    return min(xs) - out, min(ys) - out, max(xs) + out, max(ys) + out


def _said(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:.3f}" for number in numbers)


def _numbers(numbers: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(f"{number:.3f}") for number in numbers)
