"""The tables of a text, in whichever of several ways it marks their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from de06_extract.document.plain_tables.bar_cells import find_bar_cell_tables
from de06_extract.document.plain_tables.bars import find_bar_tables
from de06_extract.document.plain_tables.blanks import find_aligned_tables
from de06_extract.document.plain_tables.cell_lines import find_cell_tables
from de06_extract.document.plain_tables.lines import Line, TextTable
from de06_extract.document.plain_tables.rows import find_row_tables
from de06_extract.document.plain_tables.tabs import find_tab_tables

Finder = Callable[[str, Sequence[Line], Sequence[bool]], Iterable[TextTable]]

_FINDERS: tuple[Finder, ...] = (
    find_bar_tables,
    find_bar_cell_tables,
    find_aligned_tables,
    find_row_tables,
    find_cell_tables,
)


def find_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """Every table of a plain text, in its order."""
    return find_tables_among(text, lines, [True] * len(lines), lambda text, lines, _: find_tab_tables(text, lines))


def find_tables_among(text: str, lines: Sequence[Line], free: Sequence[bool], first: Finder) -> list[TextTable]:
    """Every table among the lines that are free, in their order; what one finder takes is none of those behind it."""
    free, found = list(free), list[TextTable]()
    for find in (first, *_FINDERS):
        for table in list(find(text, lines, free)):
            free[table.first : table.last + 1] = [False] * (table.last + 1 - table.first)
            found.append(table)
    return sorted(found, key=lambda table: table.first)
