"""The tables of a text, in whichever of several ways it marks their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from de06_extract.readers.text.aligned_tables import find_aligned_tables
from de06_extract.readers.text.bar_cell_tables import find_bar_cell_tables
from de06_extract.readers.text.bar_tables import find_bar_tables
from de06_extract.readers.text.cell_tables import find_cell_tables
from de06_extract.readers.text.row_tables import find_row_tables
from de06_extract.readers.text.tab_tables import find_tab_tables
from de06_extract.readers.text.text_table import Line, TextTable

Finder = Callable[[str, Sequence[Line], Sequence[bool]], Iterable[TextTable]]

_FINDERS: tuple[Finder, ...] = (
    find_bar_tables,
    find_bar_cell_tables,
    find_aligned_tables,
    find_row_tables,
    find_cell_tables,
)


def find_tables(text: str, lines: Sequence[Line]) -> list[TextTable]:
    """Every table in the order of the text; a line that one way of marking cells explains is none of another's."""
    found = list(find_tab_tables(text, lines))
    free = [True] * len(lines)
    for table in found:
        _take(free, table)
    for find in _FINDERS:
        for table in list(find(text, lines, free)):
            _take(free, table)
            found.append(table)
    return sorted(found, key=lambda table: table.first)


def _take(free: list[bool], table: TextTable) -> None:
    free[table.first : table.last + 1] = [False] * (table.last + 1 - table.first)
