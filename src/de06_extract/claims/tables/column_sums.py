"""Which columns of a table add up to which: totals with their parts, and what is left of a total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from de06_extract.claims.tables.cells import says
from de06_extract.claims.tables.equations import (
    ColumnEquation,
    Score,
    falls_short,
    instance_of,
    same_direction,
    score,
)
from de06_extract.claims.tables.headings import Heading
from de06_extract.claims.tables.rows import TableRow
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.language.vocabulary import any_of

_MOST_PARTS = 10  # columns beside a total that are looked at as its parts
_WIDEST = 64  # columns; Word allows 63, and of wider sheets the sums are not looked for


def column_sums(sheet: Sheet, rows: Sequence[TableRow], without: set[int]) -> list[ColumnEquation]:
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
    borne = [(e, s) for e, s in scored if s.bears_out(called=_calls(sheet, e), strongly=_is_complete(sheet, e))]
    totals = {e.columns("total") for e, _ in borne}
    inner = [pair for pair in borne if not any((part,) in totals for part in pair[0].columns("parts"))]
    best = max(inner or borne, key=lambda pair: (pair[1].rank, len(pair[0].columns("parts"))), default=None)
    return None if best is None else best[0]


def _families(sheet: Sheet, without: set[int]) -> list[list[int]]:
    """The columns that can add up: all, and those with the same lowest heading («Số hồ sơ» under each year)."""
    counts = [at for at in sheet.count_columns if at not in without]
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
        for parts in range(2, min(_MOST_PARTS, len(columns)) + 1):
            if at + parts < len(columns):
                yield ColumnEquation.of("sum", (total,), columns[at + 1 : at + 1 + parts])
            if at - parts >= 0:
                yield ColumnEquation.of("sum", (total,), columns[at - parts : at])


def _calls(sheet: Sheet, equation: ColumnEquation) -> bool:
    """True where the headings say that the columns are a total and its parts."""
    if _is_complete(sheet, equation):
        return True
    total = sheet.headings[equation.columns("total")[0]]
    parts = [sheet.headings[at] for at in equation.columns("parts")]
    if any(_word("trait", part.text) for part in parts):
        return False
    return (
        says(total.text, "whole")
        or all(says(heading.leaf, "period") for heading in (total, *parts))
        or _are_settled_cases(parts)
        or _are_under_one(total, parts)
    )


def _are_settled_cases(parts: Sequence[Heading]) -> bool:
    """True where some are on time and some late."""
    texts = [part.text for part in parts]
    return any(_word("late", text) for text in texts) and any(_word("on_time", text) for text in texts)


def _are_under_one(total: Heading, parts: Sequence[Heading]) -> bool:
    """True where the parts have one heading above them, which calls them parts or is that of the total."""
    parents = {part.parent for part in parts}
    return len(parents) == 1 and any(says(parent, "part") or parent == total.text for parent in parents)


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
    parts = [sheet.headings[at] for at in equation.columns("parts")]
    total = sheet.headings[equation.columns("total")[0]]
    beside = {part.parent for part in parts} == {total.parent} != {""}
    if says(total.leaf, "settled") or (beside and says(total.leaf, "whole")):
        return False
    return _are_settled_cases(parts)


def spare(sheet: Sheet, equation: ColumnEquation, rows: Sequence[TableRow]) -> ColumnEquation:
    """The equation without the rows in which a part may be missing: several miss their sum on the same side."""
    if not equation.kind.adds_up:
        return equation
    failed = [(row, i) for row in rows if (i := instance_of(equation, row)) is not None and i.fails]
    spared = {row.number for row, _ in same_direction(failed)}
    open_rows = {row.number for row, i in failed if falls_short(i)}
    doubtful = open_rows if _may_be_open(sheet, equation) else set()
    return replace(equation, spared=frozenset(spared), doubtful=frozenset(doubtful))
