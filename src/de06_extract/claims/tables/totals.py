"""Which rows of a table add up to which: total rows, groups with a row of their own, sub-totals.

A total row says so by its name; which rows it adds up is seen from how the rows are numbered and from the columns that
bear it out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import takewhile
from statistics import median

import regex

from de06_extract.claims.tables.cells import TableCell, says
from de06_extract.claims.tables.equations import Instance, is_slip, is_trivial, sum_of
from de06_extract.claims.tables.rows import TableRow
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import words
from de06_extract.numbers.slips import is_near

_SLIP = Fraction(1, 10)  # a total that no other column bears out is called wrong only where it is nearly right
_OUTWEIGHED = 2  # columns that add up, by one that does not: it is surely wrong for these rows, they may hold by chance
_FEWEST_PROOFS = 2  # columns, in one group or several, before groups of a table are taken to add up; one is chance
_PROOFS = 3  # columns of groups that add up for each that does not, or groups are a mere order of the rows
_MOST_OF_ALL = 20  # totals of a table, each of which may be that of all rows; of more only the first and the last
_MEAN = 2  # factor within which a mean and the median lie of each other
_ROMAN = regex.compile(r"[IVXLC]+")
_STYLES = (
    ("dotted", regex.compile(r"(?:\d{1,3}|[IVX]+)(?:\.\d{1,3})+")),
    ("number", regex.compile(r"\d{1,4}")),
    ("roman", _ROMAN),
    ("capital", regex.compile(r"[A-ZĐ]")),
    ("letter", regex.compile(r"[a-zđ]")),
)


@dataclass(frozen=True, slots=True)
class Total:
    """A row that others add up to, with the columns in which they do or are held against it."""

    row: TableRow
    parts: tuple[TableRow, ...]
    instances: tuple[tuple[int, Instance], ...]


def find_totals(sheet: Sheet) -> tuple[Total, ...]:
    """Every row that is borne out as the sum of others."""
    depths = _depths(sheet.rows)
    columns = [at for at in sheet.count_columns if _adds_up(sheet, at)]
    unions = frozenset(at for at in columns if says(sheet.headings[at].leaf, "kinds"))
    candidates = _Candidates(sheet.rows, depths)
    out = []
    for at, row in enumerate(sheet.rows):
        if row.kind in ("total", "subtotal") and row.is_certain:
            best = _best(row, candidates.of(at), columns, unions)
            if best is not None and _is_borne_out(best, sheet):
                out.append(best)
    return tuple(_named(total, sheet) for total in (*out, *_groups(sheet, depths, columns, unions)))


def _named(total: Total, sheet: Sheet) -> Total:
    """The total without the columns that it misses, if nothing names or parts them: they may be shares."""
    if sheet.is_marked:
        return total
    kept = tuple((at, i) for at, i in total.instances if i.holds or sheet.headings[at].text)
    return replace(total, instances=kept)


def _adds_up(sheet: Sheet, column: int) -> bool:
    """True unless the heading names what no rows add up to: means, prices, years."""
    text = sheet.headings[column].text
    if says(text, "not_additive"):
        return False
    cells = [row.cells[column] for row in sheet.rows if row.cells[column].is_number]
    return not all(cell.is_year for cell in cells)


def _depths(rows: Sequence[TableRow]) -> list[int]:
    """How deep each row stands: the styles of its numbers nest in the order in which they appear."""
    stack: list[tuple[str, int]] = []
    out, last = [], ""
    for row in rows:
        style = _style(row, last)
        last = row.ordinal or last
        if row.kind in ("total", "subtotal", "average"):
            out.append(-1)
            continue
        if style not in stack:
            stack.append(style)
        stack = stack[: stack.index(style) + 1]
        out.append(len(stack) - 1)
    return out


def _style(row: TableRow, last: str) -> tuple[str, int]:
    """How a row is numbered, and of how many parts its number is."""
    if not row.ordinal:
        dash = row.name[:1] in "-–+*•" and bool(row.name)
        return ("dash" if dash else "none", ord(row.name[0]) if dash else 0)
    follows = len(last) == 1 and len(row.ordinal) == 1 and ord(row.ordinal) == ord(last) + 1
    for name, pattern in _STYLES:
        if pattern.fullmatch(row.ordinal):
            if name == "roman" and follows and not _ROMAN.fullmatch(last):
                continue  # «C» behind «B»
            return (name, row.ordinal.count(".") if name == "dotted" else 0)
    return ("none", 0)


class _Candidates:
    """The sets of rows that the total rows of a table may add up, those of all the table found once."""

    def __init__(self, rows: Sequence[TableRow], depths: Sequence[int]) -> None:
        self._rows, self._depths = rows, depths
        self._items = [i for i, row in enumerate(rows) if row.kind == "item"]
        self._totals = [i for i, row in enumerate(rows) if row.kind in ("total", "subtotal")]
        self._named: dict[str, list[TableRow]] = {}
        for row in rows:
            self._named.setdefault(row.ordinal, []).append(row)

    def of(self, at: int) -> list[tuple[TableRow, ...]]:
        """The rows that the total at `at` names, or any sets that its place allows."""
        addends = self._rows[at].addends
        named = [row for ordinal in dict.fromkeys(addends) for row in self._named.get(ordinal, ())]
        if named and len(named) == len(addends):
            return [tuple(sorted(named, key=lambda row: row.number))]
        sets = dict.fromkeys(map(tuple, self._by_place(at)))
        return [tuple(self._rows[i] for i in held) for held in sets if len(held) > 1]

    def _by_place(self, at: int) -> Iterator[list[int]]:
        """The rows, set by set, that a total may add up by where it stands: around it, in all the table, totals."""
        if self._rows[at].kind == "subtotal" or len(self._totals) > 1:
            for stretch in self._stretches(at):
                yield from _in_stretch(stretch, self._depths)
        if self._rows[at].kind == "total" and self._may_be_of_all(at):
            yield from self._in_table
            yield [i for i in self._totals if i != at]

    def _may_be_of_all(self, at: int) -> bool:
        """True unless a table has many totals and this one is neither the first nor the last of them."""
        return len(self._totals) <= _MOST_OF_ALL or at in (self._totals[0], self._totals[-1])

    @cached_property
    def _in_table(self) -> list[list[int]]:
        return _in_table(self._items, self._depths)

    def _stretches(self, at: int) -> Iterator[list[int]]:
        """The items from the total before the one at `at` up to it, and those behind it up to the next total."""
        place = bisect_left(self._totals, at)
        before = self._totals[place - 1] if place else -1
        behind = self._totals[place + 1] if place + 1 < len(self._totals) else len(self._rows)
        for first, end in ((before, at), (at, behind)):
            yield self._items[bisect_right(self._items, first) : bisect_left(self._items, end)]


def _in_stretch(items: Sequence[int], depths: Sequence[int]) -> list[list[int]]:
    """What a total of these items may add up: those at their top, or those with none below them."""
    top = min((depths[i] for i in items), default=0)
    return [_at_depth(items, depths, top), _leaves(items, depths)]


def _in_table(items: Sequence[int], depths: Sequence[int]) -> list[list[int]]:
    """What a total of all items may add up: those at the top of the table, with none below them, or at one depth."""
    top = min((depth for depth in depths if depth >= 0), default=0)  # a group without figures may stand there alone
    levels = sorted({depths[i] for i in items})
    return [_at_depth(items, depths, top), _leaves(items, depths), *(_at_depth(items, depths, d) for d in levels)]


def _at_depth(items: Sequence[int], depths: Sequence[int], depth: int) -> list[int]:
    return [i for i in items if depths[i] == depth]


def _leaves(items: Sequence[int], depths: Sequence[int]) -> list[int]:
    """The rows with none below them."""
    return [i for n, i in enumerate(items) if n + 1 == len(items) or depths[items[n + 1]] <= depths[i]]


def _total(row: TableRow, parts: Sequence[TableRow], columns: Sequence[int], unions: frozenset[int]) -> Total:
    """The row held against its parts, column by column."""
    instances = []
    for column in columns:
        cells = [part.cells[column] for part in parts]
        if row.cells[column].figure is None or any(cell.kind == "percent" for cell in cells):
            continue
        instance = sum_of(row.cells[column], cells, empty_is_nothing=True)
        if instance is None or _is_mean(instance):
            continue
        if column not in unions or not _counts_once(instance):
            instances.append((column, instance))
    return Total(row, tuple(parts), tuple(instances))


def _is_mean(instance: Instance) -> bool:
    """True for a figure that its parts miss and that lies amid them: a mean, no sum."""
    total = instance.one("total")
    values = [part.figure.value for part in instance.several("parts") if part.figure is not None]
    if not instance.fails or is_slip(instance) or total is None or total.figure is None:
        return False
    if not min(values) <= total.figure.value <= max(values):
        return False
    middle = median(values)
    return middle <= _MEAN * total.figure.value <= _MEAN * _MEAN * middle


def _counts_once(instance: Instance) -> bool:
    """True for a total that is less than the sum and no less than each part, as where parts have things in common."""
    total, values = instance.one("total"), [part.figure.value for part in instance.several("parts") if part.figure]
    if not instance.fails or total is None or total.figure is None:
        return False
    return max(values) <= total.figure.value < sum(values)


def _best(
    row: TableRow, candidates: Sequence[Sequence[TableRow]], columns: Sequence[int], unions: frozenset[int]
) -> Total | None:
    totals = [_total(row, parts, columns, unions) for parts in candidates if all(part.is_certain for part in parts)]
    return max((t for t in totals if t.instances), key=_rank, default=None)


def _rank(total: Total) -> tuple[int, int]:
    holds, fails = _counts(total)
    return holds - _OUTWEIGHED * fails, holds


def _counts(total: Total) -> tuple[int, int]:
    """In how many columns the rows add up, by more than chance, and in how many they do not."""
    holds = sum(1 for _, i in total.instances if i.holds and not is_trivial(i))
    return holds, sum(1 for _, i in total.instances if i.fails)


def _is_borne_out(total: Total, sheet: Sheet) -> bool:
    """True where most columns add up, or where nothing does but the only total is nearly right.

    Of a table without rules a column at least must add up: a row may have been lost.
    """
    holds, fails = _counts(total)
    if holds:
        return holds >= fails
    if not fails or _is_mixed(sheet) or not sheet.is_marked:
        return not fails
    if _closes_list(total, sheet):
        return True
    return all(_is_nearly(instance) for _, instance in total.instances if instance.fails)


def _closes_list(total: Total, sheet: Sheet) -> bool:
    """True for «Tổng cộng» right below the one column of all rows from 1 on, none of them missing."""
    if len(total.instances) > 1 or total.row is not sheet.rows[-1]:
        return False  # of several columns one at least would hold
    if fold(total.row.name).strip(" :.*") not in words("tables", "sum"):
        return False
    return [part.ordinal for part in total.parts] == [str(n) for n in range(1, len(total.parts) + 1)]


def _is_nearly(instance: Instance) -> bool:
    total, computed = instance.one("total"), instance.judgement.computed
    if total is None or total.figure is None or computed is None:
        return False
    return is_slip(instance) or is_near(total.figure, computed, _SLIP)


def _is_mixed(sheet: Sheet) -> bool:
    """True where each row has a unit of its own: indicators, which no total adds up."""
    for at, heading in enumerate(sheet.headings):
        if says(heading.text, "unit") and sheet.kinds[at] in ("text", "unknown"):
            return len({row.cells[at].text for row in sheet.rows if row.cells[at].text}) > 1
    return False


def _groups(sheet: Sheet, depths: Sequence[int], columns: Sequence[int], unions: frozenset[int]) -> list[Total]:
    """Rows with rows below them that add up to them: «I», «1, 2, 3»; only where most groups of the table do."""
    below = ((row, _below(sheet.rows, depths, at)) for at, row in enumerate(sheet.rows))
    groups = [(row, parts) for row, parts in below if parts and all(each.is_certain for each in (row, *parts))]
    same = sum(_same_figures(row, parts[0], columns) for row, parts in groups if len(parts) == 1)
    totals = [_total(row, parts, columns, unions) for row, parts in groups if len(parts) > 1]
    found = [total for total in totals if total.instances]
    return list(filter(_is_sound, found)) if _mostly_add_up(found, same) else []


def _mostly_add_up(groups: Sequence[Total], same: int) -> bool:
    """True where groups add up in most columns; `same` counts those of groups of one row, which repeat its figure."""
    counts = [_counts(total) for total in groups]
    holds, fails = sum(held for held, _ in counts), sum(failed for _, failed in counts)
    return holds > 0 and holds + same >= max(_FEWEST_PROOFS, _PROOFS * fails)


def _is_sound(group: Total) -> bool:
    """True where a group adds up in a column, fails in none, or by a digit in its only one; else rows are missing."""
    holds, fails = _counts(group)
    return holds > 0 or not fails or (len(group.instances) == 1 and is_slip(group.instances[0][1]))


def _below(rows: Sequence[TableRow], depths: Sequence[int], at: int) -> list[TableRow]:
    """The rows right below a row in its group, one step deeper."""
    if depths[at] < 0 or rows[at].kind != "item":
        return []
    below = list(takewhile(lambda i: depths[i] > depths[at], range(at + 1, len(rows))))
    items = [i for i in below if rows[i].kind == "item"]
    nearest = min((depths[i] for i in items), default=0)
    return [rows[i] for i in items if depths[i] == nearest]


def _same_figures(one: TableRow, other: TableRow, columns: Sequence[int]) -> int:
    """In how many columns two rows hold the same figure, zeros left out."""
    return sum(_is_same(one.cells[column], other.cells[column]) for column in columns)


def _is_same(one: TableCell, other: TableCell) -> bool:
    return one.figure is not None and other.figure is not None and one.figure.value == other.figure.value != 0
