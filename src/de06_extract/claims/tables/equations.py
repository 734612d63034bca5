"""The equations between the columns of a table, found from its headings and its own numbers.

An equation is used where the headings call for it and the rows bear it out, or where so many rows bear it out that
chance is ruled out. One that most rows contradict is none: it would accuse right figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from de06_extract.claims.tables.cells import TableCell
from de06_extract.claims.tables.rows import TableRow
from de06_extract.numbers.figures import Figure
from de06_extract.numbers.kind import Kind, Operands
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.slips import digits_of, is_one_edit
from de06_extract.numbers.verdicts import HOLDS, Judgement
from de06_extract.schema.report import Direction

Mode = Literal["signed", "falls", "sized"]  # how a column of differences is printed
Cells = dict[str, "TableCell | tuple[TableCell, ...] | None"]

_HOPELESS = 4  # rows by which the contradicting may outnumber the others; of long tables the rest is not looked at
_HOLDS, _CUT, _FAILS = 2, 1, -4  # points of a row: one that contradicts takes two that hold, a cut figure is half proof
_MOST_DIGITS = 6  # digits of one figure that count: chance hits so many as little as more
_SURE = 6  # digits that chance does not hit
_ROWS = 3  # rows that bear out what no heading calls for
_UNCALLED, _CALLED = 5, 2  # rows that hold for each that fails, without a heading that calls for it and with one
_PROOFS = 2  # rows that hold before columns that no rule parts are taken for what they look like
_MOST_SLIPS = 2  # rows that fail by a digit where none holds; more are of another equation
_FEWEST_PARTS = 2  # figures that are a sum; one alone is no part of anything
_DETERMINED = 3  # of old, new, size and percentage; with so many the fourth follows

_CHANGE, _RATIO, _REMAINDER, _SUM = map(kind_of, ("change", "ratio", "remainder", "sum"))


@dataclass(frozen=True, slots=True)
class ColumnEquation:
    """Columns in the roles of a kind of claim.

    `mode` says how a change is printed. `over_total` is the row whose cell is the denominator of every share. `spared`
    are the numbers of rows in which a part may be missing, `doubtful` those of rows that prove something only where a
    column contradicts them too.
    """

    kind: Kind
    roles: tuple[tuple[str, tuple[int, ...]], ...]
    mode: Mode = "signed"
    over_total: TableRow | None = None
    spared: frozenset[int] = frozenset()
    doubtful: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, kind: str, *columns: Sequence[int], mode: Mode = "signed", over_total: TableRow | None = None
    ) -> ColumnEquation:
        """Columns for each role of the kind in its order, none for one that is not filled."""
        known = kind_of(kind)
        held = zip(known.role_names, map(tuple, columns), strict=True)
        return cls(known, tuple((role, at) for role, at in held if at), mode, over_total)

    def columns(self, role: str) -> tuple[int, ...]:
        """The columns in a role, none where it is not filled."""
        return dict(self.roles).get(role, ())


@dataclass(frozen=True, slots=True)
class Instance:
    """An equation in one row, or over several, with the judgement on it."""

    kind: Kind
    cells: Cells
    judgement: Judgement
    direction: Direction | None = None

    @property
    def holds(self) -> bool:
        """True where the figures can all be true."""
        return self.judgement.verdict in HOLDS

    @property
    def fails(self) -> bool:
        """True where they cannot."""
        return self.judgement.verdict == "inconsistent"

    def one(self, role: str) -> TableCell | None:
        """The cell in a role that holds one."""
        held = self.cells.get(role)
        return held if isinstance(held, TableCell) else None

    def several(self, role: str) -> tuple[TableCell, ...]:
        """The cells in a role that holds a list."""
        held = self.cells.get(role)
        return held if isinstance(held, tuple) else ()

    def figures(self) -> Iterator[TableCell]:
        """Every cell with a figure."""
        for held in self.cells.values():
            for cell in held if isinstance(held, tuple) else (held,):
                if cell is not None and cell.figure is not None:
                    yield cell


@dataclass
class Score:
    """How the rows bear an equation out: `weight` grows with the digits that chance would have had to hit.

    `agree` counts the rows that hold whatever they are worth, 100% of all among them, `cut` those that hold only if the
    figure was cut off: one alone is chance.
    """

    holds: int = 0
    cut: int = 0
    agree: int = 0
    weight: int = 0
    failed: list[tuple[TableRow, Instance]] = field(default_factory=list)

    @property
    def fails(self) -> int:
        """How many rows contradict it."""
        return len(self.failed)

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one better than another."""
        return _HOLDS * self.holds + _CUT * self.cut + _FAILS * self.fails, self.weight

    @property
    def support(self) -> int:
        """How many rows speak for it."""
        return self.holds + (self.cut if self.cut > 1 or self.holds else 0)

    @property
    def is_sharp(self) -> bool:
        """True where chance hardly hits so many digits."""
        return self.weight >= _SURE

    @property
    def is_frequent(self) -> bool:
        """True where so many rows speak for it that it is the rule of the table."""
        return self.support >= _ROWS

    @property
    def proves_columns(self) -> bool:
        """True where most rows hold, and more than one: the columns were read right, though no rule parts them."""
        return self.support >= _PROOFS and self.support > self.fails

    def bears_out(self, *, called: bool, strongly: bool = False) -> bool:
        """True where enough rows hold and few fail; what no heading calls for needs more, what one spells out less."""
        if not called:
            return self.is_sharp and self.is_frequent and self.support >= _UNCALLED * self.fails
        slips = all(is_slip(instance) for _, instance in self.failed)
        if self.support == 0:
            return 0 < self.fails <= _MOST_SLIPS and slips
        return self.agree >= (1 if slips or strongly else _CALLED) * self.fails


def score(equation: ColumnEquation, rows: Sequence[TableRow]) -> Score:
    """How the rows bear the equation out; rows with the same figures count once, trivial ones not at all."""
    out, seen = Score(), set()
    for row in rows:
        instance = instance_of(equation, row) if row.is_certain else None
        if instance is None:
            continue
        if instance.fails:
            out.failed.append((row, instance))
            if out.fails > out.holds + _HOPELESS:
                break
        elif instance.holds:
            out.agree += 1
            if is_trivial(instance):
                continue
            values = tuple(cell.figure.value for cell in instance.figures() if cell.figure is not None)
            if values not in seen:
                seen.add(values)
                out.holds += instance.judgement.verdict == "consistent"
                out.cut += instance.judgement.verdict == "truncated"
                out.weight += _digits(instance)
    return out


def instance_of(equation: ColumnEquation, row: TableRow) -> Instance | None:
    """The equation in one row; None where a figure that it needs is not printed."""
    return _IN_ROW[equation.kind](equation, row)


def _cell(equation: ColumnEquation, row: TableRow, role: str) -> TableCell | None:
    columns = equation.columns(role)
    return row.cells[columns[0]] if columns else None


def _ratio_in_row(equation: ColumnEquation, row: TableRow) -> Instance | None:
    numerator, denominator, percent = (_cell(equation, row, role) for role in _RATIO.role_names)
    if equation.over_total is not None:
        denominator = equation.over_total.cells[equation.columns("numerator")[0]]
    return ratio_of(numerator, denominator, percent)


def _change_in_row(equation: ColumnEquation, row: TableRow) -> Instance | None:
    old, new, delta, percent = (_cell(equation, row, role) for role in _CHANGE.role_names)
    return change_of(old, new, delta, percent, equation.mode)


def _remainder_in_row(equation: ColumnEquation, row: TableRow) -> Instance | None:
    total, done, left = (_cell(equation, row, role) for role in _REMAINDER.role_names)
    return remainder_of(total, done, left)


def _sum_in_row(equation: ColumnEquation, row: TableRow) -> Instance | None:
    return sum_of(_cell(equation, row, "total"), [row.cells[at] for at in equation.columns("parts")])


_IN_ROW: Mapping[Kind, Callable[[ColumnEquation, TableRow], Instance | None]] = {
    _RATIO: _ratio_in_row,
    _CHANGE: _change_in_row,
    _REMAINDER: _remainder_in_row,
    _SUM: _sum_in_row,
}


def ratio_of(numerator: TableCell | None, denominator: TableCell | None, percent: TableCell | None) -> Instance | None:
    """percent = 100 · numerator / denominator; a percentage of 0, or 0% and 100% of an empty cell, is undefined."""
    if percent is None or percent.figure is None or numerator is None or denominator is None:
        return None
    cells: Cells = {"numerator": _printed(numerator), "denominator": _printed(denominator), "percent": percent}
    if denominator.holds_nothing and numerator.holds_nothing and percent.figure.value in (0, 100):
        return Instance(_RATIO, cells, Judgement("undefined"))
    if denominator.figure is None or (numerator.figure is None and not numerator.holds_nothing):
        return None
    if denominator.figure.value == 0:
        return Instance(_RATIO, cells, Judgement("undefined"))
    if numerator.figure is None or min(f.value for f in (numerator.figure, denominator.figure, percent.figure)) < 0:
        return None
    return Instance(_RATIO, cells, _RATIO.judge(numerator.figure, denominator.figure, percent.figure))


def sum_of(total: TableCell | None, parts: Sequence[TableCell], *, empty_is_nothing: bool = False) -> Instance | None:
    """total = Σ parts; in a column an empty cell adds nothing, in a row it leaves the sum open."""
    if total is None or total.figure is None:
        return None
    if not empty_is_nothing and any(part.kind == "empty" for part in parts):
        return None
    if not all(_may_be_added(cell) for cell in (total, *parts)):
        return None
    held = tuple(part for part in parts if part.is_number)
    if len(held) < _FEWEST_PARTS:
        return None
    return Instance(_SUM, {"total": total, "parts": held}, _SUM.judge(total.figure, [_printed_figure(p) for p in held]))


def _may_be_added(cell: TableCell) -> bool:
    """True for a figure that is no percentage, and for a cell that holds nothing."""
    return cell.holds_nothing or (cell.is_number and cell.kind != "percent")


def remainder_of(total: TableCell | None, done: TableCell | None, left: TableCell | None) -> Instance | None:
    """left = total − done."""
    if any(cell is None or cell.figure is None for cell in (total, done, left)):
        return None
    figures = [cell.figure for cell in (total, done, left) if cell is not None]
    return Instance(_REMAINDER, {"total": total, "done": done, "left": left}, _REMAINDER.judge(*figures))


def change_of(
    old: TableCell | None, new: TableCell | None, delta: TableCell | None, percent: TableCell | None, mode: Mode
) -> Instance | None:
    """delta = new − old, percent = 100 · delta / old; None where too little is printed."""
    before, after, size, share = held = [_figure(cell) for cell in (old, new, delta, percent)]
    stated = size if size is not None else share
    if stated is None or sum(figure is not None for figure in held) < _DETERMINED:
        return None
    if any(level is not None and level.value < 0 for level in (before, after)):
        return None
    direction = _direction(before, after, stated, mode)
    judgement = _CHANGE.judge(before, after, _size(size), _size(share), direction)
    cells: Cells = {
        role: cell if figure is not None else None
        for role, cell, figure in zip(_CHANGE.role_names, (old, new, delta, percent), held, strict=True)
    }
    return Instance(_CHANGE, cells, judgement, direction)


def _direction(before: Figure | None, after: Figure | None, stated: Figure, mode: Mode) -> Direction:
    """Where a change goes: as its sign says, or for a size without a sign as the two values do."""
    if mode == "sized" and before is not None and after is not None:
        return "down" if after.value < before.value else "up"
    falls = (stated.value < 0) != (mode == "falls")  # a column of falls prints a rise with a minus
    return "down" if falls and stated.value else "up"


def is_trivial(instance: Instance) -> bool:
    """True where the figures would agree whatever they were: nothing of something, all of it, one part of a total."""
    return instance.kind.is_trivial(Operands(instance.cells).map(_printed_figure))


def is_slip(instance: Instance) -> bool:
    """True where what is printed is one digit, or two swapped, from what follows."""
    figure, computed = _stated(instance), instance.judgement.computed
    if figure is None or computed is None:
        return False
    written, right = (digits_of(abs(Fraction(v)) / figure.scale, figure.decimals) for v in (figure.value, computed))
    return is_one_edit(written, right)


def same_direction(failed: Iterable[tuple[TableRow, Instance]]) -> list[tuple[TableRow, Instance]]:
    """Of the rows that miss their sum, those that miss it like another: all above it, or all below."""
    rows = list(failed)
    above = [pair for pair in rows if _gap(pair[1]) > 0]
    below = [pair for pair in rows if _gap(pair[1]) < 0]
    return [pair for side in (above, below) if len(side) > 1 for pair in side]


def falls_short(instance: Instance) -> bool:
    """True where the parts are less than their total."""
    return _gap(instance) > 0


def _gap(instance: Instance) -> Fraction:
    total = instance.one("total")
    computed = instance.judgement.computed
    if total is None or total.figure is None or computed is None:
        return Fraction(0)
    return Fraction(total.figure.value) - computed


def _digits(instance: Instance) -> int:
    """How many digits of the stated figure chance would have had to hit."""
    figure = _stated(instance)
    if figure is None:
        return 0
    return min(_MOST_DIGITS, len(digits_of(abs(Fraction(figure.value)), figure.decimals).lstrip("0")))


def _stated(instance: Instance) -> Figure | None:
    """The figure that follows from the others: of a change its percentage before its size."""
    cell = next((cell for role in reversed(instance.kind.stated) if (cell := instance.one(role))), None)
    return None if cell is None else cell.figure


def _printed_figure(cell: TableCell) -> Figure:
    assert cell.figure is not None  # an equation holds figures only
    return cell.figure


def _printed(cell: TableCell) -> TableCell | None:
    return cell if cell.figure is not None else None


def _figure(cell: TableCell | None) -> Figure | None:
    return None if cell is None else cell.figure


def _size(figure: Figure | None) -> Figure | None:
    return None if figure is None else replace(figure, value=abs(figure.value))
