"""A list in the prose and the table that gives the same figures row by row.

Which column an item's figure stands in is learnt from the rows that agree: where three or more do, a row that is named
as an item is and holds other figures contradicts it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from de06_extract.claims.prose.mentions import Mention
from de06_extract.comparisons.comparison import compare
from de06_extract.comparisons.counts import Counts
from de06_extract.document.document import Cell, Document, Grid
from de06_extract.document.periods import find_periods
from de06_extract.language.labels import syllables
from de06_extract.language.vocabulary import words
from de06_extract.numbers.figures import find_figures, quantity_of
from de06_extract.numbers.intervals import Interval
from de06_extract.numbers.slips import is_one_edit
from de06_extract.schema.report import Claim, Comparison, Quantity

_ROLES = ("denominator", "numerator", "percent")
_SHORTEST = 2  # syllables of a name
_PATIENCE = 40  # rare words of an item that its row need not have, before they rule it out
_COUNTS = ("numerator", "denominator")
_LARGE = 1000  # of smaller totals too many are equal by chance
_MOSTLY = 0.6  # of the rows agree, or it is a table of another time
_FEWEST = 3  # rows that agree before the others are held against the prose
_NEARLY = 0.8  # of the rows that agree best: a column of late cases may be as good as the one that is meant
_NAMED = 0.6  # of the weight of the words of item and row together that both have
_SURELY_NAMED = 0.7  # of that weight; with less, row and item may be two things with much in their names alike
_SURE, _UNSURE = 0.95, 0.6  # how sure a conflict is, where both name and columns are beyond doubt and where not
Words = frozenset[str]
_Columns = Mapping[str, tuple[int, ...]]


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


class _List:
    """The items of the prose, looked up by their words and counts."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self.items = items
        self.having: dict[str, list[int]] = defaultdict(list)
        self.with_count: dict[tuple[str, Decimal], list[_Item]] = defaultdict(list)
        for number, item in enumerate(items):
            for word in item.words:
                self.having[word].append(number)
            for role in _COUNTS:
                held = _quantity(item, role)
                if held is not None and held.value >= _LARGE:
                    self.with_count[role, held.value].append(item)


def find(material: Counts) -> Iterator[Comparison]:
    """For each item of the prose that a row is named after, the figures of both."""
    items = _List(_items(material))
    for grid in (grid for grid in material.document.grids if grid.reading != "unsure"):
        rows = _rows(material.document, grid)
        pairs = _named_alike(items, rows)
        columns = _columns(pairs)
        if columns:
            agreeing = _is_same_list(material, grid, pairs, columns)
            for item, row, likeness in pairs:
                yield from _compared(material, item, row, columns, likeness if agreeing else 0.0)
            for item, row, shifted in _totals(items, rows, columns):
                yield from _compared(material, item, row, shifted, 1.0)


def _is_same_list(material: Counts, grid: Grid, pairs: Sequence[tuple[_Item, _Row, float]], columns: _Columns) -> bool:
    """True where the list and the table speak of the same time, and most of their rows agree in full."""
    titles = find_periods(material.document.text[slice(*grid.title)]) if grid.title else ()
    keys = {period.key for period in titles}
    own = {period.key for item, _, _ in pairs if (period := material.calendar.at(item.claim.span.start)) is not None}
    if keys and own and not keys & own:
        return False
    full = sum(all(_agree(*pair) for pair in _held(item, row, columns).values()) for item, row, _ in pairs)
    return full >= _MOSTLY * len(pairs)


def _items(material: Counts) -> list[_Item]:
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


def _words_of(material: Counts, claim: Claim, mention: Mention) -> tuple[int, int]:
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
    bare = replace(found, scale=1, unit=None, upper=None)  # rows are compared by the bare number
    at = cell.start + found.start, cell.start + found.end
    return quantity_of(bare, document.span(*at), document.locations(*at))


def _named_alike(items: _List, rows: Sequence[_Row]) -> list[tuple[_Item, _Row, float]]:
    """Each item with the row that shares most of its words, where each is the best for the other.

    A word counts the less the more items and rows have it; one that many have names none.
    """
    in_rows = Counter(word for row in rows for word in row.words)
    weight: dict[str, int] = {}
    best_of_item: dict[int, tuple[float, int]] = {}
    best_of_row: dict[int, tuple[float, int]] = {}
    for at, row in enumerate(rows):
        seen = {word: in_rows[word] + len(items.having.get(word, ())) for word in row.words}
        for number in sorted({n for word, count in seen.items() if count <= _RARE for n in items.having.get(word, ())}):
            item = items.items[number]
            for word in (item.words | row.words) - weight.keys():
                weight[word] = _WEIGHT // (in_rows[word] + len(items.having.get(word, ())))
            likeness = _likeness(item.words, row.words, weight)
            best_of_item[number] = max(best_of_item.get(number, (0.0, 0)), (likeness, -at))
            best_of_row[at] = max(best_of_row.get(at, (0.0, 0)), (likeness, -number))
    return [
        (items.items[number], rows[-minus_at], likeness)
        for number, (likeness, minus_at) in sorted(best_of_item.items())
        if likeness >= _NAMED and best_of_row[-minus_at][1] == -number
    ]


_LONGEST = 600  # characters; a longer paragraph is not an item of a list
_WEIGHT = 720720  # of a word that one item or row has; divisible by most counts
_RARE = 12  # items and rows; a word that more of them have names none


def _likeness(item: Words, row: Words, weight: Mapping[str, int]) -> float:
    """The share of the row's name that the item has, a little less for every word that the row lacks."""
    named = sum(weight[word] for word in row)
    if len(row) < _SHORTEST or not named:
        return 0.0
    both, more = sum(weight[word] for word in item & row), sum(weight[word] for word in item - row)
    return both / named - more / (_PATIENCE * _WEIGHT)


def _quantity(item: _Item, role: str) -> Quantity | None:
    held = item.claim.quantities.get(role)
    return held if isinstance(held, Quantity) else None


def _columns(pairs: Iterable[tuple[_Item, _Row, float]]) -> dict[str, tuple[int, ...]]:
    """For each role the columns whose figures agree with the items' in most rows, and in three at least.

    Where several do, the one next to the denominators comes first.
    """
    agreeing: dict[str, Counter[int]] = defaultdict(Counter)
    compared: Counter[str] = Counter()
    for item, row, _ in pairs:
        for role in _ROLES:
            stated = _quantity(item, role)
            if stated is not None:
                compared[role] += 1
                agreeing[role].update(at for at, figure in row.figures.items() if _agree(stated, figure))
    out: dict[str, tuple[int, ...]] = {}
    for role in _ROLES:
        most = max(agreeing[role].values(), default=0)
        near = [
            at
            for at, count in agreeing[role].items()
            if count >= _NEARLY * most and (at,) != out.get("denominator", ())[:1]
        ]
        if most >= _FEWEST and 2 * most > compared[role] and near:
            first = out["denominator"][0] if "denominator" in out else min(near)
            out[role] = tuple(sorted(near, key=lambda at: (abs(at - first), at)))
    return out


def _totals(items: _List, rows: Sequence[_Row], columns: _Columns) -> Iterator[tuple[_Item, _Row, _Columns]]:
    """The ratios of the prose that are those of a row of totals, but for a slip in one of their two counts.

    Such a row often has an empty cell less than the others: its figures may stand one column beside.
    """
    if "numerator" not in columns or "denominator" not in columns:
        return
    for row in (row for row in rows if row.words <= _total_words()):
        for shift in (0, -1, 1):
            shifted = {role: tuple(at + shift for at in found) for role, found in columns.items()}
            found = _total(row, shifted, items.with_count)
            if found is not None:
                yield found, row, shifted
                break


def _total(row: _Row, columns: _Columns, with_count: Mapping[tuple[str, Decimal], Sequence[_Item]]) -> _Item | None:
    cells = {role: row.figures.get(columns[role][0]) for role in _COUNTS}
    for role, other in (_COUNTS, _COUNTS[::-1]):
        cell, slipped = cells[role], cells[other]
        for item in with_count.get((role, cell.value), ()) if cell is not None and slipped is not None else ():
            held = _quantity(item, other)
            if held and slipped and (held.value == slipped.value or is_one_edit(_digits(held), _digits(slipped))):
                return item
    return None


@cache
def _total_words() -> Words:
    return frozenset(syllable for phrase in words("cues", "total") for syllable in syllables(phrase))


def _digits(quantity: Quantity) -> str:
    return str(int(quantity.value))


def _agree(stated: Quantity, cell: Quantity) -> bool:
    """True where both can be the same number; percentages are rounded."""
    if (stated.unit == "%") != (cell.unit == "%"):
        return False
    if stated.unit != "%":
        return stated.value == cell.value
    return Interval.rounded(stated.value, stated.decimals).meets(Interval.rounded(cell.value, cell.decimals))


def _held(item: _Item, row: _Row, columns: _Columns) -> dict[str, tuple[Quantity, Quantity]]:
    """For each role the item's figure and the row's, where both are there."""
    return {
        role: (stated, row.figures[columns[role][0]])
        for role in _ROLES
        if role in columns and columns[role][0] in row.figures and (stated := _quantity(item, role)) is not None
    }


def _compared(material: Counts, item: _Item, row: _Row, columns: _Columns, likeness: float) -> Iterator[Comparison]:
    held = _held(item, row, columns)
    apart = [pair for pair in held.values() if not _agree(*pair)]
    if not held:
        return
    counts = [pair for pair in apart if pair[0].unit != "%"]
    shown = counts or apart or list(held.values())  # other counts make other percentages: those say nothing more
    shown.sort(key=lambda pair: pair[0].span.start)
    sure = likeness >= _SURELY_NAMED and _is_in_place(held, row, columns)
    yield compare(
        material, "table", [stated for stated, _ in shown] + [cell for _, cell in shown],
        "inconsistent" if apart else "consistent",
        about=item.about, label=row.name,
        certainty=1.0 if not apart else _SURE if sure else _UNSURE,
    )  # fmt: skip


def _is_in_place(held: Mapping[str, tuple[Quantity, Quantity]], row: _Row, columns: _Columns) -> bool:
    """True where the item's figures stand in no other cell that may be meant, or the row contradicts itself."""
    if _is_shifted(list(held.values()), row):
        return False
    rivals = any(
        not _agree(stated, cell)
        and any(_agree(stated, row.figures[at]) for at in columns[role][1:] if at in row.figures)
        for role, (stated, cell) in held.items()
    )
    return not rivals or _is_row_at_odds(held)


def _is_row_at_odds(held: Mapping[str, tuple[Quantity, Quantity]]) -> bool:
    """True where the percentage of the row is that of the item's counts, and not that of the row's own."""
    if len(held) < len(_ROLES):
        return False
    (a, row_a), (b, row_b), (_, percent) = held["numerator"], held["denominator"], held["percent"]
    return _gives(a, b, percent) and not _gives(row_a, row_b, percent)


def _gives(numerator: Quantity, denominator: Quantity, percent: Quantity) -> bool:
    share = Interval.exact(numerator.value).percent_of(Interval.exact(denominator.value))
    return share is not None and share.meets(Interval.rounded(percent.value, percent.decimals))


def _is_shifted(held: Sequence[tuple[Quantity, Quantity]], row: _Row) -> bool:
    """True where every figure of the item stands in the row, but none in its column: cells of the row were lost."""
    return all(
        not _agree(stated, cell) and any(_agree(stated, other) for other in row.figures.values())
        for stated, cell in held
    )


COMPARER = find
