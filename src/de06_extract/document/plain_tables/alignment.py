"""Tables without rules: rows and columns told from where their words stand.

A piece is a run of words with an ordinary blank between them. Lines with several figures each, one below the other, are
rows where gaps part them into columns all the way down; what stands above them, over the columns, is their headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from de06_extract.document.plain_tables.cells import counts_rows, is_blank, is_figure, is_year, names_total

_FEWEST_ROWS = 3  # with figures; two lines stand one below the other by chance
_FEWEST_COLUMNS = 2  # of figures; with one it is a list, unless a total closes it
_MOST_NAMES = 2  # lines with a name alone between two rows: a group's name, or a name of two lines
_MOST_HEADINGS = 6  # lines above the first row
_MOSTLY = 0.75  # of the cells of a column of figures
_RULE = regex.compile(r"[-=_+|.·\s]+")
_COUNT = regex.compile(r"\(?(\d{1,2}|[A-E])\)?(?:\s*=.*)?")


class Piece(NamedTuple):
    """Words on one line between two gaps, and their edges; `at` is for who made it."""

    left: float
    right: float
    text: str
    at: int = 0


Line = Sequence[Piece]


class Placed(NamedTuple):
    """A piece in its row and column."""

    row: int
    column: int
    piece: Piece


class AlignedTable(NamedTuple):
    """A table: its first and last line, its pieces in their cells, how many rows are headings.

    It is not sure where two pieces of a row stand in one column; they are then counted from the left.
    """

    first: int
    last: int
    cells: tuple[Placed, ...]
    header_rows: int
    is_sure: bool


def find_aligned(lines: Sequence[Line]) -> Iterator[AlignedTable]:
    """The tables among some lines from top to bottom; an empty line is one without pieces."""
    at = done = 0
    while at < len(lines):
        rows = _stretch(lines, at) if _is_data(lines[at]) else []
        table = _table(lines, rows, done) if rows else None
        if table is not None:
            yield table
            done = table.last + 1
        at = rows[-1] + 1 if rows else at + 1


def _is_data(line: Line) -> bool:
    """True for a line with a figure or two behind the first piece; years alone are headings."""
    behind = [piece.text for piece in line[1:]]
    figures = [text for text in behind if is_figure(text)]
    if not figures or all(map(is_year, figures)) or _counts_columns(line):
        return False
    return len(figures) > 1 or 2 * sum(is_figure(text) or is_blank(text) for text in behind) >= len(behind)


def _counts_columns(line: Line) -> bool:
    """True for «(1) (2) (3)=(1)+(2)»."""
    marks = [_COUNT.fullmatch(piece.text) for piece in line]
    numbers = [int(mark[1]) for mark in marks if mark and mark[1].isdecimal()]
    return all(marks) and len(numbers) > _FEWEST_COLUMNS and all(b == a + 1 for a, b in pairwise(numbers))


def _stretch(lines: Sequence[Line], first: int) -> list[int]:
    """The lines from one with figures on, as far as such lines follow; an empty line or two names may lie between."""
    rows, between = [first], list[int]()
    for at in range(first + 1, len(lines)):
        if _is_data(lines[at]):
            rows += [*between, at]
            between = []
        elif _is_rule(lines[at]):
            continue
        elif _may_lie_between(lines[at], [lines[i] for i in between]):
            between.append(at)
        else:
            break
    return rows


def _is_rule(line: Line) -> bool:
    """True for «------  -----»."""
    return bool(line) and all(_RULE.fullmatch(piece.text) and len(piece.text) > 1 for piece in line)


def _may_lie_between(line: Line, before: Sequence[Line]) -> bool:
    if not line:
        return all(before)  # a second empty line ends the table
    names = [one for one in before if one]
    is_bare = len(line) <= 2 and not line[-1].text.endswith((".", ";", ":"))
    return len(names) < _MOST_NAMES and (is_bare or all(is_blank(piece.text) for piece in line[2:]))


def _table(lines: Sequence[Line], rows: Sequence[int], floor: int) -> AlignedTable | None:
    data = [lines[at] for at in rows if _is_data(lines[at])]
    if len(data) < _FEWEST_ROWS:
        return None
    starts = _columns(data)
    figures = _figure_columns(data, starts)
    has_total = any(names_total(piece.text) for line in data for piece in line[:2])
    if len(figures) < (1 if has_total else _FEWEST_COLUMNS):
        return None
    above = _headings(lines, rows[0], floor, starts)
    heads = _placed_headings([lines[at] for at in above], starts)
    count = 1 + max((cell.row for cell in heads), default=-1)
    cells = [*heads]
    body = [lines[at] for at in rows if lines[at]]
    is_sure = _is_sure(data, starts)
    for number, line in enumerate(body, count):
        cells += [
            Placed(number, _place(line, order, starts) if is_sure else order, piece) for order, piece in enumerate(line)
        ]
    return AlignedTable(min(above, default=rows[0]), rows[-1], tuple(cells), count, is_sure)


def _is_sure(data: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    """True where no row has two pieces in one column, and some row fills them all."""
    if max(map(len, data)) != len(columns):
        return False
    return all(len({_place(line, order, columns) for order in range(len(line))}) == len(line) for line in data)


def _place(line: Line, order: int, columns: Sequence[tuple[float, float]]) -> int:
    """The column of a piece: of a line that fills all the next one, else the one that it lies in."""
    return order if len(line) == len(columns) else _column(line[order], columns)


def _columns(data: Sequence[Line]) -> list[tuple[float, float]]:
    """The edges of the columns: those of the rows that fill them all, else of pieces that lie above each other."""
    most = max(map(len, data))
    full = [line for line in data if len(line) == most]
    columns = [(min(p.left for p in held), max(p.right for p in held)) for held in zip(*full, strict=True)]
    apart = all(one[1] <= other[0] for one, other in pairwise(columns))
    if len(full) == len(data) or (apart and 2 * len(full) >= len(data)):
        return columns
    columns = []
    for left, right in sorted((piece.left, piece.right) for line in data for piece in line):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a piece lies in for the most part, or is nearest to."""
    return max(range(len(columns)), key=lambda at: (_overlap(piece, columns[at]), -at))


def _overlap(piece: Piece, column: tuple[float, float]) -> float:
    """How far a piece and a column lie above each other; below nothing, how far they are apart."""
    return min(piece.right, column[1]) - max(piece.left, column[0])


def _figure_columns(data: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that hold figures, but for one that numbers the rows and one that names them by years."""
    held: list[list[str]] = [[] for _ in columns]
    for line in data:
        for order, piece in enumerate(line):
            held[_place(line, order, columns)].append(piece.text)
    return [
        at
        for at, texts in enumerate(held)
        if sum(map(is_figure, texts)) >= _MOSTLY * sum(not is_blank(text) for text in texts) > 0
        and not (at == 0 and (counts_rows([text for text in texts if is_figure(text)]) or all(map(is_year, texts))))
    ]


def _headings(lines: Sequence[Line], first: int, floor: int, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The lines above the first row that head its columns, from the nearest up."""
    found: list[int] = []
    gaps = 0
    for at in range(first - 1, max(floor, first - 2 * _MOST_HEADINGS) - 1, -1):
        line = lines[at]
        if not line and not found and not gaps:
            gaps += 1
        elif _is_rule(line):
            continue
        elif line and _heads(line, columns) and len(found) < _MOST_HEADINGS:
            found.append(at)
        else:
            break
    while found and len(lines[found[-1]]) == 1 and not _stands_over_figures(lines[found[-1]][0], columns):
        found.pop()  # a title
    return found


def _heads(line: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """True for words over several columns, or over those behind the first."""
    if _counts_columns(line):
        return True
    if any(is_figure(piece.text) and not is_year(piece.text) for piece in line):
        return False
    return len(line) > 1 or _stands_over_figures(line[0], columns) or len(columns) == 1


def _stands_over_figures(piece: Piece, columns: Sequence[tuple[float, float]]) -> bool:
    return piece.left >= columns[0][1]


def _placed_headings(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Placed]:
    """The headings from the nearest line up in one row, under another row where some stand over several columns."""
    over = _covers(lines, list(columns))
    merged = [(line, at) for line, covers in enumerate(over) for at, cover in enumerate(covers) if len(cover) > 1]
    below = {column for line, at in merged for column in over[line][at]}
    cells = []
    for number in range(len(lines) - 1, -1, -1):
        for at, piece in enumerate(lines[number]):
            cover = over[number][at]
            is_leaf = len(cover) == 1 and cover[0] in below and any(number < line for line, _ in merged)
            row = 2 if _counts_columns(lines[number]) else 1 if is_leaf else 0
            cells.append(Placed(row, cover[0], piece))
    return cells


def _covers(lines: Sequence[Line], columns: list[tuple[float, float]]) -> list[list[list[int]]]:
    """The columns that each heading of each line stands over; what stands over one alone makes it as wide."""
    for line in lines:
        for order, piece in enumerate(line):
            cover = _covered(line, order, columns)
            left, right = columns[cover[0]]
            if len(cover) == 1 and (len(line) == len(columns) or _overlap(piece, (left, right)) > 0):
                columns[cover[0]] = (min(left, piece.left), max(right, piece.right))
    nearest, *upper = lines or [[]]
    return [
        [_covered(nearest, order, columns) for order in range(len(nearest))],
        *([_touched(line, order, columns) for order in range(len(line))] for line in upper),
    ]


def _touched(line: Line, order: int, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a heading with others below it stands over: all that it reaches."""
    if len(line) == len(columns):
        return [order]
    reached = [at for at, column in enumerate(columns) if _overlap(line[order], column) > 0]
    return reached or _covered(line, order, columns)


def _covered(line: Line, order: int, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a heading stands over."""
    if len(line) == len(columns):
        return [order]
    piece = line[order]
    middles = [at for at, (left, right) in enumerate(columns) if piece.left <= (left + right) / 2 <= piece.right]
    return middles or [_column(piece, columns)]
