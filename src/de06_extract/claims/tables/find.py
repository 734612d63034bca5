"""The claims of tables: each equation in each row, each total over its rows, with names a reader finds in the table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from de06_extract.claims.tables.cells import TableCell, shares_inside
from de06_extract.claims.tables.column_equations import column_equations
from de06_extract.claims.tables.equations import ColumnEquation, Instance, instance_of, is_trivial, ratio_of
from de06_extract.claims.tables.rows import TableRow
from de06_extract.claims.tables.sheets import Sheet
from de06_extract.claims.tables.totals import Total, find_totals
from de06_extract.document.document import Document
from de06_extract.heartbeat import stepping
from de06_extract.language.messages import messages
from de06_extract.numbers.figures import quantity_of
from de06_extract.numbers.intervals import approximate
from de06_extract.schema.report import Claim, Quantity, Unchecked

_LONGEST_NAME = 60  # characters of a row or column name in a label
_EXAMPLES = 5  # figures that coverage names for a reason
_SHOWN = 4  # parts of a sum over rows that a quote names


def find_table_claims(document: Document, sheets: Sequence[Sheet], first: int = 1) -> tuple[Claim, ...]:
    """Every claim of the tables, in the order in which they begin, identified from c«first» on."""
    claims = [claim for sheet in stepping(sheets) for claim in _sheet_claims(document, sheet)]
    claims.sort(key=lambda claim: (claim.span.start, claim.span.end, claim.kind))
    return tuple(claim.model_copy(update={"id": f"c{n}"}) for n, claim in enumerate(claims, first))


def name_cell(sheets: Sequence[Sheet], start: int) -> str:
    """The row and the column of the figure at an offset."""
    for sheet in sheets:
        if sheet.grid.start <= start < sheet.grid.end:
            for row in sheet.rows:
                for column, cell in enumerate(row.cells):
                    if cell.is_number and cell.start == start:
                        return f"{_name(row)} – {_heading(sheet, column)}"
    return ""


def unchecked_cells(document: Document, sheets: Sequence[Sheet], checked: Collection[int]) -> tuple[Unchecked, ...]:
    """The figures of tables that no check reached, with why: their column is not certain, or no equation holds them."""
    reasons: dict[str, list[TableCell]] = {"table-alignment": [], "table-no-equation": []}
    for sheet in sheets:
        unsure = {cell.start for row in sheet.rows if not row.is_certain for cell in row.cells if cell.is_number}
        for cell in sheet.numbers():
            if cell.start not in checked:
                reasons["table-alignment" if cell.start in unsure else "table-no-equation"].append(cell)
    return tuple(
        Unchecked(
            reason=reason,
            numbers=len(cells),
            examples=tuple(document.span(cell.start, cell.end) for cell in cells[:_EXAMPLES]),
        )
        for reason, cells in reasons.items()
        if cells
    )


def _sheet_claims(document: Document, sheet: Sheet) -> Iterator[Claim]:
    equations = column_equations(sheet)
    sheet = _settled(sheet, equations)
    totals = find_totals(sheet)
    contradicted = {cell.start for t in totals for _, i in t.instances if i.fails for cell in i.figures()}
    for equation in equations:
        for row in sheet.rows:
            instance = _instance(equation, row, contradicted)
            if instance is not None:
                yield _row_claim(document, sheet, equation, row, instance)
    yield from _cell_claims(document, sheet)
    for total in totals:
        for column, instance in total.instances:
            yield _column_claim(document, sheet, total, column, instance)


def _instance(equation: ColumnEquation, row: TableRow, contradicted: Collection[int]) -> Instance | None:
    """The equation in a row; None where it says nothing of it, or nothing sure.

    In a doubtful row it is sure only if a figure stands at one of the offsets that a total contradicts.
    """
    if not row.is_certain or row.kind == "average" or row.number in equation.spared:
        return None
    instance = instance_of(equation, row)
    if instance is None or row.number not in equation.doubtful:
        return instance
    return instance if any(cell.start in contradicted for cell in instance.figures()) else None


def _cell_claims(document: Document, sheet: Sheet) -> Iterator[Claim]:
    """The claims of cells that hold numerator, denominator and percentage."""
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            shares = shares_inside(document.text, cell)
            instance = None if shares is None else ratio_of(*shares)
            if instance is not None:
                yield _cell_claim(document, sheet, row, column, instance)


def _settled(sheet: Sheet, equations: Sequence[ColumnEquation]) -> Sheet:
    """The sheet with rows put right that the equations of the others leave one way to read."""
    return replace(sheet, rows=tuple(row if row.is_certain else _settle(row, equations) for row in sheet.rows))


def _settle(row: TableRow, equations: Sequence[ColumnEquation]) -> TableRow:
    right = []
    for way in row.ways:
        certain = replace(row, cells=way, ways=())
        instances = [i for equation in equations if (i := instance_of(equation, certain)) is not None]
        if any(i.holds and not is_trivial(i) for i in instances) and not any(i.fails for i in instances):
            right.append(certain)
    return right[0] if len(right) == 1 else row


def _row_claim(document: Document, sheet: Sheet, equation: ColumnEquation, row: TableRow, instance: Instance) -> Claim:
    """The claim of one row: its name and, for each figure, its heading."""
    columns = sorted(at for _, held in equation.roles for at in held)
    stated = chain.from_iterable(map(equation.columns, equation.kind.stated))
    about = "; ".join(_heading(sheet, at) for at in stated)
    shown = "; ".join(f"{_heading(sheet, at)}: {row.cells[at].text}" for at in columns if row.cells[at].text)
    return _claim(
        document, sheet, instance,
        label=f"{_name(row)} – {about}",
        quote=f"{_name(row)} – {shown}",
    )  # fmt: skip


def _cell_claim(document: Document, sheet: Sheet, row: TableRow, column: int, instance: Instance) -> Claim:
    """The claim of a cell that holds numerator, denominator and percentage."""
    label = f"{_name(row)} – {_heading(sheet, column)}"
    quote = f"{label}: {row.cells[column].text}"
    return _claim(document, sheet, instance, label=label, quote=quote)


def _column_claim(document: Document, sheet: Sheet, total: Total, column: int, instance: Instance) -> Claim:
    """The claim of one column: the heading, the total, and the first and last of its rows."""
    heading = _heading(sheet, column)
    parts = [f"{_name(part)}: {part.cells[column].text}" for part in total.parts if part.cells[column].is_number]
    if len(parts) > _SHOWN:
        parts = [*parts[:2], "…", *parts[-1:]]
    return _claim(
        document, sheet, instance,
        label=f"{_name(total.row)} – {heading}",
        quote=f"{heading} – {_name(total.row)}: {total.row.cells[column].text}; {'; '.join(parts)}",
    )  # fmt: skip


def _claim(document: Document, sheet: Sheet, instance: Instance, *, label: str, quote: str) -> Claim:
    figures = sorted(instance.figures(), key=lambda cell: cell.start)
    computed = instance.judgement.computed
    return Claim(
        id="",
        kind=instance.kind.name,
        label=label,
        quote=quote,
        span=document.span(figures[0].start, figures[-1].end),
        locations=tuple(place for cell in figures for place in document.locations(cell.start, cell.end)),
        quantities={
            role: None if held is None
            else tuple(_quantity(document, cell) for cell in held) if isinstance(held, tuple)
            else _quantity(document, held, size=role in instance.kind.sizes)
            for role in instance.kind.role_names
            for held in [instance.cells.get(role)]
        },
        direction=instance.direction,
        table=sheet.id,
        verdict=instance.judgement.verdict,
        computed=None if computed is None else approximate(computed),
    )  # fmt: skip


def _quantity(document: Document, cell: TableCell, *, size: bool = False) -> Quantity:
    figure = cell.figure
    assert figure is not None  # an equation holds figures only
    at = cell.start, cell.end
    bare = replace(figure, value=abs(figure.value)) if size else figure
    return quantity_of(bare, document.span(*at), document.locations(*at))


def _name(row: TableRow) -> str:
    """The row as a reader finds it: its number and its name."""
    return " ".join(filter(None, (row.ordinal and f"{row.ordinal}.", _short(row.name)))) or _number(row)


def _number(row: TableRow) -> str:
    named: str = messages("report")["vi"]["place"]["row"]
    return named.format(row=row.number)


def _heading(sheet: Sheet, column: int) -> str:
    """The column as a reader finds it: its heading, or which one it is."""
    named: str = messages("report")["vi"]["place"]["column"]
    return _short(sheet.names[column]) or named.format(column=column + 1)


def _short(text: str) -> str:
    """The text, cut at a blank where it is long."""
    return text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME].rpartition(" ")[0] + "…"
