"""The characters of a PDF page with their boxes, and the page's rulings, in the page as displayed.

Coordinates here are points from the bottom left of the page as displayed: CropBox and /Rotate are already honoured,
so a landscape page turned by 90° has its text lines level. Text that is turned on the page is read from the side from
which it is level: `Glyphs.turned`. Only `TextLine` turns heights into distances from the top.
"""

from __future__ import annotations

import ctypes
import re
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from itertools import repeat
from math import hypot, isfinite
from typing import Any, NamedTuple

from de06_extract.readers.pdf.budget import A_PAGE, Budget
from de06_extract.readers.pdf.legacy_fonts import with_drawn_letters
from de06_extract.readers.pdf.views import Box, slope, view_of

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")

Point = tuple[float, float]

Edges = tuple["array[float]", "array[float]", "array[float]", "array[float]"]
"""Lefts, bottoms, rights and tops of characters."""

THIN = 3.0  # points; a filled box thinner than this is a rule
MOST_OBJECTS = 200_000  # of a page that are looked at: a map or a hostile page has more
_MOST_CLIPS = 20  # paths of a clip, and points of each: the clip of a character is a box
MOST_RULES = 2_000  # of a page; one that draws more holds a drawing, not tables
_DEPTH, _MOST_PARTS = 5, 2_000  # drawings inside each other, and parts of each, in which an image is looked for
# Memory that programs have given back to the system makes glibc keep twice as much of what is freed later. PDFium frees
# a megabyte at the end of a page and takes it again for the next one: to fetch it anew costs a twentieth of the time.
_A_BLOCK = 2 << 20
_AT_ONCE = 512  # boxes of characters fetched into one buffer, which each page uses again


class Calls(NamedTuple):
    """PDFium's functions for one character, taking its page's handle, its index and references to memory.

    There are thousands of these calls on a page. Without declared types they are twice as fast, so what is passed is a
    small number or a `byref()`; only a drawing and its font are addresses. They keep the interpreter's lock, as to hand
    it on would cost more.
    """

    loose_box: Callable[..., None]
    font_size: Callable[..., float]
    matrix: Callable[..., int]
    origin: Callable[..., int]
    font_info: Callable[..., int]
    font_weight: Callable[..., int]
    drawing: Callable[..., int | None]
    font: Callable[[int], int | None]


@cache
def _calls() -> Calls:
    import pypdfium2.raw as raw

    bytes(_A_BLOCK)  # taken from the system and given back, once

    def fast(function: Any, result: Any, *arguments: Any) -> Any:
        return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    return Calls(
        loose_box=fast(raw.FPDFText_GetLooseCharBox, None),
        font_size=fast(raw.FPDFText_GetFontSize, ctypes.c_double),
        matrix=fast(raw.FPDFText_GetMatrix, ctypes.c_int),
        origin=fast(raw.FPDFText_GetCharOrigin, ctypes.c_int),
        font_info=fast(raw.FPDFText_GetFontInfo, ctypes.c_ulong),
        font_weight=fast(raw.FPDFText_GetFontWeight, ctypes.c_int),
        drawing=fast(raw.FPDFText_GetTextObject, ctypes.c_void_p),
        font=fast(raw.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p),
    )


class Stance(NamedTuple):
    """How a character stands: the height of its baseline, its size, the clockwise quarter turns that make it level.

    `baseline` is a height on the page so turned. A line that is not level then rises by `slant`, and its baseline is
    where it meets the page's left edge.
    """

    baseline: float
    size: float
    turns: int
    slant: float = 0.0


class Memory:
    """The memory that PDFium writes to, and what the document may still hold; made once for a document.

    References cost more than calls. `encodings` are those before Unicode that were met in the document.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.encodings = set[str]()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.at_x, self.at_y = ctypes.byref(self.x), ctypes.byref(self.y)
        self.matrix = (ctypes.c_float * 6)()
        self.at_matrix = ctypes.byref(self.matrix)
        self.name, self.name_size = ctypes.create_string_buffer(64), ctypes.c_ulong(64)
        boxes = (ctypes.c_float * (4 * _AT_ONCE))()
        self.boxes = memoryview(boxes).cast("B")
        self.at_boxes = [ctypes.byref(boxes, at) for at in range(0, 16 * _AT_ONCE, 16)]


class Glyphs:
    """The characters of one open page: `text` has one character for each box; usable while the page is open."""

    def __init__(self, raw: Any, page: Any, textpage: Any, memory: Memory) -> None:
        self._raw, self._page, self._textpage, self._memory, self._calls = raw, page, textpage, memory, _calls()
        self._handle = ctypes.byref(textpage.contents)
        self._clips: dict[int, list[Box]] = {}
        self._bold: dict[int, bool] = {}
        self.view = self.displayed = view_of(raw, page)
        memory.budget.take_things(A_PAGE + max(0, raw.FPDFText_CountChars(textpage)))
        self.text = with_drawn_letters(_characters(raw, textpage), self._font_name, memory.encodings)
        self.lefts, self.bottoms, self.rights, self.tops = self._boxes()
        self._sides: dict[int, Glyphs] = {}

    def turned(self, turns: int) -> Glyphs:
        """The same characters on the page turned clockwise by some quarters, so that other lines are level."""
        if not turns % 4:
            return self
        turns = (self.view.turns + turns) % 4
        if turns not in self._sides:
            self._sides.setdefault(self.view.turns, self)
            glyphs = self._sides[turns] = copy(self)
            glyphs.view = self.view.turned(turns - self.view.turns)
            glyphs._clips = {}
            self._memory.budget.take_things(len(self.text))
            glyphs.lefts, glyphs.bottoms, glyphs.rights, glyphs.tops = glyphs._boxes()
        return self._sides[turns]

    @property
    def is_turned(self) -> bool:
        """True where the page is read from another side than it is displayed."""
        return self.view is not self.displayed

    def between(self, start: int, end: int) -> Edges:
        """The edges of the characters from `start` to `end`."""
        return self.lefts[start:end], self.bottoms[start:end], self.rights[start:end], self.tops[start:end]

    def edges(self, indices: Sequence[int]) -> Edges:
        """The edges of some characters."""
        if isinstance(indices, range):
            return self.between(indices.start, indices.stop)
        lefts, bottoms, rights, tops = (
            array("f", [edges[at] for at in indices]) for edges in (self.lefts, self.bottoms, self.rights, self.tops)
        )
        return lefts, bottoms, rights, tops

    def size(self, index: int) -> float:
        """The type size of a character in points as displayed."""
        return abs(self._signed_size(index))

    def stance(self, index: int) -> Stance:
        """The baseline, size and turns of a character."""
        size, matrix = self._signed_size(index), self._memory.matrix
        along, up = matrix[0], matrix[1]
        if along > 0 and not up and size > 0 and not self.view.turns:  # as nearly all are
            return Stance(self.baseline(index), size, 0)
        if size < 0:  # the line runs the other way about
            along, up = -along, -up
        turns, slant = self.view.turns_of(along, up), slope(along, up)
        side = self.turned(turns)
        baseline = side.baseline(index)
        return Stance(baseline - slant * side.lefts[index] if slant else baseline, abs(size), turns, slant)

    def _signed_size(self, index: int) -> float:
        """The type size of a character, below 0 where it is drawn backwards; leaves its matrix in memory."""
        calls, memory = self._calls, self._memory
        size = calls.font_size(self._handle, index)
        if calls.matrix(self._handle, index, memory.at_matrix):
            size *= hypot(memory.matrix[2], memory.matrix[3])
        return size if isfinite(size) else 0.0

    def baseline(self, index: int) -> float:
        """The height of the line that a character stands on."""
        memory = self._memory
        self._calls.origin(self._handle, index, memory.at_x, memory.at_y)
        x, y = memory.x.value, memory.y.value
        if not isfinite(x + y):
            return 0.0
        return y if self.view.is_plain else self.view.box(x, y, x, y)[1]

    def is_bold(self, index: int) -> bool:
        """True for a character in bold type."""
        drawing = self._calls.drawing(self._handle, index)
        font = self._calls.font(drawing) if drawing else None
        if not font:
            return self._has_bold_font(index)
        if font not in self._bold:
            self._bold[font] = self._has_bold_font(index)
        return self._bold[font]

    def is_unseen(self, index: int) -> bool:
        """True for a character that is drawn invisibly, as scanners do with the text that they recognised."""
        drawing = self._raw.FPDFText_GetTextObject(self._textpage, index)
        mode = self._raw.FPDFTextObj_GetTextRenderMode(drawing) if drawing else None
        return bool(mode == self._raw.FPDF_TEXTRENDERMODE_INVISIBLE)

    def is_mirrored(self, index: int) -> bool:
        """True for a character that is drawn as in a mirror, so that lines follow each other the other way."""
        matrix = self._memory.matrix
        if not self._calls.matrix(self._handle, index, self._memory.at_matrix):
            return False
        return matrix[0] * matrix[3] - matrix[1] * matrix[2] < 0

    def _font_name(self, index: int) -> str:
        """The name of a character's font, as far as the memory for it reaches."""
        memory = self._memory
        size = self._calls.font_info(self._handle, index, memory.name, memory.name_size, None)
        return memory.name.value.decode("utf-8", "replace") if 0 < size <= len(memory.name) else ""

    def _has_bold_font(self, index: int) -> bool:
        """True where the name or the weight of a character's font says that it is bold."""
        memory = self._memory
        self._calls.font_info(self._handle, index, memory.name, memory.name_size, None)
        name = memory.name.value
        if not name:
            return self._calls.font_weight(self._handle, index) >= 600
        return b"Bold" in name or b"bold" in name or b"BOLD" in name

    def is_clipped(self, index: int) -> bool:
        """True for a character that lies outside what its drawing is clipped to, so that nobody sees it.

        A heading row repeated overleaf may be cut to its height, the rest of its words hidden under the next row.
        """
        drawing = self._calls.drawing(self._handle, index) or 0
        if drawing not in self._clips:
            self._clips[drawing] = self._clips_of(index)
        x = (self.lefts[index] + self.rights[index]) / 2
        y = (self.bottoms[index] + self.tops[index]) / 2
        return any(not (left <= x <= right and bottom <= y <= top) for left, bottom, right, top in self._clips[drawing])

    def _clips_of(self, index: int) -> list[Box]:
        """The boxes around the paths that a character's drawing is clipped to."""
        clip = self._raw.FPDFPageObj_GetClipPath(self._raw.FPDFText_GetTextObject(self._textpage, index))
        x, y, boxes = ctypes.c_float(), ctypes.c_float(), list[Box]()
        for path in range(min(self._raw.FPDFClipPath_CountPaths(clip), _MOST_CLIPS)):
            points = list[Point]()
            for place in range(min(self._raw.FPDFClipPath_CountPathSegments(clip, path), _MOST_CLIPS)):
                self._raw.FPDFPathSegment_GetPoint(self._raw.FPDFClipPath_GetPathSegment(clip, path, place), x, y)
                points.append(self.view.box(x.value, y.value, x.value, y.value)[:2])
            if points:
                xs, ys = zip(*points, strict=True)
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
        return boxes

    def drawings(self) -> tuple[list[Box], list[Box]]:
        """The thin boxes that are drawn on the page as lines, and the boxes of the images that it shows."""
        raw, rules, images = self._raw, list[Box](), list[Box]()
        edges = [ctypes.c_float() for _ in range(4)]
        count = min(raw.FPDFPage_CountObjects(self._page), MOST_OBJECTS)
        self._memory.budget.take_things(max(0, count))
        for index in range(count):
            shape = raw.FPDFPage_GetObject(self._page, index)
            kind = raw.FPDFPageObj_GetType(shape)
            if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(shape, *edges):
                continue
            left, bottom, right, top = (edge.value for edge in edges)
            if not isfinite(left + bottom + right + top):
                continue
            if kind != raw.FPDF_PAGEOBJ_PATH:
                if _shows_image(raw, shape, kind, self._memory.budget):
                    images.append(self.view.box(left, bottom, right, top))
            elif right - left < THIN or top - bottom < THIN:
                rules.append(self.view.box(left, bottom, right, top))
            else:
                rules.extend(self.view.box(*box) for box in _strokes(raw, shape, self._memory.budget))
            if len(rules) > MOST_RULES:
                return [], images
        return rules, images

    def _boxes(self) -> Edges:
        """The boxes of all characters, each as wide as the character's advance."""
        count, memory, numbers = len(self.text), self._memory, array("f")
        for start in range(0, count, _AT_ONCE):
            indices = range(start, min(start + _AT_ONCE, count))
            deque(map(self._calls.loose_box, repeat(self._handle), indices, memory.at_boxes), maxlen=0)
            numbers.frombytes(memory.boxes[: 16 * len(indices)])
        if _may_overflow(numbers):  # nothing that can be displayed: a damaged or hostile page
            numbers = array("f", [number if isfinite(number) else 0.0 for number in numbers])
        lefts, tops, rights, bottoms = numbers[0::4], numbers[1::4], numbers[2::4], numbers[3::4]
        if self.view.is_plain or not count:
            return lefts, bottoms, rights, tops
        seen = zip(*map(self.view.box, lefts, bottoms, rights, tops), strict=True)
        lefts, bottoms, rights, tops = (array("f", edges) for edges in seen)
        return lefts, bottoms, rights, tops


def _may_overflow(numbers: array[float]) -> bool:
    """True where one of the numbers is infinite, not a number or nearly as large: its highest bits are all set.

    >>> [_may_overflow(array("f", [595.0, number])) for number in (-1e30, 1e39, float("nan"))]
    [False, True, True]
    """
    highest = numbers.tobytes()[3::4] if sys.byteorder == "little" else numbers.tobytes()[0::4]
    return b"\x7f" in highest or b"\xff" in highest


def _characters(raw: Any, textpage: Any) -> str:
    """The text of the page, one character for each index that PDFium gives a box for.

    FPDFText_GetText is fast and leaves some characters out on some pages; then each is asked for on its own.
    """
    count = max(0, raw.FPDFText_CountChars(textpage))
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)]
    return _PAIR.sub(_paired, "".join([chr(code) if 0 < code < 0x110000 else " " for code in codes]))


def _paired(halves: re.Match[str]) -> str:
    """The character that two surrogates stand for, and nothing that is seen in place of the second; a blank for one.

    >>> [_PAIR.sub(_paired, chr(0xD835) + text) for text in (chr(0xDC2E) + " = 2", " = 2")]
    ['𝐮\u200b = 2', '  = 2']
    """
    letter = halves[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return letter + "\u200b" if len(halves[0]) == 2 else " "


def _shows_image(raw: Any, shape: Any, kind: int, budget: Budget, depth: int = 0) -> bool:
    """True for an image, and for a drawing kept apart from the page that shows one."""
    if kind != raw.FPDF_PAGEOBJ_FORM or depth > _DEPTH:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    count = min(raw.FPDFFormObj_CountObjects(shape), _MOST_PARTS)
    budget.take_things(max(0, count))
    parts = (raw.FPDFFormObj_GetObject(shape, at) for at in range(count))
    return any(_shows_image(raw, part, raw.FPDFPageObj_GetType(part), budget, depth + 1) for part in parts if part)


def _strokes(raw: Any, shape: Any, budget: Budget) -> Iterator[Box]:
    """The level and upright straight strokes of a path that is drawn as an outline."""
    fill, stroke, matrix = ctypes.c_int(), ctypes.c_int(), raw.FS_MATRIX()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not stroke.value or not raw.FPDFPageObj_GetMatrix(shape, matrix):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start: Point | None = None
    before: Point | None = None
    count = min(raw.FPDFPath_CountSegments(shape), MOST_RULES)
    budget.take_things(max(0, count))
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(shape, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        ends: list[tuple[Point | None, Point | None]] = [(before, here)] if kind == raw.FPDF_SEGMENT_LINETO else []
        start = here if kind == raw.FPDF_SEGMENT_MOVETO else start
        if raw.FPDFPathSegment_GetClose(segment):
            ends.append((here, start))
        for one, other in ends:
            if not one or not other or not isfinite(sum(one + other)):
                continue
            if abs(one[0] - other[0]) < 1 or abs(one[1] - other[1]) < 1:
                yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
        before = here
