"""The lines of a table's cell, a figure that the cell's width broke put together again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import accumulate

import regex

from de06_extract.readers.pdf.lines import TextLine

_PADDING = 14.0  # points between both edges of a cell and its text; writers leave 4 to 12
_SIGN, _END = r"[-+–(]?", r"(?:,\d+)?%?\)?"
_CUT = regex.compile(  # what ends before its last group of three digits, or with its comma
    rf"{_SIGN}(?:\d{{1,3}}(?:\.\d{{3}})*+\.\d{{0,2}}|\d{{1,3}}(?:,\d{{3}})++,\d{{0,2}}|\d{{1,3}}(?:\.\d{{3}})*+,|\d++,)"
)
_WHOLE = regex.compile(
    rf"{_SIGN}(?:\d{{1,3}}(?:\.\d{{3}})++{_END}|\d{{1,3}}(?:,\d{{3}}){{2,}}+(?:\.\d+)?%?\)?|\d++,\d++%?\)?)"
)


def is_broken(*parts: str) -> bool:
    """True for the parts of one figure, which is none before its last part.

    >>> [is_broken(*parts) for parts in (("1.120.34", "5"), ("80.00", "0"), ("98,", "77%"), ("1.1", "20.", "345"))]
    [True, True, True, True]
    >>> [is_broken(*parts) for parts in (("1.120", "345"), ("98,77", "5"), ("2.1", "5"), ("12.01.20", "23"))]
    [False, False, False, False]
    """
    figures = list(accumulate(parts))
    return bool(_WHOLE.fullmatch(figures[-1])) and all(_CUT.fullmatch(figure) for figure in figures[:-1])


def whole_figures(lines: Sequence[TextLine], left: float, right: float) -> tuple[TextLine, ...]:
    """The lines of a cell between two edges, those that make one figure as one line: «1.120.34» above «5»."""
    whole: list[TextLine] = []
    at = 0
    while at < len(lines):
        end = next((end for end in range(len(lines), at + 1, -1) if _is_figure(lines[at:end], left, right)), at + 1)
        whole.append(reduce(_joined, lines[at:end]))
        at = end
    return tuple(whole)


def _is_figure(lines: Sequence[TextLine], left: float, right: float) -> bool:
    """True for lines that make one figure, each but the last as wide as the cell."""
    return is_broken(*(line.text for line in lines)) and all(_is_full(line, left, right) for line in lines[:-1])


def _is_full(line: TextLine, left: float, right: float) -> bool:
    """True for a line beside which the cell had no room for one more digit."""
    width = line.x1 - line.x0
    return right - left - width < width / len(line.text) + _PADDING


def _joined(first: TextLine, last: TextLine) -> TextLine:
    """The line that the parts of a figure make, in a box around them."""
    return first._replace(
        text=first.text + last.text,
        lefts=first.lefts + last.lefts,
        rights=first.rights + last.rights,
        x0=min(first.x0, last.x0),
        x1=max(first.x1, last.x1),
        bottom=max(first.bottom, last.bottom),
        confidences=first.confidences and last.confidences and first.confidences + last.confidences,
    )
