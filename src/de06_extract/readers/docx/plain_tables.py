"""Tables of a Word document that its paragraphs make, a row or a cell each, with tabs or blanks or without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from de06_extract.document.document import Block, Grid
from de06_extract.document.plain_tables.alignment import Piece
from de06_extract.document.plain_tables.blanks import text_tables
from de06_extract.document.plain_tables.find import find_tables_among
from de06_extract.document.plain_tables.lines import Line, Range, TextTable, stretches

Tabs = Mapping[int, Sequence[int]]
"""The offsets of tabs in each paragraph that has some, by where it begins."""


def find_plain_tables(text: str, blocks: Sequence[Block], tabs: Tabs) -> tuple[list[Block], list[Grid]]:
    """The blocks with tables in place of the paragraphs that make some, and the grids of these tables."""
    lines = [Line(block.start, block.end, text[block.start : block.end]) for block in blocks]
    free = [block.kind == "paragraph" and len(block.ranges) == 1 for block in blocks]

    def find_tabbed(_: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
        for first, end in stretches(free):
            ranges: list[Range] = []
            pieces = [_pieces(lines[at], tabs.get(lines[at].start, ()), ranges) for at in range(first, end)]
            yield from text_tables(pieces, ranges, first)

    tables = find_tables_among(text, lines, free, find_tabbed)
    return list(_replaced(blocks, tables)), [table.grid(lines) for table in tables]


def _replaced(blocks: Sequence[Block], tables: Sequence[TextTable]) -> Iterator[Block]:
    done = 0
    for table in tables:
        yield from blocks[done : table.first]
        done = table.last + 1
        yield Block("table", tuple(part for block in blocks[table.first : done] for part in block.ranges))
    yield from blocks[done:]


def _pieces(line: Line, tabs: Sequence[int], ranges: list[Range]) -> list[Piece]:
    """What stands between the tabs of a paragraph, each piece as far to the right as there are tabs before it."""
    pieces = []
    edges = [-1, *(tab or -1 for tab in tabs), len(line.text)]
    for number, (tab, end) in enumerate(pairwise(edges)):
        start, stop = line.part(tab + 1, max(tab + 1, end))
        if start < stop:
            pieces.append(Piece(number, number + 0.5, line.text[start - line.start : stop - line.start], len(ranges)))
            ranges.append((start, stop))
    return pieces
