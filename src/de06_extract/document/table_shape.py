"""What the cells of a table say of it: whether it is one of data, and which of its rows are headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import regex

_SHORT_CELL = 60  # characters a cell; longer ones are paragraphs side by side, no table
_NUMBER = regex.compile(r"[+-]?\d[\d.,]*+\s?%?")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_ORDINAL = regex.compile(r"(?:\d{1,4}|[IVX]{1,5})[.)]?")  # «1», «12.», «IV»
_COLUMN_MARK = regex.compile(r"\(?(\d{1,2})\)?(?:\s?=.*)?")  # «3», «(3)», «(5)=(4)/(3)»


def is_table(rows: Sequence[Sequence[str]], *, ruled: bool) -> bool:
    """True for a table of data, False where a table only puts paragraphs beside each other.

    >>> is_table([["Số: 12/BC-UBND", "An Phú, ngày 5/4/2024"]], ruled=False)
    False
    """
    width = max((len(row) for row in rows), default=0)
    if ruled:
        return width >= 2 and (len(rows) >= 2 or width >= 3)
    texts = [text for row in rows for text in row]
    filled = [text for text in texts if text]
    return (
        (len(rows) >= 3 and width >= 3)
        and 2 * len(filled) >= len(texts)
        and sum(map(len, filled)) <= _SHORT_CELL * len(filled)
    )


def header_rows(rows: Sequence[Sequence[str]], marked: int = 0) -> int:
    """The rows at the top that are headings: those marked so, else those above the first row with a number.

    A row that numbers the columns («(1) (2) (3)») is a heading.

    >>> header_rows([["TT", "Xã", "2023"], ["(1)", "(2)", "(3)"], ["1", "An", "7"]])
    2
    """
    top = marked or len(list(takewhile(lambda row: not _is_data(row), rows)))
    while top < len(rows) and _numbers_columns(rows[top]):
        top += 1
    return top if top < len(rows) else min(1, len(rows))


def _is_data(row: Sequence[str]) -> bool:
    """True where the first cell counts («1», «II») or some cell is a number; a year heads a column."""
    if row and _ORDINAL.fullmatch(row[0]):
        return True
    return any(_NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) for text in row)


def _numbers_columns(row: Sequence[str]) -> bool:
    """True for «1 2 3 4», «(1) (2) (3)=(2)/(1)», «A B 1 2»."""
    marks = [text for text in row if text]
    numbers = [mark[1] for text in marks if (mark := _COLUMN_MARK.fullmatch(text))]
    letters = [text for text in marks if text in ("A", "B", "C")]
    return (
        len(numbers) >= 3
        and len(numbers) + len(letters) == len(marks)
        and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    )
