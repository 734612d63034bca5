"""What a page of pixels says: its lines and ruled tables, as the pages of a PDF give them, and how sure they are."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from de06_extract.readers.pdf.lines import SUPERSCRIPTS, TextLine
from de06_extract.readers.pdf.pages import PageText
from de06_extract.readers.pdf.scans.hocr import Pixels, ReadLine, ReadWord, lines_of
from de06_extract.readers.pdf.scans.rulings import find_rules
from de06_extract.readers.pdf.scans.sheets import CellPicture, Sheet, cells_of, make_sheets
from de06_extract.readers.pdf.scans.straightening import Turn, ink_level, straighten
from de06_extract.readers.pdf.scans.tesseract import quarters_to_upright, recognise
from de06_extract.readers.pdf.tables.cells import whole_figures
from de06_extract.readers.pdf.tables.frames import Frame, TablePart, find_frames, is_ruled
from de06_extract.readers.pdf.tables.plain_tables import Item
from de06_extract.readers.pdf.views import Box
from de06_extract.schema.report import PageSize

POINTS = 72.0  # in an inch
_COLUMN_GAP = 2.5  # of the size of type; a wider gap parts two columns
_LETTER = 0.49  # of the size of type: how high small letters are when they are printed and scanned
_UNSURE = 25  # of 100; specks of dust are read as words with less
_UPRIGHT = 75.0  # of 100: a page upright and sharp enough is read with 85 and more, one on its side or head with half
_BLANK = 0.002  # of a page that is ink: dust, the shadow of the edge


@dataclass(frozen=True)
class PageImage:
    """A page as grey pixels, of so many to the inch; `number` counts from 1."""

    number: int
    pixels: Any
    resolution: float


@dataclass(frozen=True)
class ScannedPage:
    """What was read on the image of a page, how sure that is from 0 to 100, and the page made straight.

    `is_upright` is false for one most of whose text runs up or down.
    """

    text: PageText
    confidence: float | None
    is_blank: bool
    is_upright: bool
    turn: Turn
    resolution: float

    @property
    def shown(self) -> tuple[float, float]:
        """The width and the height of the page as it is."""
        width, height = self.text.width, self.text.height
        return (height, width) if self.turn.quarters % 2 else (width, height)

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The point on the page as it is, counted from its top left, of one on the page made straight."""
        scale = POINTS / self.resolution
        x, y = self.turn.back(x / scale, y / scale)
        return x * scale, y * scale


def read_page_image(image: PageImage) -> ScannedPage:
    """The text on the image of a page, also if that lies on its side or head.

    Raises a `RecognitionError` where Tesseract gives none.
    """
    page = _read(image, 0)
    if page.is_blank or (page.is_upright and (page.confidence or 0) >= _UPRIGHT):
        return page
    quarters = quarters_to_upright(image.pixels, image.resolution)
    upright = _read(image, quarters) if quarters else page
    return max(page, upright, key=lambda one: (one.is_upright, one.confidence or 0))


def _read(image: PageImage, quarters: int) -> ScannedPage:
    """The text on the image of a page that is turned by quarters with the clock first."""
    pixels, turn = straighten(image.pixels, quarters)
    return _Reading(image.number, pixels, turn, image.resolution).page()


class _Reading:
    """One page as it is read."""

    def __init__(self, number: int, pixels: Any, turn: Turn, resolution: float) -> None:
        self._number, self._pixels, self._turn, self._resolution = number, pixels, turn, resolution
        self._scale = POINTS / resolution
        self.width, self.height = turn.width * self._scale, turn.height * self._scale
        self._sure: list[tuple[int, int]] = []  # the confidence and the length of each word
        self._on_side = 0  # letters in lines that run up or down

    def page(self) -> ScannedPage:
        """All that stands on it."""
        ink = self._pixels < ink_level(self._pixels)
        rules = [self._box(rule) for rule in find_rules(ink, self._resolution)]
        frames = find_frames(rules, list) if is_ruled(rules) else []
        tables = [table for frame in frames if (table := self._table(frame, ink)) is not None]
        lines = list(self._lines(self._without(tables)))
        items = tuple(_in_order(lines, tables))
        page = PageText(
            self._number,
            self.width,
            self.height,
            PageSize(width=round(self.width, 2), height=round(self.height, 2)),
            items,
            tuple(sorted(self.height - top for left, bottom, right, top in rules if right - left > top - bottom)),
            is_image=False,
            own_words=len(self._sure),
        )
        letters = sum(length for _, length in self._sure)
        sure = sum(confidence * length for confidence, length in self._sure) / letters if letters else None
        is_blank = not items and float(ink.mean()) < _BLANK
        return ScannedPage(page, sure, is_blank, self._on_side * 2 <= letters, self._turn, self._resolution)

    def _box(self, pixels: Pixels) -> Box:
        """The box in points from the bottom left."""
        left, top, right, bottom = (edge * self._scale for edge in pixels)
        return left, self.height - bottom, right, self.height - top

    def _without(self, tables: Sequence[TablePart]) -> Any:
        """The page without its tables."""
        if not tables:
            return self._pixels
        pixels, margin = self._pixels.copy(), 3
        for table in tables:
            top, bottom = (round(edge / self._scale) for edge in (table.top, table.bottom))
            left, right = (round(edge / self._scale) for edge in (table.xs[0], table.xs[-1]))
            pixels[max(0, top - margin) : bottom + margin, max(0, left - margin) : right + margin] = 255
        return pixels

    def _lines(self, pixels: Any) -> Iterator[TextLine]:
        """The lines outside tables, in reading order."""
        for line in lines_of(recognise(pixels, self._resolution, "page")):
            if not line.is_upright:
                self._on_side += sum(len(word.text) for word in line.words)
            for part in _columns(line):
                written = self._line(part.words, part.letter_height, part.baseline)
                if written is not None:
                    yield written

    def _line(self, words: Sequence[ReadWord], letter_height: float, baseline: float) -> TextLine | None:
        """The words as a line; None where all of them are specks."""
        words = [word for word in words if word.confidence >= _UNSURE]
        if not words:
            return None
        scale = self._scale
        text, lefts, rights, sure = "", array("f"), array("f"), bytearray()
        for word in words:
            if text:
                text += " "
                lefts.append(rights[-1])
                rights.append(word.box[0] * scale)
                sure.append(100)
            text += word.text
            lefts.extend(edge * scale for edge in word.lefts)
            rights.extend(edge * scale for edge in word.rights)
            sure += bytes([word.confidence]) * len(word.text)
            self._sure.append((word.confidence, len(word.text)))
        top, bottom = min(word.box[1] for word in words), max(word.box[3] for word in words)
        return TextLine(
            self._number,
            text,
            lefts,
            rights,
            words[0].box[0] * scale,
            words[-1].box[2] * scale,
            round(top * scale, 2),
            round(bottom * scale, 2),
            baseline * scale,
            letter_height * scale / _LETTER,
            (False, False),
            confidences=bytes(sure),
        )

    def _table(self, frame: Frame, ink: Any) -> TablePart | None:
        """The table in a frame, read cell by cell; None for a frame in which hardly anything stands."""
        cells = cells_of(frame, self.height, self._scale, self._pixels, ink)
        if len(cells) < 2:
            return None
        found: dict[tuple[int, int], list[TextLine]] = {}
        for sheet in make_sheets(cells):
            self._read_sheet(sheet, found)
        rows = tuple(
            tuple(
                whole_figures(found.get((row, column), []), *frame.xs[column : column + 2])
                for column in range(frame.columns)
            )
            for row in range(frame.rows)
        )
        return TablePart(self._number, self.height - frame.ys[0], self.height - frame.ys[-1], frame.xs, rows)

    def _read_sheet(self, sheet: Sheet, found: dict[tuple[int, int], list[TextLine]]) -> None:
        """Adds the lines of the cells on a sheet to those found."""
        for line in lines_of(recognise(sheet.pixels, self._resolution, "block")):
            cell = sheet.cell_at(line.baseline - line.letter_height / 2)
            if cell is None:
                continue
            words = [_moved(word, cell) for word in line.words]
            written = self._line(words, line.letter_height, line.baseline + cell.down)
            if written is not None:
                found.setdefault(cell.square, []).append(written)


def _moved(word: ReadWord, cell: CellPicture) -> ReadWord:
    """The word where it stands on the page."""
    left, top, right, bottom = word.box
    return replace(
        word,
        lefts=tuple(edge + cell.right for edge in word.lefts),
        rights=tuple(edge + cell.right for edge in word.rights),
        box=(left + cell.right, top + cell.down, right + cell.right, bottom + cell.down),
    )


def _columns(line: ReadLine) -> Iterator[ReadLine]:
    """The parts of a line between gaps as wide as those of columns."""
    widest = _COLUMN_GAP * line.letter_height / _LETTER
    start = 0
    for at, (one, other) in enumerate(pairwise(line.words), 1):
        if other.box[0] - one.box[2] > widest:
            yield replace(line, words=line.words[start:at])
            start = at
    yield replace(line, words=line.words[start:])


def _in_order(lines: Sequence[TextLine], tables: Iterable[TablePart]) -> Iterator[Item]:
    """The lines, and each table before the first line that stands below its top."""
    waiting = sorted(tables, key=lambda table: table.top)
    for line in lines:
        while waiting and line.baseline > waiting[0].top:
            yield waiting.pop(0)
        yield line
    yield from waiting


def same_sizes(pages: Sequence[ScannedPage]) -> list[PageText]:
    """The pages, each line in the size of the type that it is most likely set in: that of the body or of its notes.

    The height of letters is measured in pixels, so that lines of one type differ a little.
    """
    lines = [line for page in pages for line in page.text.lines if len(line.text) > _MANY]
    sizes = sorted(size for line in lines for size in [line.size] * len(line.text))
    body = median(sizes) if sizes else 0.0
    return [replace(page.text, items=tuple(_sized(item, body) for item in page.text.items)) for page in pages]


_MANY = 20  # characters of a line of the body
_SMALL, _LARGE, _NOTE = 0.86, 1.45, 0.75  # of the size of the body: smaller is a note, larger a title; that of notes
_NOTE_MARK = re.compile(r"\d{1,2}(?=\s)")


def _sized(item: Item, body: float) -> Item:
    """The line in one of the sizes; the mark with which a note begins as what it is."""
    if not isinstance(item, TextLine) or not body or item.size > _LARGE * body:
        return item
    if item.size > _SMALL * body:
        return item._replace(size=body)
    text = _NOTE_MARK.sub(lambda mark: mark[0].translate(SUPERSCRIPTS), item.text, count=1)
    return item._replace(size=_NOTE * body, text=text if _NOTE_MARK.match(item.text) else item.text)
