"""What one page of a PDF says: its lines and ruled tables in reading order."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from de06_extract.readers.pdf.annotations import Form, is_written, put_in_place, written_boxes
from de06_extract.readers.pdf.budget import Budget
from de06_extract.readers.pdf.columns import in_columns
from de06_extract.readers.pdf.glyphs import THIN, Glyphs, Memory
from de06_extract.readers.pdf.lines import TextLine, as_shown, make_line
from de06_extract.readers.pdf.pieces import (
    LinePiece,
    Printed,
    find_pieces,
    find_runs,
    join_pieces,
    pieces_of,
    turns_of_most,
)
from de06_extract.readers.pdf.tables.cells import whole_figures
from de06_extract.readers.pdf.tables.frames import Frame, TablePart, find_frames, is_ruled
from de06_extract.readers.pdf.tables.merged_rows import split_rows
from de06_extract.readers.pdf.tables.plain_tables import Item, with_plain_tables
from de06_extract.readers.pdf.views import Box, View
from de06_extract.schema.source import PageSize

Group = tuple[int, int, int]
"""The place of some text on a page: the index of the frame and the cell's row and column; -1 outside all frames."""

_MUCH = 0.5  # of a page; a scan covers more, a picture with the text about it less
_FEW_WORDS = 20  # of a page; the page number and the running header of a scanned annex have fewer
_SAMPLE = 12  # runs of a page that are asked whether they are seen
_KERNING, _TOUCHING = 0.15, 0.06  # of a character's height: letters of a word overlap by less, or are less apart
_LEVEL = 0.3  # of a character's height, between the feet of characters on one level
_WORD = re.compile(r"\S+")

OUTSIDE: Group = (-1, -1, -1)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its size as read and as displayed, its lines and tables in reading order, heights of short level rules.

    `separators` count from the page's top, as lines do. `is_image` says that it shows an image and that what it says
    stands there: it has no text of its own, or hardly any beside an image of half a page. `own_words` is how many words
    it has beside those in form fields, stamps and signatures. `is_overlaid` says that its text is not seen but lies
    over an image, as a scanner puts what it recognised.
    """

    number: int
    width: float
    height: float
    displayed: PageSize
    items: tuple[Item, ...]
    separators: tuple[float, ...]
    is_image: bool
    own_words: int
    is_overlaid: bool = False

    @property
    def lines(self) -> list[TextLine]:
        """The lines outside tables."""
        return [item for item in self.items if isinstance(item, TextLine)]


def read_page(raw: Any, document: Any, number: int, data: bytes, memory: Memory, form: Form) -> PageText | None:
    """The text of page `number`, counted from 1, of an open document; None for a page that PDFium cannot load."""
    page = raw.FPDF_LoadPage(document, number - 1)
    if not page:
        return None
    copied = textpage = None
    try:
        written = written_boxes(raw, page, memory.budget)
        copied = form.copy(document, number, page) if written else None
        if copied:
            raw.FPDF_ClosePage(page)
            page = raw.FPDF_LoadPage(copied, 0)
        textpage = raw.FPDFText_LoadPage(page) if page else None
        if not textpage:
            return None
        return _page_text(Glyphs(raw, page, textpage, memory), number, data, written, memory.budget)
    finally:
        if textpage:
            raw.FPDFText_ClosePage(textpage)
        if page:
            raw.FPDF_ClosePage(page)
        if copied:
            raw.FPDF_CloseDocument(copied)


class _Side(NamedTuple):
    """A page as seen from one side: its characters, rules, images, tables and the pieces of its text."""

    glyphs: Glyphs
    rules: list[Box]
    images: list[Box]
    frames: list[Frame]
    groups: dict[Group, list[LinePiece]]


def _page_text(displayed: Glyphs, number: int, data: bytes, written: Sequence[Box], budget: Budget) -> PageText:
    runs = list(find_runs(displayed.text))
    side = _seen_from(displayed, runs, lambda: _cells_of_pdfplumber(data, number), budget)
    turns = turns_of_most(side.groups.values())
    if turns:
        turned = displayed.turned(turns)
        side = _seen_from(turned, _downwards(turned, runs), list, budget)
    glyphs, rules, images, frames, groups = side
    view = glyphs.view
    own_words = _count_words(glyphs, groups.values(), written) if images else 0
    if written:
        groups = {group: put_in_place(pieces, written, view) for group, pieces in groups.items()}
    items = _items(glyphs, number, groups, frames)
    separators = tuple(
        sorted(view.height - top for left, bottom, right, top in rules if top - bottom < THIN < right - left)
    )
    is_image = bool(images) and own_words < (_FEW_WORDS if _covers_much(images, view) else 1)
    is_overlaid = not is_image and _covers_much(images, view) and _is_unseen(glyphs, runs)
    size = _size(displayed.view)
    return PageText(number, view.width, view.height, size, items, separators, is_image, own_words, is_overlaid)


def _size(view: View) -> PageSize:
    """The page as displayed, in points to two decimals, as boxes are."""
    return PageSize(width=round(view.width, 2), height=round(view.height, 2), rotation=90 * view.turns)


def _seen_from(
    glyphs: Glyphs, runs: Iterable[tuple[int, int]], reread: Callable[[], list[list[Box]]], budget: Budget
) -> _Side:
    rules, images = glyphs.drawings()
    frames = find_frames(rules, reread, budget) if is_ruled(rules) else []
    return _Side(glyphs, rules, images, frames, _grouped_pieces(glyphs, frames, runs))


def _items(
    glyphs: Glyphs, number: int, groups: dict[Group, list[LinePiece]], frames: Sequence[Frame]
) -> tuple[Item, ...]:
    """The lines and tables that the pieces make, a table where its first words stand."""
    items: list[Item] = []
    placed: set[int] = set()
    for group, pieces in groups.items():
        if group[0] < 0:
            items += in_columns([make_line(glyphs, number, line) for line in join_pieces(glyphs, pieces)])
        elif group[0] not in placed:
            placed.add(group[0])
            items.append(_table(glyphs, number, groups, group[0], frames[group[0]]))
    items = with_plain_tables(items)
    return tuple(_as_shown(item, glyphs) for item in items) if glyphs.is_turned else tuple(items)


def _as_shown(item: Item, glyphs: Glyphs) -> Item:
    """A line or table of a page that is read from another side, with its boxes on the page as displayed."""
    if isinstance(item, TextLine):
        return as_shown(item, glyphs)
    rows = tuple(tuple(tuple(as_shown(line, glyphs) for line in cell) for cell in row) for row in item.rows)
    return replace(item, rows=rows)


def _count_words(glyphs: Glyphs, groups: Iterable[Sequence[LinePiece]], written: Sequence[Box]) -> int:
    """How many words some pieces have that are in none of the boxes of the page's own space."""
    boxes = [glyphs.view.box(*box) for box in written]
    own = (piece for pieces in groups for piece in pieces if not boxes or not is_written(piece, boxes))
    return sum(len(glyphs.text[piece.indices[0] : piece.indices[-1] + 1].split()) for piece in own)


def _is_unseen(glyphs: Glyphs, runs: Sequence[tuple[int, int]]) -> bool:
    """True where most of a sample of a page's text is drawn invisibly."""
    sample = runs[:: len(runs) // _SAMPLE + 1]
    return 2 * sum(glyphs.is_unseen(start) for start, _ in sample) > len(sample)


def _covers_much(images: Iterable[Box], view: View) -> bool:
    """True where images, a scan cut into strips among them, cover half of the page or more."""
    covered = 0.0
    for left, bottom, right, top in images:
        width, height = min(right, view.width) - max(left, 0), min(top, view.height) - max(bottom, 0)
        covered += max(width, 0) * max(height, 0)
    return covered >= _MUCH * view.width * view.height


def _downwards(glyphs: Glyphs, runs: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The runs from top to bottom where most follow each other upwards, as PDFium sorts the lines of turned text.

    The lines of mirrored text follow each other upwards where they are level.
    """
    way = -1 if runs and glyphs.is_mirrored(runs[len(runs) // 2][0]) else 1
    tops = [way * glyphs.tops[start] for start, _ in runs]
    steps = [one - other for one, other in pairwise(tops)]
    if 2 * sum(step < 0 for step in steps) <= len(steps):
        return runs
    return sorted(runs, key=lambda run: (-way * glyphs.tops[run[0]], glyphs.lefts[run[0]]))


def _grouped_pieces(
    glyphs: Glyphs, frames: Sequence[Frame], runs: Iterable[tuple[int, int]]
) -> dict[Group, list[LinePiece]]:
    """The pieces of the page's text, those of one cell together; text before and after a table stays apart."""
    groups: dict[Group, list[LinePiece]] = defaultdict(list)
    outside, printed = OUTSIDE, Printed(glyphs)
    for start, end in runs:
        if frames:
            inside = _by_cell(glyphs, frames, start, end)
            if inside is not None:
                outside = (outside[0] - 1, -1, -1) if groups.get(outside) else outside
                for cell, indices in inside.items():
                    groups[cell] += [piece for piece in pieces_of(glyphs, indices) if not printed.holds(piece)]
                continue
        groups[outside] += [piece for piece in find_pieces(glyphs, start, end) if not printed.holds(piece)]
    return {group: pieces for group, pieces in groups.items() if pieces}


def _by_cell(glyphs: Glyphs, frames: Sequence[Frame], start: int, end: int) -> dict[Group, list[int]] | None:
    """The characters of a run by the cell they stand in; None where the run stands outside all frames."""
    lefts, bottoms, rights, tops = glyphs.between(start, end)
    left, right, middle = min(lefts), max(rights), (min(bottoms) + max(tops)) / 2
    around = [at for at, one in enumerate(frames) if one.holds(left, middle) or one.holds(right, middle)]
    if not around:
        return None
    at, frame = around[0], frames[around[0]]

    def cell_of(i: int) -> tuple[int, int]:
        return frame.cell_at((lefts[i] + rights[i]) / 2, (bottoms[i] + tops[i]) / 2)

    cells: dict[Group, list[int]] = defaultdict(list)
    in_one = cell_of(lefts.index(left)) == cell_of(rights.index(right))
    words = [(start, end)] if in_one else (word.span() for word in _WORD.finditer(glyphs.text, start, end))
    for first, last in words:
        if glyphs.is_clipped(first):
            continue
        row, column = cell_of(first - start)
        if in_one or (row, column) == cell_of(last - 1 - start):
            cells[at, row, column].extend(range(first, last))
            continue
        for part in _parts(glyphs, range(first, last), [cell_of(i - start) for i in range(first, last)]):
            (of_most, _), *_ = Counter(cell_of(i - start) for i in part).most_common(1)
            cells[(at, *of_most)].extend(part)
    return cells


def _parts(glyphs: Glyphs, word: range, cells: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """The characters of a word that reaches over rules, apart where a gap lies at a rule: figures of two cells."""
    part: list[int] = []
    for i, cell, before in zip(word, cells, (None, *cells), strict=False):
        if part and cell != before and not _touch(glyphs, i - 1, i):
            yield part
            part = []
        part.append(i)
    yield part


def _touch(glyphs: Glyphs, one: int, other: int) -> bool:
    """True for a character right behind another on one level, as the letters of a word stand."""
    height = min(glyphs.tops[one] - glyphs.bottoms[one], glyphs.tops[other] - glyphs.bottoms[other])
    gap, step = glyphs.lefts[other] - glyphs.rights[one], glyphs.bottoms[other] - glyphs.bottoms[one]
    return -_KERNING * height <= gap <= _TOUCHING * height and abs(step) <= _LEVEL * height


def _table(glyphs: Glyphs, number: int, groups: dict[Group, list[LinePiece]], at: int, frame: Frame) -> TablePart:
    """The table that fills a frame; the text of a merged cell stands in its first row and column."""
    rows = tuple(
        tuple(
            _cell_lines(glyphs, number, groups[at, row, column], frame.xs[column : column + 2])
            if (at, row, column) in groups
            else ()
            for column in range(frame.columns)
        )
        for row in range(frame.rows)
    )
    height = glyphs.view.height
    return TablePart(number, height - frame.ys[0], height - frame.ys[-1], frame.xs, split_rows(rows))


def _cell_lines(
    glyphs: Glyphs, number: int, pieces: Sequence[LinePiece], edges: Sequence[float]
) -> tuple[TextLine, ...]:
    """The lines of a cell between two edges."""
    return whole_figures([make_line(glyphs, number, line) for line in join_pieces(glyphs, pieces)], *edges)


def _cells_of_pdfplumber(data: bytes, number: int) -> list[list[Box]]:
    """The cells of each table that pdfplumber finds on a page, for grids that our own reading cannot make out."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as document:
            page = document.pages[0]
            height, left, top = float(page.height), float(page.bbox[0]), float(page.bbox[1])
            return [
                [(x0 - left, height - (y1 - top), x1 - left, height - (y0 - top)) for x0, y0, x1, y1 in table.cells]
                for table in page.find_tables()
            ]
    except Exception:  # pdfplumber raises whatever its parser meets; our own reading of the rulings stands then
        return []
