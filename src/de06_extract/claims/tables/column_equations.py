"""Which equations hold between the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations

import regex

from de06_extract.claims.tables.cells import TableCell, says
from de06_extract.claims.tables.column_sums import column_sums, spare
from de06_extract.claims.tables.equations import (
    ColumnEquation,
    Mode,
    Score,
    ratio_of,
    score,
)
from de06_extract.claims.tables.rows import TableRow
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.numbers.kinds import kind_of

_REACH = 10  # columns between a percentage and its base
_FEWEST_CHANGED = 2  # rows that bear out a change by its percentage alone: some two columns fit one row by chance
_OPERAND = regex.compile(r"\d{1,2}")
_SUM = regex.compile(r"\d{1,2}(?:\+\d{1,2})+")
_DIFFERENCE = regex.compile(r"\d{1,2}-\d{1,2}")
_QUOTIENT = regex.compile(r"(?:100%?[x*×])?\d{1,2}[/:]\d{1,2}(?:[x*×.]?100)?%?")


def column_equations(sheet: Sheet) -> tuple[ColumnEquation, ...]:
    """The equations that the rows of the table bear out, each once."""
    rows = [row for row in sheet.rows if row.is_certain and row.kind != "average"]
    stated = list(_printed(sheet, rows))
    changes = _changes(sheet, rows)
    rates = _rates(sheet, rows, _columns("percent", [*stated, *changes]))
    growth = [e for e in rates if e.kind is kind_of("change")]
    shares = [e for e in rates if e.kind is kind_of("ratio")]
    sums = column_sums(sheet, rows, _columns("delta", changes) | _columns("total", stated))
    equations = [*stated, *_joined(changes, growth), *shares, *sums]
    if not sheet.is_marked:
        equations = [e for e in equations if score(e, rows).proves_columns]
    return tuple(dict.fromkeys(spare(sheet, e, rows) for e in equations))


def _columns(role: str, equations: Sequence[ColumnEquation]) -> set[int]:
    """The columns in a role of any of the equations."""
    return {at for equation in equations for at in equation.columns(role)}


def _percent_columns(sheet: Sheet) -> list[int]:
    return [at for at, kind in enumerate(sheet.kinds) if kind in ("percent", "rate")]


def _ratio(numerator: int, denominator: int, percent: int) -> ColumnEquation:
    return ColumnEquation.of("ratio", (numerator,), (denominator,), (percent,))


def _change(old: int, new: int, delta: int | None, percent: int | None, mode: Mode) -> ColumnEquation:
    sizes = (() if at is None else (at,) for at in (delta, percent))
    return ColumnEquation.of("change", (old,), (new,), *sizes, mode=mode)


def _printed(sheet: Sheet, rows: Sequence[TableRow]) -> Iterator[ColumnEquation]:
    """What the column numbers say: «5=3+4», «6=5/4»; unless the rows contradict it."""
    at = {heading.mark: column for column, heading in enumerate(sheet.headings) if heading.mark}
    for column, heading in enumerate(sheet.headings):
        bare = regex.sub(r"[\s()]", "", heading.formula or "").replace("–", "-").replace("−", "-")
        operands = [at[mark] for mark in _OPERAND.findall(bare.replace("100", "")) if mark in at]
        equation = None
        if _SUM.fullmatch(bare) and len(operands) == bare.count("+") + 1:
            equation = ColumnEquation.of("sum", (column,), operands)
        elif _DIFFERENCE.fullmatch(bare) and len(operands) == 2:
            whole, part = operands
            equation = ColumnEquation.of("remainder", (whole,), (part,), (column,))
        elif _QUOTIENT.fullmatch(bare) and len(operands) == 2:
            equation = _ratio(operands[0], operands[1], column)
        if equation is not None:
            found = score(equation, rows)
            if found.holds >= max(1, found.fails):
                yield equation


def _modes(sheet: Sheet, column: int, rows: Sequence[TableRow]) -> list[Mode]:
    """How a column of differences can be printed: with its sign, as a fall, or as a size alone."""
    text = sheet.headings[column].text
    up, down = says(text, "up"), says(text, "down")
    figures = [row.cells[column].figure for row in rows]
    signed = any(figure is not None and figure.sign is not None for figure in figures)
    modes: list[Mode] = ["falls"] if down and not up else ["signed"]
    return [*modes, "sized"] if up == down and not signed else modes


def _changes(sheet: Sheet, rows: Sequence[TableRow]) -> list[ColumnEquation]:
    """The differences between two columns, for the columns that a heading calls one."""
    counts, out = sheet.count_columns, []
    for column in counts:
        if not says(sheet.headings[column].text, "delta") or says(sheet.headings[column].leaf, "rest"):
            continue
        near = [at for at in counts if at != column and abs(at - column) <= _REACH]
        candidates = [
            _change(old, new, column, None, mode)
            for mode in _modes(sheet, column, rows)
            for old in near
            for new in near
            if old != new
        ]
        best = _best(candidates, rows)
        if best is not None and best[1].bears_out(called=True):
            out.append(best[0])
    return out


def _rates(sheet: Sheet, rows: Sequence[TableRow], without: set[int]) -> list[ColumnEquation]:
    """What the columns of percentages are percentages of, as far as the rows show it; but for those in `without`."""
    columns = [at for at in _percent_columns(sheet) if at not in without]
    rates = [e for at in columns if (e := _growth(sheet, at, rows) or _share(sheet, at, rows)) is not None]
    return [*rates, *_like(sheet, rates, columns, rows)]


def _pairs_near(sheet: Sheet, column: int) -> list[tuple[int, int]]:
    """Any two columns of counts near a column, in either order."""
    return list(permutations(_counts_near(sheet, column), 2))


def _counts_near(sheet: Sheet, column: int) -> list[int]:
    return [at for at in sheet.count_columns if abs(at - column) <= _REACH]


def _growth(sheet: Sheet, column: int, rows: Sequence[TableRow]) -> ColumnEquation | None:
    """The change that a column of percentages gives, if its heading speaks of one; None where no two columns fit."""
    if not says(sheet.headings[column].text, "delta"):
        return None
    modes = _modes(sheet, column, rows)
    changes = [_change(old, new, None, column, mode) for mode in modes for new, old in _pairs_near(sheet, column)]
    best = _best(changes, rows, lambda e: _closeness(e, column))
    if best is None or best[1].support < _FEWEST_CHANGED or not best[1].bears_out(called=True):
        return None
    return best[0]


def _share(sheet: Sheet, column: int, rows: Sequence[TableRow]) -> ColumnEquation | None:
    """The share that a column of percentages gives: of another column or of a total; None where no columns fit."""
    near = _counts_near(sheet, column)
    of_columns = [_ratio(part, whole, column) for part, whole in _pairs_near(sheet, column)]
    candidates = [*of_columns, *_shares_of_totals(near, column, rows)]
    best = _best(candidates, rows, lambda e: _closeness(e, column))
    if best is None:
        return None
    equation, found = best
    usual = _stands_before(equation, near, column)
    called = usual or found.is_sharp or found.is_frequent
    if not found.bears_out(called=called, strongly=usual) or _has_rival(equation, near, column, rows, found):
        return None
    return equation


def _shares_of_totals(near: Sequence[int], column: int, rows: Sequence[TableRow]) -> list[ColumnEquation]:
    """Each count near a column of percentages, over what a total row gives for it."""
    totals = [row for row in rows if row.kind == "total"]
    return [
        ColumnEquation.of("ratio", (part,), (), (column,), over_total=total)
        for total in totals
        for part in near
        if total.cells[part].is_number
    ]


def _stands_before(share: ColumnEquation, near: Sequence[int], column: int) -> bool:
    """True where the share is of the two counts right before it or of one of them, as in most tables."""
    before = [at for at in near if at < column]
    return set(share.columns("numerator") + share.columns("denominator")) <= set(before[-2:])


def _has_rival(
    equation: ColumnEquation, near: Sequence[int], column: int, rows: Sequence[TableRow], found: Score
) -> bool:
    """True where two columns together fit the rows that fail, and most others: «(trước hạn + đúng hạn)/tổng»."""
    base = equation.columns("denominator")
    if not found.fails or not base:
        return False
    failed = {row.number for row, _ in found.failed}
    for a, b in pairwise(sorted(at for at in near if at not in base)):
        judged = {
            row.number: verdict
            for row in rows
            if (verdict := _together(row.cells[a], row.cells[b], row.cells[base[0]], row.cells[column])) is not None
        }
        fails = [number for number, verdict in judged.items() if not verdict]
        if len(fails) <= found.fails and failed <= judged.keys() and failed.isdisjoint(fails):
            return True
    return False


def _together(a: TableCell, b: TableCell, base: TableCell, percent: TableCell) -> bool | None:
    """True where the percentage is that of a and b together over the base; None where a figure is missing."""
    if a.figure is None or b.figure is None or base.figure is None or not base.figure.value:
        return None
    both = replace(a, figure=replace(a.figure, value=a.figure.value + b.figure.value))
    instance = ratio_of(both, base, percent)
    return None if instance is None else instance.holds


def _like(
    sheet: Sheet, rates: Sequence[ColumnEquation], columns: Sequence[int], rows: Sequence[TableRow]
) -> Iterator[ColumnEquation]:
    """For a column of percentages without a base, the count before it over the base of another column's."""
    done = _columns("percent", rates)
    bases = dict.fromkeys(at for e in rates for at in e.columns("denominator"))
    for column in columns:
        if column not in done and column and sheet.kinds[column - 1] == "count":
            best = _best([_ratio(column - 1, base, column) for base in bases if base != column - 1], rows)
            if best is not None and best[1].bears_out(called=True):
                yield best[0]


def _closeness(equation: ColumnEquation, column: int) -> int:
    """How near the columns stand; of two pairs that fit alike the nearer is meant, its part nearer than its whole."""
    part = (equation.columns("numerator") or equation.columns("new"))[0]
    whole = (equation.columns("denominator") or equation.columns("old") or (part,))[0]
    return -(2 * abs(column - part) + abs(column - whole))


def _best(
    candidates: Sequence[ColumnEquation],
    rows: Sequence[TableRow],
    closeness: Callable[[ColumnEquation], int] = lambda _: 0,
) -> tuple[ColumnEquation, Score] | None:
    scored = [(e, score(e, rows)) for e in candidates]
    filled = [(e, s) for e, s in scored if s.support or s.fails]
    if not filled:
        return None
    return max(filled, key=lambda pair: (pair[1].rank, closeness(pair[0])))


def _joined(changes: Sequence[ColumnEquation], rates: Sequence[ColumnEquation]) -> list[ColumnEquation]:
    """Differences with the percentages of the same two columns."""
    out, left = [], list(rates)
    for change in changes:
        same = next(
            (
                r
                for r in left
                if r.columns("old") == change.columns("old") and r.columns("new") == change.columns("new")
            ),
            None,
        )
        if same is not None:
            left.remove(same)
            change = replace(change, roles=(*change.roles, ("percent", same.columns("percent"))))
        out.append(change)
    return [*out, *left]
