"""Tables whose cells nothing but a blank parts: a line for each row, a name and as many figures on each.

«1 Xã Hòa An 1.240 1.180 95,2». Only what has headings, a caption, a total or numbered rows is taken for one: other
lines that end in figures are lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import regex

from de06_extract.document.document import GridReading
from de06_extract.document.plain_tables.cells import (
    begins_caption,
    counts_rows,
    is_blank,
    is_figure,
    is_year,
    names_total,
)
from de06_extract.document.plain_tables.lines import Line, Range, TextTable, rows_of, stretches, title_above

_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2  # in a row; lines with one are a list
_MOSTLY = 0.75  # of the rows have as many figures
_MOST_NAMES = 2  # lines without figures between two rows
_LONGEST_NAME = 120  # characters before the figures
_LONGEST_HEADINGS = 3  # lines
_TOKEN = regex.compile(r"\S+(?:\s%)?")
_ORDINAL = regex.compile(r"(?:\d{1,3}|[IVX]{1,5}|[a-zđA-Z])[.)]?")
_LOST_ZERO = regex.compile(r"\+?0\d{2,}[\d.]*|\d+[/:-]\d.*")  # a code, a telephone number, a date
_GROUP = regex.compile(r"\d{3}")
_NUMBERED = regex.compile(
    r"[IVX]{1,4}|\d{1,4}[.)%]?|\(.*|[^\p{Lu}(].*"
)  # a word that goes on a heading: «Quý I», «(%)»

Token = Range


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that ends in figures: where its words and its figures stand in it."""

    at: int
    name: tuple[Token, ...]
    figures: tuple[Token, ...]


def find_row_tables(text: str, lines: Sequence[Line], free: Sequence[bool]) -> Iterator[TextTable]:
    """The tables among the lines that are free."""
    for first, end in stretches(free):
        at = first
        while at < end:
            rows = _stretch(text, lines, at, end)
            table = _Reading(text, lines, rows, first).table() if len(rows) >= _FEWEST_ROWS else None
            if table is not None:
                yield table
                first = table.last + 1
            at = rows[-1].at + 1 if rows else at + 1


def _stretch(text: str, lines: Sequence[Line], first: int, end: int) -> list[_Row]:
    """The rows from a line on, as far as such lines follow with few names or an empty line between them."""
    rows: list[_Row] = []
    between = 0
    for at in range(first, end):
        row = _row(text, lines[at], at)
        if row is not None:
            rows.append(row)
            between = 0
        elif not rows or between == _MOST_NAMES or not _is_name(lines[at].text) or _ends_in_years(lines[at].text):
            break
        else:
            between += 1
    return rows


def _row(text: str, line: Line, at: int) -> _Row | None:
    """The line as a row; None where it does not end in two figures at least."""
    tokens = [line.part(*found.span()) for found in _TOKEN.finditer(line.text)]
    first = len(tokens)
    while first and _is_cell(text[slice(*tokens[first - 1])]):
        first -= 1
    words, cells = tokens[:first], tokens[first:]
    figures = [held for held in (text[slice(*cell)] for cell in cells) if is_figure(held)]
    if len(figures) < _FEWEST_FIGURES or all(map(is_year, figures)):
        return None
    if words and (words[-1][1] - words[0][0] > _LONGEST_NAME or _LOST_ZERO.fullmatch(text[slice(*words[-1])])):
        return None
    return _Row(at, tuple(words), tuple(cells))


def _ends_in_years(text: str) -> bool:
    """True for the headings of another table: «Năm 2022 2023»."""
    words = text.split()[-_FEWEST_FIGURES:]
    return len(words) == _FEWEST_FIGURES and all(map(is_year, words))


def _is_cell(word: str) -> bool:
    return is_figure(word) or is_blank(word)


def _is_name(text: str) -> bool:
    stripped = text.strip()
    if len(stripped) > _LONGEST_NAME // 2 or stripped.endswith((".", ";", ":")):
        return False
    return sum(map(is_figure, stripped.split())) < _FEWEST_FIGURES


class _Reading:
    """Some rows one below the other, read as a table."""

    def __init__(self, text: str, lines: Sequence[Line], rows: Sequence[_Row], floor: int) -> None:
        self.text, self.lines, self.floor = text, lines, floor
        self.rows = [self._named(row) for row in rows]
        if self._repeat_names():
            self.rows = [_with_name(row, 1) if not names_total(self._name(row)) else row for row in self.rows]
        counts = Counter(len(row.figures) for row in self.rows)
        self.width = max(counts, key=lambda width: (counts[width], width))
        self.numbered = self._numbered()
        self.rows = [self._fitted(row) for row in self.rows]

    def table(self) -> TextTable | None:
        """The table; None where nothing but the figures speaks for one."""
        if self.width < _FEWEST_FIGURES:
            return None
        named = self.numbered or any(row.name for row in self.rows)
        columns = self.width + named + self.numbered
        heads, first = self._headings(columns)
        if not (heads or self._speaks()):
            return None
        cells = [(0, columns - len(heads) + at, piece) for at, pieces in enumerate(heads) for piece in pieces]
        for number, row in enumerate(self.rows, bool(heads)):
            cells += [(number, column, piece) for column, piece in self._cells(row, named)]
        reading: GridReading = "aligned" if self._is_sure() else "unsure"
        return TextTable(first, self.rows[-1].at, rows_of(cells), int(bool(heads)), reading)

    def _speaks(self) -> bool:
        """True where numbers, years, a total or a caption say that the lines are rows."""
        return self.numbered or self._has_years() or self._has_total() or self._has_caption()

    def _is_sure(self) -> bool:
        """True where most rows have as many figures and none has more, and each figure is one for certain."""
        counts = [len(row.figures) for row in self.rows]
        same = counts.count(self.width)
        return same >= max(_FEWEST_ROWS, _MOSTLY * len(counts)) and max(counts) == self.width and not self._are_groups()

    def _name(self, row: _Row) -> str:
        return self.text[row.name[0][0] : row.name[-1][1]] if row.name else ""

    def _of(self, token: Token) -> str:
        return self.text[slice(*token)]

    def _named(self, row: _Row) -> _Row:
        """The row with a year at its beginning as its name."""
        begins = not row.name and is_year(self._of(row.figures[0]))
        return _with_name(row, 1) if begins else row

    def _repeat_names(self) -> bool:
        """True for «Tháng 1 …», «Tháng 2 …»: the number belongs to the name."""
        names = list(map(self._name, self.rows))
        numbers = [self._of(row.figures[0]) for row in self.rows]
        repeated = any(one == other != "" for one, other in pairwise(names))
        return repeated and (counts_rows(numbers[:_FEWEST_ROWS]) or sum(map(is_year, numbers)) >= _FEWEST_ROWS)

    def _fitted(self, row: _Row) -> _Row:
        """The row with as many figures as most: a year or an ordinal in front is a name, a minus its figure's sign."""
        if len(row.figures) == self.width + 1 and (is_year(self._of(row.figures[0])) if row.name else self.numbered):
            return _with_name(row, 1)
        if len(row.figures) > self.width:
            joined = self._signed(row.figures)
            if len(joined) == self.width:
                return replace(row, figures=joined)
        return row

    def _signed(self, figures: Sequence[Token]) -> tuple[Token, ...]:
        """The figures, a minus that stands apart joined to the one behind it: «- 90,87»."""
        out: list[Token] = []
        for one in figures:
            if out and self._of(out[-1]) in ("-", "–", "−") and is_figure(self._of(one)):
                out[-1] = (out[-1][0], one[1])
            else:
                out.append(one)
        return tuple(out)

    def _numbered(self) -> bool:
        """True where rows begin with an ordinal of their own."""
        begun = [row for row in self.rows if len(row.name) > 1 and _ORDINAL.fullmatch(self._of(row.name[0]))]
        return len(begun) >= _FEWEST_ROWS and 2 * len(begun) >= len(self.rows)

    def _cells(self, row: _Row, named: bool) -> Iterator[tuple[int, Token]]:
        name, column = row.name, 0
        if self.numbered:
            if name and _ORDINAL.fullmatch(self._of(name[0])):
                yield 0, name[0]
                name = name[1:]
            column = 1
        if named:
            if name:
                yield column, (name[0][0], name[-1][1])
            column += 1
        yield from enumerate(row.figures, column)

    def _has_years(self) -> bool:
        names = [self._of(row.name[-1]) for row in self.rows if row.name]
        return len(names) >= _FEWEST_ROWS and all(map(is_year, names))

    def _has_total(self) -> bool:
        return any(names_total(self._name(row)) for row in self.rows)

    def _has_caption(self) -> bool:
        return title_above(self.lines, self.rows[0].at) is not None

    def _are_groups(self) -> bool:
        """True where figures may be the groups of one: «1 204 300»."""
        return all(_GROUP.fullmatch(self._of(figure)) for row in self.rows for figure in row.figures[1:])

    def _headings(self, columns: int) -> tuple[list[list[Token]], int]:
        """The headings of the last columns out of the lines above, and the line that they begin on."""
        tokens: list[Token] = []
        first = self.rows[0].at
        for at in range(first - 1, max(self.floor, first - _LONGEST_HEADINGS) - 1, -1):
            line = self.lines[at]
            if line.is_empty and not tokens:
                continue
            if line.is_empty or not _may_head(line.text):
                break
            if tokens and not _NUMBERED.fullmatch(self._of(tokens[0])):
                break  # a line of headings above others
            tokens = [*(line.part(*found.span()) for found in _TOKEN.finditer(line.text)), *tokens]
            heads = self._split(tokens)
            if len(heads) in (columns, self.width):
                return heads, at
        return [], first

    def _split(self, tokens: Sequence[Token]) -> list[list[Token]]:
        """The words in headings: each begins with a capital letter, or is one of the years at the end."""
        heads: list[list[Token]] = []
        years = len(list(takewhile(is_year, map(self._of, reversed(tokens)))))
        for token in tokens:
            if heads and (years < self.width or token not in tokens[-years:]) and _NUMBERED.fullmatch(self._of(token)):
                start, end = heads[-1][-1]
                if self.text[end : token[0]].isspace() and "\n" not in self.text[end : token[0]]:
                    heads[-1][-1] = (start, token[1])
                else:
                    heads[-1].append(token)
            else:
                heads.append([token])
        return heads


def _with_name(row: _Row, count: int) -> _Row:
    return replace(row, name=(*row.name, *row.figures[:count]), figures=row.figures[count:])


def _may_head(text: str) -> bool:
    stripped = text.strip()
    ends = stripped.endswith((".", ";", ":", ","))
    return len(stripped) <= 2 * _LONGEST_NAME and not ends and not begins_caption(stripped)
