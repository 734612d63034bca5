"""A list in the prose and the table that gives the same figures row by row.

Which column an item's figure stands in is learnt from the rows that agree: where three or more do, a row that is named
as an item is and holds other figures contradicts it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from de06_extract.comparer import compare
from de06_extract.counted import Material
from de06_extract.document import Cell, Document, Grid
from de06_extract.figures import find_figures
from de06_extract.intervals import Interval
from de06_extract.labels import syllables
from de06_extract.mentions import Mention
from de06_extract.schema import Claim, Comparison, Quantity

_ROLES = ("denominator", "numerator", "percent")
_SHORTEST = 2  # syllables of a name
_PATIENCE = 40  # rare words of an item that its row need not have, before they rule it out
_FEWEST = 3  # rows that agree before the others are held against the prose
_NAMED = 0.6  # of the weight of the words of item and row together that both have
_SURELY_NAMED = 0.7
Words = frozenset[str]


@dataclass(frozen=True)
class _Row:
    """A row of a table: the words that name it, its number, its figures by column."""

    words: Words
    name: str
    figures: Mapping[int, Quantity]


@dataclass(frozen=True)
class _Item:
    """A ratio of the prose with the words of its paragraph or clause."""

    claim: Claim
    words: Words
    about: tuple[int, int]


def find(material: Material) -> Iterator[Comparison]:
    """For each item of the prose that a row is named after, the figures of both."""
    items = _items(material)
    for grid in material.document.grids:
        rows = _rows(material.document, grid)
        pairs = _named_alike(items, rows)
        columns = _columns(pairs)
        if columns:
            for item, row, likeness in pairs:
                yield from _compared(material, item, row, columns, likeness)


def _items(material: Material) -> list[_Item]:
    """The ratios of the prose that have two counts."""
    out = []
    document = material.document
    mentions = {mention.start: mention for mention in material.reading.mentions}
    for claim in material.claims:
        held = [claim.quantities.get(role) for role in _ROLES]
        if (
            claim.kind != "ratio"
            or claim.table
            or not (isinstance(held[0], Quantity) and isinstance(held[1], Quantity))
        ):
            continue
        about = _words_of(material, claim, mentions[held[1].span.start])
        out.append(_Item(claim, frozenset(syllables(document.text[slice(*about)])), about))
    return out


def _words_of(material: Material, claim: Claim, mention: Mention) -> tuple[int, int]:
    """The paragraph that holds no other ratio, else the clause of a ratio."""
    block = material.document.blocks[mention.paragraph]
    low, high = next((pair for pair in block.ranges if pair[0] <= mention.start <= pair[1]), (block.start, block.end))
    at = bisect_right(material.ratio_starts, claim.span.start) - 1
    alone = (at == 0 or material.ratio_starts[at - 1] < low) and (
        at + 1 == len(material.ratio_starts) or material.ratio_starts[at + 1] >= high
    )
    if alone and high - low <= _LONGEST:
        return low, high
    low, high = material.clause(mention)
    return min(low, claim.span.start), max(high, claim.span.end)


def _rows(document: Document, grid: Grid) -> list[_Row]:
    cells: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        if cell.row >= grid.header_rows:
            cells[cell.row].append(cell)
    out = []
    for row in cells.values():
        figures: dict[int, Quantity] = {}
        name = ""
        for cell in row:
            text = document.text[cell.start : cell.end]
            found = _figure(document, cell)
            if found is not None:
                figures.setdefault(cell.column, found)
            elif len(text.strip()) > len(name):
                name = " ".join(text.split())
        out.append(_Row(frozenset(syllables(name)), name, figures))
    return out


def _figure(document: Document, cell: Cell) -> Quantity | None:
    """The number that a cell holds and nothing else."""
    text = document.text[cell.start : cell.end]
    found = next(iter(find_figures(text)), None)
    if found is None or text[: found.start].strip() or text[found.end :].strip():
        return None
    return Quantity(
        value=found.value, decimals=found.decimals, text=text[found.start : found.end],
        unit="%" if found.kind == "percent" else None,
        span=document.span(cell.start + found.start, cell.start + found.end),
    )  # fmt: skip


def _named_alike(items: Sequence[_Item], rows: Sequence[_Row]) -> list[tuple[_Item, _Row, float]]:
    """Each item with the row that shares most of its words, where each is the best for the other.

    A word counts the less the more items and rows have it.
    """
    seen = Counter(word for item in items for word in item.words)
    seen.update(word for row in rows for word in row.words)
    weight = {word: Decimal(1) / count for word, count in seen.items()}
    having: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for word in row.words:
            having[word].append(at)
    best_of_item: dict[int, tuple[float, int]] = {}
    best_of_row: dict[int, tuple[float, int]] = {}
    for number, item in enumerate(items):
        for at in sorted({at for word in item.words if seen[word] <= _RARE for at in having.get(word, ())}):
            likeness = _likeness(item.words, rows[at].words, weight)
            best_of_item[number] = max(best_of_item.get(number, (0.0, 0)), (likeness, -at))
            best_of_row[at] = max(best_of_row.get(at, (0.0, 0)), (likeness, -number))
    return [
        (items[number], rows[-minus_at], likeness)
        for number, (likeness, minus_at) in best_of_item.items()
        if likeness >= _NAMED and best_of_row[-minus_at][1] == -number
    ]


_LONGEST = 600  # characters; a longer paragraph is no item of a list
_RARE = 12  # items and rows; a word that more of them have names none


def _likeness(item: Words, row: Words, weight: Mapping[str, Decimal]) -> float:
    """How much of the row's name the item has, a little less for every word that the row lacks."""
    both, named = sum(weight[word] for word in item & row), sum(weight[word] for word in row)
    if len(row) < _SHORTEST or not named:
        return 0.0
    return float(both / named) - float(sum(weight[word] for word in item - row)) / _PATIENCE


def _quantity(item: _Item, role: str) -> Quantity | None:
    held = item.claim.quantities.get(role)
    return held if isinstance(held, Quantity) else None


def _columns(pairs: Iterable[tuple[_Item, _Row, float]]) -> dict[str, int]:
    """For each role the column whose figures agree with the items' in most rows, and in three at least."""
    agreeing: dict[str, Counter[int]] = defaultdict(Counter)
    compared: Counter[str] = Counter()
    for item, row, _ in pairs:
        for role in _ROLES:
            stated = _quantity(item, role)
            if stated is not None:
                compared[role] += 1
                agreeing[role].update(at for at, figure in row.figures.items() if _agree(stated, figure))
    out: dict[str, int] = {}
    for role in _ROLES:
        column, count = max(agreeing[role].items(), key=lambda found: (found[1], -found[0]), default=(0, 0))
        if count >= _FEWEST and 2 * count > compared[role] and column not in out.values():
            out[role] = column
    return out


def _agree(stated: Quantity, cell: Quantity) -> bool:
    """True where both can be the same number; percentages are rounded."""
    if (stated.unit == "%") != (cell.unit == "%"):
        return False
    if stated.unit != "%":
        return stated.value == cell.value
    return Interval.rounded(stated.value, stated.decimals).meets(Interval.rounded(cell.value, cell.decimals))


def _compared(
    material: Material, item: _Item, row: _Row, columns: Mapping[str, int], likeness: float
) -> Iterator[Comparison]:
    held = [
        (stated, row.figures[columns[role]])
        for role in _ROLES
        if role in columns and columns[role] in row.figures and (stated := _quantity(item, role)) is not None
    ]
    if not held:
        return
    apart = [pair for pair in held if not _agree(*pair)]
    counts = [pair for pair in apart if pair[0].unit != "%"]
    shown = counts or apart or held  # other counts make other percentages: those say nothing more
    shown = sorted(shown, key=lambda pair: pair[0].span.start)
    figures = [stated for stated, _ in shown] + [cell for _, cell in shown]
    certainty = 1.0 if not apart else 0.95 if likeness >= _SURELY_NAMED and not _is_shifted(held, row) else 0.6
    yield compare(
        material, "table", figures, "inconsistent" if apart else "consistent",
        about=item.about, label=row.name, certainty=certainty,
    )  # fmt: skip


def _is_shifted(held: Sequence[tuple[Quantity, Quantity]], row: _Row) -> bool:
    """True where every figure of the item stands in the row, but none in its column: cells of the row were lost."""
    return all(
        not _agree(stated, cell) and any(_agree(stated, other) for other in row.figures.values())
        for stated, cell in held
    )


COMPARER = find
