"""The cells that rulings make on a PDF page, merged cells as one, and the tables that fill them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from de06_extract.document.document import GridReading
from de06_extract.readers.pdf.budget import Budget
from de06_extract.readers.pdf.glyphs import THIN
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.views import Box

_SNAP = 3.0  # points; rules this close are one, as the two borders between cells
_MOST_CROSSINGS = 4_000  # of the rules of a page that is read once more: half a second, which grows with their square
_MOST_CELLS = 20_000  # of a table; a page that draws more holds a drawing, not a table

Square = tuple[int, int]  # row and column
Drawn = dict[int, list[tuple[float, float, float]]]  # by the rounded place of rules: the exact place and the two ends


@dataclass(frozen=True)
class Frame:
    """A ruled grid: the heights of its rules from the top, its upright rules from the left, its cells.

    `owners` gives, for each square (row, column) between the rules, the square that holds the text of its cell.
    """

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    owners: dict[Square, Square]

    @cached_property
    def rising(self) -> tuple[float, ...]:
        """The heights of the level rules from the bottom."""
        return self.ys[::-1]

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    def holds(self, x: float, y: float) -> bool:
        """True for a point inside the outer rules."""
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1

    def cell_at(self, x: float, y: float) -> Square:
        """The row and column of the cell around a point inside the outer rules."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(len(self.ys) - bisect_left(self.rising, y) - 1, 0), len(self.ys) - 2)
        return self.owners[row, column]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The part of a table that stands on one page: each row a tuple of cells, each cell its lines.

    One whose columns are told from how they are aligned has no upright rules, `xs`.
    """

    page: int
    top: float
    bottom: float
    xs: tuple[float, ...]
    rows: tuple[tuple[tuple[TextLine, ...], ...], ...]
    reading: GridReading = "marked"


def is_ruled(rules: Iterable[Box]) -> bool:
    """True for a page whose rulings may make a table: three level ones and two upright ones.

    The line under a heading and the line above the footnotes are level and alone.
    """
    levels = uprights = 0
    for rule in rules:
        levels += _is_level(rule)
        uprights += _is_upright(rule)
    return levels >= 3 and uprights >= 2


def _is_level(rule: Box) -> bool:
    return rule[3] - rule[1] < THIN < rule[2] - rule[0]


def _is_upright(rule: Box) -> bool:
    return rule[2] - rule[0] < THIN < rule[3] - rule[1]


def find_frames(
    rules: Sequence[Box], reread: Callable[[], list[list[Box]]], budget: Budget | None = None
) -> list[Frame]:
    """The ruled grids of a page. Where merged cells are not rectangles, `reread()` gives the cells of each table.

    Not of a page with so many crossings that this would take long, and not of more pages than the budget has.
    """
    frames, budget = [], budget or Budget()
    for group in _touching(rules):
        frame = _frame(group)
        if frame is None:
            continue
        budget.take_things(frame.rows * frame.columns)
        if not _is_regular(frame) and _crossings(rules) <= _MOST_CROSSINGS and budget.may_reread():
            return [better for cells in reread() if (better := frame_of_cells(cells))] or [frame]
        frames.append(frame)
    return frames


def _crossings(rules: Sequence[Box]) -> int:
    """The places at which rules could cross, were they all as long as the page."""
    levels = _clusters([(rule[1] + rule[3]) / 2 for rule in rules if _is_level(rule)])
    uprights = _clusters([(rule[0] + rule[2]) / 2 for rule in rules if _is_upright(rule)])
    return len(levels) * len(uprights)


def frame_of_cells(cells: Sequence[Box]) -> Frame | None:
    """The frame of a table whose cells are known as boxes, merged cells being larger ones."""
    xs = _clusters([x for cell in cells for x in (cell[0], cell[2])])
    ys = _clusters([y for cell in cells for y in (cell[1], cell[3])])[::-1]
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    owners = {square: square for square in product(range(len(ys) - 1), range(len(xs) - 1))}
    for cell in cells:
        squares = _squares_in(cell, xs, ys)
        owners.update(dict.fromkeys(squares, min(squares, default=(0, 0))))
    return Frame(tuple(ys), tuple(xs), owners)


def _squares_in(cell: Box, xs: Sequence[float], ys: Sequence[float]) -> list[Square]:
    """The squares between the rules that a cell covers."""
    left, bottom, right, top = cell
    rows = [row for row, (upper, lower) in enumerate(pairwise(ys)) if bottom - _SNAP < lower and upper < top + _SNAP]
    columns = [column for column, (x0, x1) in enumerate(pairwise(xs)) if left - _SNAP < x0 and x1 < right + _SNAP]
    return list(product(rows, columns))


def _touching(rules: Sequence[Box]) -> Iterator[list[Box]]:
    """The rulings in groups that touch: each group may be a table."""
    waiting = sorted((rule for rule in rules), key=lambda rule: -rule[3])
    groups: list[tuple[Box, list[Box]]] = []
    for rule in waiting:
        box, members = rule, [rule]
        apart = []
        for other, others in groups:
            if _touch(other, box):
                box, members = _around(box, other), others + members
            else:
                apart.append((other, others))
        groups = [*apart, (box, members)]
    for _, members in sorted(groups, key=lambda group: -group[0][3]):
        if is_ruled(members):
            yield members


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] - _SNAP <= other[2]
        and other[0] - _SNAP <= one[2]
        and one[1] - _SNAP <= other[3]
        and other[1] - _SNAP <= one[3]
    )


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _clusters(values: Iterable[float]) -> list[float]:
    """The values, those within a few points of each other as one.

    >>> _clusters([10.0, 50.2, 10.4, 49.8])
    [10.0, 49.8]
    """
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept


def _frame(rules: Sequence[Box]) -> Frame | None:
    """The frame of some touching rules; squares without a rule between them are one cell."""
    levels = [rule for rule in rules if _is_level(rule)]
    uprights = [rule for rule in rules if _is_upright(rule)]
    ends = [min(rule[0] for rule in levels), max(rule[2] for rule in levels)]
    xs = _clusters([(rule[0] + rule[2]) / 2 for rule in uprights] + ends)
    ys = _clusters([(rule[1] + rule[3]) / 2 for rule in levels])[::-1]
    if len(xs) < 2 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    return Frame(tuple(ys), tuple(xs), _owners(xs, ys, _covered(levels, 1, 0), _covered(uprights, 0, 1)))


def _owners(xs: Sequence[float], ys: Sequence[float], across: Drawn, down: Drawn) -> dict[Square, Square]:
    """For each square the first of those that no rule, level or upright, keeps from it."""
    before: dict[Square, Square] = {}  # one that it is joined to, itself where that is the first

    def first(square: Square) -> Square:
        while (earlier := before[square]) != square:
            before[square] = before[earlier]  # half the way for the next question
            square = earlier
        return square

    for row, column in product(range(len(ys) - 1), range(len(xs) - 1)):
        here = (row, column)
        before[here] = here
        if row and not _is_drawn(across, ys[row], xs[column], xs[column + 1]):
            before[here] = first((row - 1, column))
        if column and not _is_drawn(down, xs[column], ys[row + 1], ys[row]):
            earlier, later = sorted((first(here), first((row, column - 1))))
            before[later] = earlier
    return {square: first(square) for square in before}


def _covered(rules: Iterable[Box], place: int, along: int) -> Drawn:
    """For each rounded place of a rule, the rules there: the exact place and the two ends."""
    found = defaultdict(list)
    for rule in rules:
        at = (rule[place] + rule[place + 2]) / 2
        found[round(at)].append((at, rule[along], rule[along + 2]))
    return found


def _is_drawn(rules: Drawn, at: float, start: float, end: float) -> bool:
    """True where rules at that place run along more than half of the way from `start` to `end`."""
    length = 0.0
    for key in range(round(at) - 4, round(at) + 5):
        for place, first, last in rules.get(key, ()):
            if abs(place - at) <= _SNAP:
                length += max(0.0, min(last, end) - max(first, start))
    return length > 0.5 * (end - start)


def _is_regular(frame: Frame) -> bool:
    """True where every cell is a rectangle."""
    squares = defaultdict(list)
    for square, owner in frame.owners.items():
        squares[owner].append(square)
    for members in squares.values():
        rows, columns = {row for row, _ in members}, {column for _, column in members}
        if len(rows) * len(columns) != len(members):
            return False
    return True
