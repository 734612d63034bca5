"""The rows of a table: each cell under its column, also where a row lost a cell, and what each row is called.

A conversion drops empty cells, so that what stands behind them moves to the left. A row is put right where the kinds of
its cells leave one way to do it; where they leave several it is not used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import regex

from de06_extract.claims.tables.cells import EMPTY, TableCell, says
from de06_extract.claims.tables.headings import ORDINAL, Heading, names_ordinals
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, words

ColumnKind = Literal["ordinal", "text", "count", "percent", "rate", "unknown"]  # a rate has no percent sign
RowKind = Literal["item", "total", "subtotal", "average", "group"]

_SHARE = regex.compile(r"\d\s?%")
_LARGEST_RATE = 1000  # percent; what is larger for the most part is counted
_FEWEST_NUMBERED = 3  # rows; fewer may hold 1 and 2 by chance
_MOST_WAYS = 50  # of putting a row right; with more it is not certain anyway
_NAME_END = regex.compile(r"(?<![\s:.*])[\s:.*]*+(?:\([^()]*+\)[\s:.*]*+)?+\Z")
_COUNTS = regex.compile(rf"(?i){any_of('tables', 'counts')}(?!\p{{L}})")
_MOST_LOST = 16  # cells of a row; where more are lost, nothing says under which columns the others stand
_FORMULA = regex.compile(r"\(?\s*=?\s*((?:[IVX]+|[A-ZĐ]|\d+)(?:\s*\+\s*(?:[IVX]+|[A-ZĐ]|\d+))+)\s*\)?")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the headings: `number` counts rows of the table from 1, headings included.

    `ways` are the possible rows of cells where it is not certain which columns they stand in; `cells` is then None.
    """

    number: int
    cells: tuple[TableCell, ...]
    ordinal: str
    name: str
    kind: RowKind
    ways: tuple[tuple[TableCell, ...], ...] = ()
    addends: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """True where each figure stands under its column for sure."""
        return not self.ways


def column_kinds(rows: Sequence[Sequence[TableCell]], headings: Sequence[Heading]) -> tuple[ColumnKind, ...]:
    """What most cells of each column are; a column of ordinals numbers the rows."""
    kinds: list[ColumnKind] = []
    for column in range(len(headings)):
        cells = [row[column] for row in rows if not row[column].holds_nothing]
        kinds.append(_column_kind(cells, headings[column], column))
    return tuple(kinds)


def _column_kind(cells: Sequence[TableCell], heading: Heading, column: int) -> ColumnKind:
    if names_ordinals(heading):
        return "ordinal"
    if not cells:
        return "unknown"
    if column == 0 and _numbers_rows(cells, heading):
        return "ordinal"
    if (column == 0 or says(heading.text, "years")) and all(cell.is_year for cell in cells):
        return "text"
    counted = Counter(cell.kind for cell in cells)
    if 2 * counted["text"] >= len(cells):
        return "text"
    if counted["percent"] >= counted["count"]:
        return "percent"
    return "rate" if _is_rate(heading) and not _are_large(cells) else "count"


def _numbers_rows(cells: Sequence[TableCell], heading: Heading) -> bool:
    """True for 1, 2, 3 … without a gap, words between them, and for mostly ordinals, years aside, without a heading."""
    texts = [cell.text for cell in cells if not cell.is_year]
    numbers = [text for text in texts if text[:1].isdecimal()]
    if len(numbers) >= _FEWEST_NUMBERED and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
        return True
    return not heading.text and 2 * sum(bool(ORDINAL.fullmatch(text)) for text in texts) > len(texts)


def _is_rate(heading: Heading) -> bool:
    """True for «Tỷ lệ (%)» and for a column under it; «Số hồ sơ đạt 100%» counts."""
    leaf, parent = (_SHARE.sub("", text) for text in (heading.leaf, heading.parent))
    if says(leaf, "rate") or "%" in leaf:
        return True
    return (says(parent, "rate") or "%" in parent) and not _COUNTS.match(leaf)


def _are_large(cells: Sequence[TableCell]) -> bool:
    figures = [cell.figure for cell in cells if cell.figure is not None]
    return 2 * sum(1 for figure in figures if figure.value > _LARGEST_RATE) > len(figures)


def put_right(cells: Sequence[TableCell], kinds: Sequence[ColumnKind], common: int) -> list[tuple[TableCell, ...]]:
    """The rows that the cells can be, one where that is certain; `common` is how many cells most rows have."""
    width = len(kinds)
    as_is = tuple(cells) + (EMPTY,) * (width - len(cells))
    lost = max(0, common - len(cells))
    if all(not cell.is_number for cell in cells):
        return [as_is]
    fits = all(_fits(cell, kind) for cell, kind in zip(as_is, kinds, strict=True))
    if lost == 0:
        if fits:
            return [as_is]
        lost = min(1, sum(1 for cell in reversed(as_is) if cell.kind == "empty"))
        if not lost:
            return [as_is]
    if lost > _MOST_LOST:
        return []
    return _placed(as_is, kinds, lost) or ([as_is] if fits else [])


def _placed(row: Sequence[TableCell], kinds: Sequence[ColumnKind], lost: int) -> list[tuple[TableCell, ...]]:
    """The rows that the cells can be where so many were lost; cells move no less than the one before if they can."""
    filled = [(column, cell) for column, cell in enumerate(row) if cell.kind != "empty"]
    for steady in (True, False):
        ways = _distinct(_place(places, filled, len(kinds)) for places in _ways(filled, kinds, lost, steady))
        if ways:
            return ways
    return []


def _ways(
    filled: Sequence[tuple[int, TableCell]], kinds: Sequence[ColumnKind], lost: int, steady: bool
) -> Iterator[tuple[int, ...]]:
    """The columns for each cell, in order: moved right by at most `lost`; `steady`: no less than the one before."""

    def steps(at: int, shift: int, last: int) -> Iterator[tuple[int, int]]:
        column, cell = filled[at]
        for move in range(shift if steady else 0, lost + 1):
            target = column + move
            if last < target < len(kinds) and _fits(cell, kinds[target]):
                yield move, target

    return islice(_trails(len(filled), steps), _MOST_WAYS)


def _trails(length: int, steps: Callable[[int, int, int], Iterator[tuple[int, int]]]) -> Iterator[tuple[int, ...]]:
    """The targets of every way through so many steps; what once led nowhere is not tried again.

    A step is asked for with its number and the move and target of the one before.
    """
    before = [(0, -1)]  # the move and target of each step taken
    open_steps = [steps(0, 0, -1)] if length else []
    dead: set[tuple[int, int, int]] = set()
    found = [False]  # whether a way was found behind each of them
    while open_steps:
        at = len(open_steps)
        taken = next((pair for pair in open_steps[-1] if (at, *pair) not in dead), None)
        if taken is None:
            open_steps.pop()
            if not found.pop():
                dead.add((at - 1, *before[-1]))
            before.pop()
        elif at == length:
            yield (*(target for _, target in before[1:]), taken[1])
            found = [True] * len(found)
        else:
            before.append(taken)
            found.append(False)
            open_steps.append(steps(at, *taken))


def _place(places: Sequence[int], filled: Sequence[tuple[int, TableCell]], width: int) -> tuple[TableCell, ...]:
    out = [EMPTY] * width
    for place, (_, cell) in zip(places, filled, strict=True):
        out[place] = cell
    return tuple(out)


def _distinct(ways: Iterator[tuple[TableCell, ...]]) -> list[tuple[TableCell, ...]]:
    """One of those that put all figures in the same columns."""
    out: dict[tuple[int, ...], tuple[TableCell, ...]] = {}
    for way in ways:
        out.setdefault(tuple(cell.start if cell.is_number else -1 for cell in way), way)
    return list(out.values())


def _fits(cell: TableCell, kind: ColumnKind) -> bool:
    """True where a cell of this kind may stand in such a column."""
    if cell.holds_nothing or kind == "unknown":
        return True
    if kind == "ordinal":
        return cell.kind == "text" or ORDINAL.fullmatch(cell.text) is not None
    if kind == "text":
        return not cell.is_number
    if kind == "rate":
        return cell.is_number
    return cell.kind == kind or (
        kind == "percent" and cell.kind == "count" and bool(cell.figure and cell.figure.decimals)
    )


def name_row(
    number: int, ways: Sequence[tuple[TableCell, ...]], raw: tuple[TableCell, ...], kinds: Sequence[ColumnKind]
) -> TableRow:
    """The row with its ordinal and name, and what it is."""
    cells = ways[0] if len(ways) == 1 else raw
    ordinal = cells[0].text if kinds and kinds[0] == "ordinal" else ""
    texts = [c for c, kind in zip(cells, kinds, strict=True) if c.kind == "text" and kind != "ordinal"]
    name = texts[0].text if texts else ""
    if ordinal and not ORDINAL.fullmatch(ordinal):
        name, ordinal = name or ordinal, ""
    return TableRow(
        number, cells, ordinal.strip(" .()"), name, _row_kind(name, ordinal, cells),
        () if len(ways) == 1 else tuple(ways) or (raw,), _addends(name),
    )  # fmt: skip


def _row_kind(name: str, ordinal: str, cells: Sequence[TableCell]) -> RowKind:
    bare = fold(_NAME_END.sub("", name)).strip(" :.*")
    if bare in words("tables", "total"):
        return "total"
    if bare and says(bare, "average") and regex.match(rf"(?:{any_of('tables', 'average')})", bare):
        return "average"
    if not ordinal and _subtotal(bare):
        return "subtotal"
    return "item" if any(cell.is_number for cell in cells) else "group"


def _subtotal(name: str) -> bool:
    """True for «Cộng I», «Tổng nhóm A», «Cộng mục 1»."""
    return regex.fullmatch(rf"{any_of('tables', 'subtotal')}\s+(?:[ivx]+|[a-zđ]|\d+)", name) is not None


def _addends(name: str) -> tuple[str, ...]:
    """The ordinals that a total says it adds up: «Tổng cộng (I+II)»."""
    match = _FORMULA.search(name)
    return tuple(part.strip() for part in match[1].split("+")) if match else ()
