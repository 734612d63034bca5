"""Tables whose cells are parted by bars: «| Xã A | 120 | 100 |», as Markdown has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

import regex

from de06_extract.document.document import GridReading
from de06_extract.document.plain_tables.cells import heads_ordinals, is_figure, is_year
from de06_extract.document.plain_tables.lines import Line, Range, TextTable

_BAR = regex.compile(r"(?<!\\)\|")
_RULE = frozenset("|:+=- \t")  # «|---|:--:|»
_DIGIT = regex.compile(r"\d")
_MOSTLY = 0.6  # of the cells with digits; a table of words and figures mixed is read as sentences
_NEAR = 3  # lines before and behind a table in which the rest of a broken row may stand
_FEWEST_BARS = 2  # in a row
_FEWEST_ROWS = 2  # with figures
_LONGEST_ORDINAL = 5  # characters
_LONGEST_CELL = 60  # characters a cell; longer ones are paragraphs side by side


def find_bar_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and free[end] and _is_row(lines[end].text):
            end += 1
        if end - at >= _FEWEST_ROWS:
            table = _table(text, lines, at, end - 1)
            if table is not None:
                yield table
        at = max(end, at + 1)


def _is_row(text: str) -> bool:
    return len(_BAR.findall(text)) >= _FEWEST_BARS


def _table(text: str, lines: Sequence[Line], first: int, last: int) -> TextTable | None:
    rows, ruled = _rows(lines[first : last + 1])
    figures = _figures(text, rows)
    if sum(map(bool, figures)) < _FEWEST_ROWS or _is_text(rows):
        return None
    heads = ruled or next(number for number, held in enumerate(figures) if held)
    width = max(map(len, rows))
    held = [
        row if at >= heads or _is_whole(row, width) or _opens_group(text, row) else [] for at, row in enumerate(rows)
    ]
    reading: GridReading = "aligned" if _is_part(lines, first, last) else "marked"
    return TextTable(first, last, tuple(tuple((cell,) for cell in row) for row in held), heads, reading)


def _is_part(lines: Sequence[Line], first: int, last: int) -> bool:
    """True where a line close before or behind has a bar as well: a row was broken, and others may be missing."""
    before, behind = reversed(lines[max(0, first - _NEAR) : first]), lines[last + 1 : last + 1 + _NEAR]
    beside = (line for near in (before, behind) for line in takewhile(lambda line: not line.is_empty, near))
    return any("|" in line.text for line in beside)


def _rows(lines: Sequence[Line]) -> tuple[list[list[Range]], int]:
    """The rows of the lines, and how many stand above a line that rules off the headings; 0 where none does."""
    rows, ruled = list[list[Range]](), 0
    for line in lines:
        if "-" in line.text and _RULE.issuperset(line.text):
            ruled = ruled or len(rows)
        else:
            rows.append(_cells(line))
    return rows, ruled


def _opens_group(text: str, row: Sequence[Range]) -> bool:
    """True for «I | Khối xã»."""
    first = text[slice(*row[0])]
    return 0 < len(first) <= _LONGEST_ORDINAL and not heads_ordinals(first)


def _is_whole(heads: Sequence[Range], width: int) -> bool:
    """True for headings up to the last column; of others some stood over several columns, and it is lost which."""
    return len(heads) == width and heads[-1][0] < heads[-1][1]


def _cells(line: Line) -> list[Range]:
    """The cells between the bars; a bar at either end is the edge of the table."""
    bars = [bar.start() for bar in _BAR.finditer(line.text)]
    begin = len(line.text) - len(line.text.lstrip())
    end = len(line.text.rstrip())
    edges = [begin - 1, *bars, end]
    if bars[0] == begin:
        del edges[0]
    if bars[-1] == end - 1:
        del edges[-1]
    return [line.part(one + 1, other) for one, other in pairwise(edges)]


def _figures(text: str, rows: Sequence[Sequence[Range]]) -> list[int]:
    """How many figures each row has behind its first cell; none where most cells with digits hold something else."""
    numbered = [[cell for cell in (text[slice(*cell)] for cell in row[1:]) if _DIGIT.search(cell)] for row in rows]
    figures = [sum(is_figure(cell) and not is_year(cell) for cell in row) for row in numbered]
    years = sum(is_year(cell) for row in numbered for cell in row)
    return figures if sum(figures) >= _MOSTLY * (sum(map(len, numbered)) - years) else [0] * len(rows)


def _is_text(rows: Sequence[Sequence[Range]]) -> bool:
    """True where the cells are too long for a table of figures."""
    lengths = [end - start for row in rows for start, end in row if end > start]
    return sum(lengths) > _LONGEST_CELL * len(lengths)
