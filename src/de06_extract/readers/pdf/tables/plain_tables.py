"""Tables of a PDF page that no rules, or only level ones, part into cells: columns are told from where words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import sub

from de06_extract.document.plain_tables.alignment import AlignedTable, Piece, find_aligned
from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.tables.frames import TablePart

_GAP = 1.0  # of the size of type; a wider gap parts two cells
_SAME_LINE = 0.35  # of the size of type between two baselines
_EMPTY_LINE = 2.5  # of the size of type between two baselines; a line was left out

_BETWEEN_WORDS, _BETWEEN_LETTERS = re.compile(r"\s+"), re.compile(r"(?<=\S)\s*(?=\S)")

Item = TextLine | TablePart


def with_plain_tables(items: Sequence[Item]) -> list[Item]:
    """The lines and tables of a page, with tables in place of the lines that make some."""
    lines = sorted((item for item in items if isinstance(item, TextLine)), key=lambda line: (line.baseline, line.x0))
    rows = list(_rows(lines))
    cells: list[TextLine] = []
    tables: dict[int, TablePart] = {}
    for table in find_aligned([_pieces(row, cells) for row in rows]):
        held = [line for row in rows[table.first : table.last + 1] for line in row]
        tables.update(dict.fromkeys(map(id, held), _table(table, cells, held)))
    return list(_replaced(items, tables))


def _pieces(row: Sequence[TextLine], cells: list[TextLine]) -> list[Piece]:
    """The parts of the lines of a row from left to right, which are added to the cells."""
    parts = sorted((part for line in row for part in _cells(line)), key=lambda part: part.x0)
    cells += parts
    return [Piece(part.x0, part.x1, part.text, at) for at, part in enumerate(parts, len(cells) - len(parts))]


def _replaced(items: Sequence[Item], tables: dict[int, TablePart]) -> Iterator[Item]:
    done: set[int] = set()
    for item in items:
        table = tables.get(id(item))
        if table is None:
            yield item
        elif id(table) not in done:
            done.add(id(table))
            yield table


def _rows(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """The lines that stand beside each other, from the top; an empty row where a line was left out."""
    row: list[TextLine] = []
    for line in lines:
        if row and line.baseline - row[0].baseline > _SAME_LINE * max(line.size, row[0].size):
            yield row
            if line.baseline - row[0].baseline > _EMPTY_LINE * row[0].size:
                yield []
            row = []
        row.append(line)
    if row:
        yield row


def _cells(line: TextLine) -> list[TextLine]:
    """The parts of a line between its wide gaps."""
    text, lefts, rights, gap = line.text, line.lefts, line.rights, _GAP * line.size
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if first >= last:
        return []
    widest = max(map(sub, lefts[1:], rights), default=0.0) if line.widest is None else line.widest
    between = _BETWEEN_LETTERS if widest > gap else _BETWEEN_WORDS  # it is wide somewhere without a blank
    spans = map(re.Match.span, between.finditer(text, first, last))
    cuts = [(end, start) for end, start in spans if lefts[start] - rights[end - 1] > gap]
    if not cuts:
        return [_part(line, first, last)]
    ends, starts = zip(*cuts, strict=True)
    return [_part(line, *edges) for edges in zip((first, *starts), (*ends, last), strict=True)]


def _part(line: TextLine, first: int, end: int) -> TextLine:
    if first == 0 and end == len(line.text):
        return line
    lefts, rights = line.lefts[first:end], line.rights[first:end]
    return line._replace(
        text=line.text[first:end],
        lefts=lefts,
        rights=rights,
        x0=lefts[0],
        x1=rights[-1],
        confidences=line.confidences and line.confidences[first:end],
    )


def _table(table: AlignedTable, cells: Sequence[TextLine], lines: Sequence[TextLine]) -> TablePart:
    height, width = 1 + max(cell.row for cell in table.cells), 1 + max(cell.column for cell in table.cells)
    held: list[list[list[TextLine]]] = [[[] for _ in range(width)] for _ in range(height)]
    for cell in table.cells:
        held[cell.row][cell.column].append(cells[cell.piece.at])
    return TablePart(
        page=lines[0].page,
        top=min(line.top for line in lines),
        bottom=max(line.bottom for line in lines),
        xs=(),
        rows=tuple(tuple(map(tuple, row)) for row in held),
        reading="aligned" if table.is_sure else "unsure",
    )
