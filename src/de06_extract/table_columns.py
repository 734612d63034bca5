"""Which equations hold between the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import regex

from de06_extract.table_cells import says
from de06_extract.table_equations import Equation, Mode, Score, instance_of, is_slip, same_direction, score
from de06_extract.table_rows import TableRow
from de06_extract.tables import Sheet
from de06_extract.vocabulary import any_of

_REACH = 10  # columns between a percentage and its base, a total and its last part
_SURE = 6  # digits that chance does not hit
_ROWS = 3  # rows that bear out what no heading calls for
_OPERAND = regex.compile(r"\d{1,2}")
_SUM = regex.compile(r"\d{1,2}(?:\+\d{1,2})+")
_DIFFERENCE = regex.compile(r"\d{1,2}-\d{1,2}")
_QUOTIENT = regex.compile(r"(?:100%?[x*×])?\d{1,2}[/:]\d{1,2}(?:[x*×.]?100)?%?")


def column_equations(sheet: Sheet) -> tuple[Equation, ...]:
    """The equations that the rows of the table bear out, each once."""
    rows = [row for row in sheet.rows if row.is_certain and row.kind != "average"]
    stated = list(_printed(sheet, rows))
    changes = _changes(sheet, rows)
    differences = {at for e in changes for at in e.columns("delta")}
    taken = {at for e in chain(stated, changes) for at in e.columns("percent")}
    rates = [e for at in _percent_columns(sheet) if at not in taken and (e := _rate(sheet, at, rows)) is not None]
    own_rates = [e for e in rates if e.kind == "change"]
    sums = _sums(sheet, rows, differences | {at for e in stated for at in e.columns("total")})
    equations = [*stated, *_joined(changes, own_rates), *(e for e in rates if e.kind == "ratio"), *sums]
    return tuple(dict.fromkeys(_spare(sheet, e, rows) for e in equations))


def _count_columns(sheet: Sheet) -> list[int]:
    return [at for at, kind in enumerate(sheet.kinds) if kind == "count"]


def _percent_columns(sheet: Sheet) -> list[int]:
    return [at for at, kind in enumerate(sheet.kinds) if kind in ("percent", "rate")]


def _ratio(numerator: int, denominator: int, percent: int) -> Equation:
    return Equation(
        "ratio", (("numerator", (numerator,)), ("denominator", (denominator,)), ("percent", (percent,)))
    )  # fmt: skip


def _change(old: int, new: int, delta: int | None, percent: int | None, mode: Mode) -> Equation:
    roles = [("old", (old,)), ("new", (new,))]
    roles += [("delta", (delta,))] if delta is not None else []
    roles += [("percent", (percent,))] if percent is not None else []
    return Equation("change", tuple(roles), mode)


def _printed(sheet: Sheet, rows: Sequence[TableRow]) -> Iterator[Equation]:
    """What the column numbers say: «5=3+4», «6=5/4»; unless the rows contradict it."""
    at = {heading.mark: column for column, heading in enumerate(sheet.headings) if heading.mark}
    for column, heading in enumerate(sheet.headings):
        bare = regex.sub(r"[\s()]", "", heading.formula or "").replace("–", "-").replace("−", "-")
        operands = [at[mark] for mark in _OPERAND.findall(bare.replace("100", "")) if mark in at]
        equation = None
        if _SUM.fullmatch(bare) and len(operands) == bare.count("+") + 1:
            equation = Equation("sum", (("total", (column,)), ("parts", tuple(operands))))
        elif _DIFFERENCE.fullmatch(bare) and len(operands) == 2:
            equation = Equation("remainder", (("total", operands[:1]), ("done", operands[1:]), ("left", (column,))))  # type: ignore[arg-type]
            equation = replace(equation, roles=tuple((role, tuple(held)) for role, held in equation.roles))
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


def _changes(sheet: Sheet, rows: Sequence[TableRow]) -> list[Equation]:
    """The differences between two columns, for the columns that a heading calls one."""
    counts, out = _count_columns(sheet), []
    for column in counts:
        if not says(sheet.headings[column].text, "delta"):
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


def _rate(sheet: Sheet, column: int, rows: Sequence[TableRow]) -> Equation | None:
    """What a column of percentages is a percentage of: a share of another column, of a total, or a change."""
    near = [at for at in _count_columns(sheet) if abs(at - column) <= _REACH]
    candidates = [_ratio(a, b, column) for a in near for b in near if a != b]
    if says(sheet.headings[column].text, "delta"):
        candidates += [
            _change(b, a, None, column, mode)
            for mode in _modes(sheet, column, rows)
            for a in near
            for b in near
            if a != b
        ]
    for total in (row for row in rows if row.kind == "total"):
        candidates += [
            Equation("ratio", (("numerator", (a,)), ("percent", (column,))), over_total=total)
            for a in near
            if total.cells[a].figure is not None
        ]
    best = _best(candidates, rows, lambda e: _closeness(e, column))
    if best is None:
        return None
    equation, found = best
    left = [at for at in near if at < column][-2:]
    usual = set(equation.columns("numerator") + equation.columns("denominator") + equation.columns("old")) <= set(left)
    if _is_borne_out(found, called=usual or found.weight >= _SURE or found.holds >= _ROWS):
        return equation
    return None


def _closeness(equation: Equation, column: int) -> int:
    """How near the columns stand; of two pairs that fit alike the nearer is meant, its part nearer than its whole."""
    part = (equation.columns("numerator") or equation.columns("new"))[0]
    whole = (equation.columns("denominator") or equation.columns("old") or (part,))[0]
    return -(2 * abs(column - part) + abs(column - whole))


def _best(
    candidates: Sequence[Equation], rows: Sequence[TableRow], closeness: object = None
) -> tuple[Equation, Score] | None:
    scored = [(e, score(e, rows)) for e in candidates]
    filled = [(e, s) for e, s in scored if s.holds or s.fails]
    if not filled:
        return None
    nearness = closeness if callable(closeness) else (lambda e: 0)
    return max(filled, key=lambda pair: (pair[1].rank, nearness(pair[0])))


def _is_borne_out(found: Score, *, called: bool) -> bool:
    """True where enough rows hold and few do not; what no heading calls for needs more."""
    if not called:
        return found.holds >= _ROWS and found.weight >= _SURE and 5 * found.fails <= found.holds
    if found.holds == 0:
        return 0 < found.fails <= 2 and all(is_slip(instance) for _, instance in found.failed)
    slips = all(is_slip(instance) for _, instance in found.failed)
    return found.holds >= 2 * found.fails or (slips and found.holds >= found.fails)


def _joined(changes: Sequence[Equation], rates: Sequence[Equation]) -> list[Equation]:
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


def _sums(sheet: Sheet, rows: Sequence[TableRow], without: set[int]) -> list[Equation]:
    """Totals with the columns that add up to them; what is part of a part is looked for first."""
    out: list[Equation] = []
    for columns in _families(sheet, without):
        left = list(columns)
        found = True
        while found and len(left) > 2:
            best = _best(list(_runs(left)), rows, lambda e: len(e.columns("parts")))
            candidates = sorted(
                ((e, s) for e in _runs(left) if (s := score(e, rows)).holds or s.fails),
                key=lambda pair: (pair[1].rank, len(pair[0].columns("parts"))),
                reverse=True,
            )
            found = False
            for equation, result in candidates if best is not None else ():
                if _is_borne_out(result, called=_calls(sheet, equation)):
                    out.append(_as_remainder(sheet, equation))
                    left = [at for at in left if at not in equation.columns("parts")]
                    found = True
                    break
    return out


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


def _runs(columns: Sequence[int]) -> Iterator[Equation]:
    """Each column as the total of two or more right behind it or right before it."""
    for at, total in enumerate(columns):
        for parts in range(2, min(_REACH, len(columns)) + 1):
            if at + parts < len(columns):
                yield Equation("sum", (("total", (total,)), ("parts", tuple(columns[at + 1 : at + 1 + parts]))))
            if at - parts >= 0:
                yield Equation("sum", (("total", (total,)), ("parts", tuple(columns[at - parts : at]))))


def _calls(sheet: Sheet, equation: Equation) -> bool:
    """True where the headings say that the columns are a total and its parts."""
    total = sheet.headings[equation.columns("total")[0]]
    parts = [sheet.headings[at] for at in equation.columns("parts")]
    if any(_word("trait", part.text) for part in parts):
        return False
    texts = [part.text for part in parts]
    settled = any(_word("on_time", text) for text in texts) and any(_word("late", text) for text in texts)
    rest = any(says(text, "rest") for text in texts)
    under = {part.parent for part in parts}
    return (
        says(total.text, "whole")
        or settled
        or rest
        or (len(under) == 1 and any(says(parent, "part") for parent in under))
        or (len(under) == 1 and total.text == next(iter(under)))
    )


def _word(cue: str, text: str) -> bool:
    return regex.search(rf"(?i)(?<!\p{{L}}){any_of('cues', cue)}(?!\p{{L}})", text) is not None


def _as_remainder(sheet: Sheet, equation: Equation) -> Equation:
    """What is left of a total is a remainder, where the other part is what was done."""
    parts = equation.columns("parts")
    if len(parts) == 2:
        done, left = parts if says(sheet.headings[parts[1]].leaf, "rest") else parts[::-1]
        if says(sheet.headings[left].leaf, "rest") and not says(sheet.headings[done].leaf, "rest"):
            roles = (("total", equation.columns("total")), ("done", (done,)), ("left", (left,)))
            return Equation("remainder", roles)
    return equation


def _spare(sheet: Sheet, equation: Equation, rows: Sequence[TableRow]) -> Equation:
    """The equation without the rows in which a part may be missing: several miss their sum on the same side.

    One row that misses it, and a total row that misses it by as much, say the same.
    """
    if equation.kind not in ("sum", "remainder"):
        return equation
    failed = [(row, i) for row in rows if (i := instance_of(equation, row)) is not None and i.fails]
    spared = frozenset(row.number for row, _ in same_direction(failed))
    return replace(equation, spared=spared)
