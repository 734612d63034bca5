"""Tables whose cells are parted by tabs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from de06_extract.document.plain_tables.lines import Line, Pieces, Range, TextTable

_NUMBER = regex.compile(r"[\d.,%]*\d[\d.,%]*")
_BEFORE_DIGITS = "*_(+-−– "
_REACH = 5  # lines from one row to the next, empty ones between them


def find_tab_tables(text: str, lines: Sequence[Line]) -> Iterator[TextTable]:
    """The tables that the lines with tabs make."""
    numbers: list[int] = []
    for number, line in enumerate(lines):
        if "\t" in line.text.strip(" "):
            if numbers and number - numbers[-1] > _REACH:
                yield _table(text, lines, numbers)
                numbers = []
            numbers.append(number)
        elif numbers and not line.is_empty:
            yield _table(text, lines, numbers)
            numbers = []
    if numbers:
        yield _table(text, lines, numbers)


def _table(text: str, lines: Sequence[Line], numbers: Sequence[int]) -> TextTable:
    """The table of some lines; rows before the first with a number in its first cell are headings.

    A row without a number whose first cell is empty goes on the row before: a page break split it.
    """
    rows: list[list[Pieces]] = []
    header_rows = None
    for number in numbers:
        cells = _cells(lines[number])
        texts = [text[slice(*cell)] for cell in cells]
        if header_rows is not None and not texts[0] and not any(map(_begins_with_number, texts)):
            rows[-1] = _joined(rows[-1], cells)
            continue
        if header_rows is None and _NUMBER.fullmatch(texts[0].rstrip(".")):
            header_rows = len(rows)
        rows.append([(cell,) for cell in cells])
    held = tuple(map(tuple, rows))
    return TextTable(numbers[0], numbers[-1], held, 1 if header_rows is None else header_rows, "marked")


def _begins_with_number(cell: str) -> bool:
    return _NUMBER.match(cell.lstrip(_BEFORE_DIGITS)) is not None


def _cells(line: Line) -> list[Range]:
    cells, at = [], 0
    for part in line.text.split("\t"):
        cells.append(line.part(at, at + len(part)))
        at += len(part) + 1
    return cells


def _joined(row: Sequence[Pieces], rest: Sequence[Range]) -> list[Pieces]:
    """The row with the filled cells of the rest behind its own."""
    wide = [*row, *[()] * (len(rest) - len(row))]
    more = [(cell,) if cell[1] > cell[0] else () for cell in rest]
    return [(*held, *added) for held, added in zip(wide, [*more, *[()] * (len(wide) - len(more))], strict=True)]
