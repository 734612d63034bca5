"""Which equations hold between the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

import regex

from de06_extract.claims.tables.cells import TableCell, says
from de06_extract.claims.tables.equations import (
    ColumnEquation,
    Mode,
    Score,
    falls_short,
    instance_of,
    is_slip,
    ratio_of,
    same_direction,
    score,
)
from de06_extract.claims.tables.rows import TableRow
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.language.vocabulary import any_of
from de06_extract.numbers.kinds import kind_of

_REACH = 10  # columns between a percentage and its base, a total and its last part
_WIDEST = 64  # columns; Word allows 63, and of wider sheets the sums are not looked for
_SURE = 6  # digits that chance does not hit
_ROWS = 3  # rows that bear out what no heading calls for
_OPERAND = regex.compile(r"\d{1,2}")
_SUM = regex.compile(r"\d{1,2}(?:\+\d{1,2})+")
_DIFFERENCE = regex.compile(r"\d{1,2}-\d{1,2}")
_QUOTIENT = regex.compile(r"(?:100%?[x*×])?\d{1,2}[/:]\d{1,2}(?:[x*×.]?100)?%?")


def column_equations(sheet: Sheet) -> tuple[ColumnEquation, ...]:
    """The equations that the rows of the table bear out, each once."""
    rows = [row for row in sheet.rows if row.is_certain and row.kind != "average"]
    stated = list(_printed(sheet, rows))
    changes = _changes(sheet, rows)
    differences = {at for e in changes for at in e.columns("delta")}
    taken = {at for e in chain(stated, changes) for at in e.columns("percent")}
    open_columns = [at for at in _percent_columns(sheet) if at not in taken]
    rates = [e for at in open_columns if (e := _rate(sheet, at, rows)) is not None]
    rates += _like(sheet, rates, open_columns, rows)
    own_rates = [e for e in rates if e.kind is kind_of("change")]
    sums = _sums(sheet, rows, differences | {at for e in stated for at in e.columns("total")})
    equations = [*stated, *_joined(changes, own_rates), *(e for e in rates if e.kind is kind_of("ratio")), *sums]
    return tuple(dict.fromkeys(_spare(sheet, e, rows) for e in equations))


def _count_columns(sheet: Sheet) -> list[int]:
    return [at for at, kind in enumerate(sheet.kinds) if kind == "count"]


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
    counts, out = _count_columns(sheet), []
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
        if best is not None and _is_borne_out(best[1], called=True):
            out.append(best[0])
    return out


def _rate(sheet: Sheet, column: int, rows: Sequence[TableRow]) -> ColumnEquation | None:
    """What a column of percentages is a percentage of: a share of another column, of a total, or a change."""
    near = [at for at in _count_columns(sheet) if abs(at - column) <= _REACH]
    pairs = [(a, b) for a in near for b in near if a != b]
    if says(sheet.headings[column].text, "delta"):
        modes = _modes(sheet, column, rows)
        changes = [_change(b, a, None, column, mode) for mode in modes for a, b in pairs]
        best = _best(changes, rows, lambda e: _closeness(e, column))
        if best is not None and best[1].support > 1 and _is_borne_out(best[1], called=True):
            return best[0]
    candidates = [_ratio(a, b, column) for a, b in pairs]
    for total in (row for row in rows if row.kind == "total"):
        candidates += [
            ColumnEquation.of("ratio", (a,), (), (column,), over_total=total)
            for a in near
            if total.cells[a].figure is not None
        ]
    best = _best(candidates, rows, lambda e: _closeness(e, column))
    if best is None:
        return None
    equation, found = best
    left = [at for at in near if at < column][-2:]
    usual = set(equation.columns("numerator") + equation.columns("denominator") + equation.columns("old")) <= set(left)
    if _is_borne_out(found, called=usual or found.weight >= _SURE or found.support >= _ROWS, strongly=usual):
        return None if _has_rival(equation, near, column, rows, found) else equation
    return None


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
    done = {at for e in rates for at in e.columns("percent")}
    bases = dict.fromkeys(at for e in rates for at in e.columns("denominator"))
    for column in columns:
        if column not in done and column and sheet.kinds[column - 1] == "count":
            best = _best([_ratio(column - 1, base, column) for base in bases if base != column - 1], rows)
            if best is not None and _is_borne_out(best[1], called=True):
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


def _is_borne_out(found: Score, *, called: bool, strongly: bool = False) -> bool:
    """True where enough rows hold and few do not; what no heading calls for needs more, what one spells out less."""
    if not called:
        return found.support >= _ROWS and found.weight >= _SURE and 5 * found.fails <= found.support
    slips = all(is_slip(instance) for _, instance in found.failed)
    if found.support == 0:
        return 0 < found.fails <= 2 and slips
    return found.agree >= (1 if slips or strongly else 2) * found.fails


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


def _sums(sheet: Sheet, rows: Sequence[TableRow], without: set[int]) -> list[ColumnEquation]:
    """Totals with the columns that add up to them; what is part of a part is looked for first."""
    out: list[ColumnEquation] = []
    scores: dict[ColumnEquation, Score] = {}
    for columns in _families(sheet, without) if len(sheet.kinds) <= _WIDEST else ():
        left = list(columns)
        while len(left) > 2 and (found := _innermost(sheet, left, rows, scores)) is not None:
            out.append(_as_remainder(sheet, found))
            left = [at for at in left if at not in found.columns("parts")]
    return out


def _innermost(
    sheet: Sheet, columns: Sequence[int], rows: Sequence[TableRow], scores: dict[ColumnEquation, Score]
) -> ColumnEquation | None:
    """The best borne out of the sums none of whose parts has parts itself; `scores` keeps what was looked at."""
    for equation in _runs(columns):
        if equation not in scores:
            scores[equation] = score(equation, rows)
    scored = [(e, scores[e]) for e in _runs(columns)]
    borne = [(e, s) for e, s in scored if _is_borne_out(s, called=_calls(sheet, e), strongly=_is_complete(sheet, e))]
    totals = {e.columns("total") for e, _ in borne}
    inner = [pair for pair in borne if not any((part,) in totals for part in pair[0].columns("parts"))]
    best = max(inner or borne, key=lambda pair: (pair[1].rank, len(pair[0].columns("parts"))), default=None)
    return None if best is None else best[0]


def _families(sheet: Sheet, without: set[int]) -> list[list[int]]:
    """The columns that can add up: all, and those with the same lowest heading («Số hồ sơ» under each year)."""
    counts = [at for at in _count_columns(sheet) if at not in without]
    out = [counts]
    leaves: dict[str, list[int]] = {}
    for at in counts:
        if sheet.headings[at].parent:
            leaves.setdefault(sheet.headings[at].leaf, []).append(at)
    out += [held for held in leaves.values() if len(held) > 2 and len(held) < len(counts)]
    return out


def _runs(columns: Sequence[int]) -> Iterator[ColumnEquation]:
    """Each column as the total of two or more right behind it or right before it."""
    for at, total in enumerate(columns):
        for parts in range(2, min(_REACH, len(columns)) + 1):
            if at + parts < len(columns):
                yield ColumnEquation.of("sum", (total,), columns[at + 1 : at + 1 + parts])
            if at - parts >= 0:
                yield ColumnEquation.of("sum", (total,), columns[at - parts : at])


def _calls(sheet: Sheet, equation: ColumnEquation) -> bool:
    """True where the headings say that the columns are a total and its parts."""
    total = sheet.headings[equation.columns("total")[0]]
    parts = [sheet.headings[at] for at in equation.columns("parts")]
    texts = [part.text for part in parts]
    complete = _is_complete(sheet, equation)
    if not complete and any(_word("trait", text) for text in texts):
        return False
    settled = any(_word("on_time", text) for text in texts) and any(_word("late", text) for text in texts)
    under = {part.parent for part in parts}
    return (
        says(total.text, "whole")
        or (says(total.leaf, "period") and all(says(part.leaf, "period") for part in parts))
        or settled
        or complete
        or (len(under) == 1 and any(says(parent, "part") for parent in under))
        or (len(under) == 1 and total.text == next(iter(under)))
    )


def _is_complete(sheet: Sheet, equation: ColumnEquation) -> bool:
    """True where the parts leave nothing out: both sexes, or what is done and what is left."""
    parts = [sheet.headings[at] for at in equation.columns("parts")]
    sexes = any(says(part.text, "male") for part in parts) and any(says(part.text, "female") for part in parts)
    return sexes or any(says(part.leaf, "rest") for part in parts)


def _word(cue: str, text: str) -> bool:
    return regex.search(rf"(?i)(?<!\p{{L}}){any_of('cues', cue)}(?!\p{{L}})", text) is not None


def _as_remainder(sheet: Sheet, equation: ColumnEquation) -> ColumnEquation:
    """What is left of a total is a remainder, where the other part is what was done."""
    parts = equation.columns("parts")
    if len(parts) == 2:
        done, left = parts if says(sheet.headings[parts[1]].leaf, "rest") else parts[::-1]
        if says(sheet.headings[left].leaf, "rest") and not says(sheet.headings[done].leaf, "rest"):
            return ColumnEquation.of("remainder", equation.columns("total"), (done,), (left,))
    return equation


def _may_be_open(sheet: Sheet, equation: ColumnEquation) -> bool:
    """True for cases that came in, parted into those settled on time and late: some may not be settled yet."""
    texts = [sheet.headings[at].text for at in equation.columns("parts")]
    total = sheet.headings[equation.columns("total")[0]]
    beside = {sheet.headings[at].parent for at in equation.columns("parts")} == {total.parent} != {""}
    if says(total.leaf, "settled") or (beside and says(total.leaf, "whole")):
        return False
    return any(_word("late", text) for text in texts) and any(_word("on_time", text) for text in texts)


def _spare(sheet: Sheet, equation: ColumnEquation, rows: Sequence[TableRow]) -> ColumnEquation:
    """The equation without the rows in which a part may be missing: several miss their sum on the same side."""
    if not equation.kind.adds_up:
        return equation
    failed = [(row, i) for row in rows if (i := instance_of(equation, row)) is not None and i.fails]
    spared = {row.number for row, _ in same_direction(failed)}
    open_rows = {row.number for row, i in failed if falls_short(i)}
    doubtful = open_rows if _may_be_open(sheet, equation) else set()
    return replace(equation, spared=frozenset(spared), doubtful=frozenset(doubtful))
