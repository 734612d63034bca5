"""The tables of a document: headings over their columns, each figure under its heading, rows with their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from de06_extract.claims.tables.cells import EMPTY, TableCell, in_english, read_cell, says
from de06_extract.claims.tables.headings import Heading, header_rows, is_caption, join_headings, unit_in
from de06_extract.claims.tables.rows import ColumnKind, TableRow, column_kinds, name_row, put_right
from de06_extract.document.document import Cell, Document, Grid
from de06_extract.heartbeat import stepping
from de06_extract.language.spelling import fold
from de06_extract.numbers.units import is_measured
from de06_extract.schema.report import Table

_GROUPED = regex.compile(r"\D*\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?\D*")
_ABOVE = 160  # characters above a table in which its unit may stand


@dataclass(frozen=True)
class Sheet:
    """A table as columns and rows: `id` is that of the report's table, `unit` the unit of all its figures."""

    id: str
    grid: Grid
    headings: tuple[Heading, ...]
    kinds: tuple[ColumnKind, ...]
    rows: tuple[TableRow, ...]
    unit: str | None = None

    @property
    def is_marked(self) -> bool:
        """True where rules, tabs or bars part the cells, False where their columns are told from how they stand."""
        return self.grid.reading == "marked"

    @cached_property
    def units(self) -> tuple[str | None, ...]:
        """The measure of each column, "" for an amount without one, None for what is counted."""
        return tuple(
            unit_in(heading.text) or self.unit or ("" if says(heading.text, "amount") else None)
            for heading in self.headings
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What a reader calls each column: its lowest heading, with those above where others are called the same."""
        leaves = Counter(heading.leaf for heading in self.headings)
        return tuple(h.leaf if leaves[h.leaf] == 1 else h.text for h in self.headings)

    @cached_property
    def count_columns(self) -> tuple[int, ...]:
        """The columns of figures that are no percentages."""
        return tuple(at for at, kind in enumerate(self.kinds) if kind == "count")

    @cached_property
    def number_columns(self) -> tuple[int, ...]:
        """The columns of figures, percentages among them."""
        return tuple(at for at, kind in enumerate(self.kinds) if kind in ("count", "percent"))

    def numbers(self) -> list[TableCell]:
        """The cells that are figures, ordinals left out, in reading order."""
        return [
            cell
            for row in self.rows
            for at, cell in enumerate(row.cells)
            if cell.is_number and self.kinds[at] != "ordinal"
        ]


def read_sheets(document: Document) -> tuple[Sheet, ...]:
    """Every table of the document, identified t1, t2, …"""
    return tuple(_sheet(document, grid, f"t{n}") for n, grid in enumerate(stepping(document.grids), 1))


def show_table(document: Document, sheet: Sheet) -> Table:
    """The table as the report shows it: heading rows joined to one, the figures of each row under their heading."""
    grid = sheet.grid
    return Table(
        id=sheet.id,
        title=document.text[slice(*grid.title)] if grid.title else None,
        header=tuple(heading.text for heading in sheet.headings),
        rows=tuple(tuple(cell.text for cell in row.cells) for row in sheet.rows),
        span=document.span(grid.start, grid.end),
        locations=document.locations(grid.start, grid.end),
    )


def _sheet(document: Document, grid: Grid, table_id: str) -> Sheet:
    raw = _raw_rows(document, grid)
    if _is_english(raw):
        raw = [[in_english(cell) for cell in row] for row in raw]
    width = max(map(len, raw), default=0)
    padded = [tuple(row) + (EMPTY,) * (width - len(row)) for row in raw]
    top = header_rows(padded)
    heads, headings = padded[:top], join_headings(padded[:top], width)
    body = [at for at in range(top, len(raw)) if not _repeats(padded[at], heads)]
    common = _common_width([raw[at] for at in body], width)
    kinds = column_kinds([padded[at] for at in body if len(raw[at]) >= common], headings)
    ways = [put_right(raw[at], kinds, common) if grid.reading != "unsure" else [] for at in body]
    rows = tuple(name_row(at + 1, way, padded[at], kinds) for at, way in zip(body, ways, strict=True))
    sheet = Sheet(table_id, grid, headings, kinds, rows, _unit_of_all(document, grid, heads))
    return replace(sheet, rows=tuple(_in_context(row, sheet) for row in rows))


def _unit_of_all(document: Document, grid: Grid, heads: Sequence[Sequence[TableCell]]) -> str | None:
    """The unit of all figures: from a row among the headings that only says it, from the title or from right above."""
    texts = [[cell.text for cell in row] for row in heads]
    captions = [text for row in texts if is_caption(row) for text in row if text]
    title = document.text[slice(*grid.title)] if grid.title else ""
    above = document.text[max(0, grid.start - _ABOVE) : grid.start]
    return next((unit for text in (*captions, title, above) if (unit := _stated(text)) is not None), None)


def _in_context(row: TableRow, sheet: Sheet) -> TableRow:
    """The row with figures that know their column: percentages without a sign, amounts in a unit of the heading."""
    return replace(
        row,
        cells=_contextual(row.cells, sheet, _unit_of(row, sheet)),
        ways=tuple(_contextual(way, sheet, _unit_of(row, sheet)) for way in row.ways),
    )


def _unit_of(row: TableRow, sheet: Sheet) -> str | None:
    """The measure that a column of units gives a row of its own: «Tỷ đồng»."""
    stated = (row.cells[at].text for at, h in enumerate(sheet.headings) if says(h.text, "unit") and h.leaf)
    return next((fold(text) for text in stated if is_measured(text)), None)


def _contextual(cells: Sequence[TableCell], sheet: Sheet, row_unit: str | None) -> tuple[TableCell, ...]:
    out = []
    for cell, kind, column_unit in zip(cells, sheet.kinds, sheet.units, strict=True):
        figure, unit = cell.figure, row_unit or column_unit
        if figure is not None and figure.kind == "count" and kind in ("percent", "rate"):
            cell = replace(cell, kind="percent", figure=replace(figure, kind="percent"))
        elif figure is not None and figure.kind == "count" and unit is not None and figure.unit is None:
            cell = replace(cell, figure=replace(figure, unit=unit or None, measured=True))
        out.append(cell)
    return tuple(out)


def _stated(text: str) -> str | None:
    """The unit of a whole table: only what follows «ĐVT» says so, no bracket."""
    return unit_in(text.replace("(", " "))


def _is_english(rows: Sequence[Sequence[TableCell]]) -> bool:
    """True where all marks in figures are English («1,204», «99.67%»): commas before three digits, dots before less."""
    texts = [cell.text for row in rows for cell in row if cell.is_number]
    commas = [text for text in texts if "," in text]
    dots = [text for text in texts if "." in text]
    return (
        bool(commas and dots)
        and all(_GROUPED.fullmatch(text) for text in commas)
        and all(regex.search(r"\.\d{1,2}(?!\d)", text) for text in dots)
    )


def _raw_rows(document: Document, grid: Grid) -> list[list[TableCell]]:
    """The cells of each row as they stand, without the empty columns at the end; a row that lost cells is shorter."""
    pieces: dict[tuple[int, int], list[Cell]] = {}
    widths: Counter[int] = Counter()
    for cell in grid.cells:
        pieces.setdefault((cell.row, cell.column), []).append(cell)
        widths[cell.row] = max(widths[cell.row], cell.column + 1)
    height = 1 + max(widths, default=-1)
    rows = [
        [read_cell(document.text, pieces.get((row, column), ())) for column in range(widths[row])]
        for row in range(height)
    ]
    filled = max((at + 1 for row in rows for at, cell in enumerate(row) if cell.text), default=0)
    return [row[:filled] for row in rows]


def _common_width(rows: Sequence[Sequence[TableCell]], width: int) -> int:
    """How many cells most rows have."""
    return Counter(len(row) for row in rows).most_common(1)[0][0] if rows else width


def _repeats(row: Sequence[TableCell], heads: Sequence[Sequence[TableCell]]) -> bool:
    """True for a heading row printed again on a following page, or column numbers printed again."""
    texts = [cell.text for cell in row]
    if not any(texts):
        return False
    return any([cell.text for cell in head] == texts for head in heads)
