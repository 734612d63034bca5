"""Rows of a page without rules, cut into cells at wide gaps, with and without blanks in them."""

from array import array

import pytest

from de06_extract.readers.pdf.lines import TextLine
from de06_extract.readers.pdf.tables.frames import TablePart
from de06_extract.readers.pdf.tables.plain_tables import with_plain_tables

_ROWS = (("Xã An Phú", "120", "35"), ("Xã Bình Lợi", "98", "41"), ("Tổng số", "218", "76"))
_STARTS, _SIZE, _WIDTH = (50.0, 250.0, 350.0), 12.0, 6.0


def _line(cells: tuple[str, ...], blank: str, baseline: float, *, is_measured: bool) -> TextLine:
    """A line with cells at the usual places and a blank of the usual width before each but the first."""
    text, lefts = "", array("f")
    for start, cell in zip(_STARTS, cells, strict=True):
        before = blank if text else ""
        text += before + cell
        lefts.extend(start + _WIDTH * at for at in range(-len(before), len(cell)))
    rights = array("f", [left + _WIDTH for left in lefts])
    widest = max(left - right for left, right in zip(lefts[1:], rights, strict=False)) if is_measured else None
    top, bottom = baseline - 9, baseline + 3
    return TextLine(
        1, text, lefts, rights, lefts[0], rights[-1], top, bottom, baseline, _SIZE, (False, False), widest=widest
    )


@pytest.mark.parametrize("is_measured", [False, True])
@pytest.mark.parametrize("blank", ["", " ", "  "])
def test_rows_are_cut_where_a_gap_is_wide(blank: str, is_measured: bool) -> None:
    items = with_plain_tables(
        [_line(row, blank, 100.0 + 16 * at, is_measured=is_measured) for at, row in enumerate(_ROWS)]
    )
    (table,) = items
    assert isinstance(table, TablePart)
    assert [tuple("".join(line.text for line in cell) for cell in row) for row in table.rows] == list(_ROWS)


def test_a_line_of_ordinary_gaps_is_left_whole() -> None:
    line = _line(("Xã An Phú", "120", "35"), " ", 100.0, is_measured=True)
    close = array("f", [50 + _WIDTH * at for at in range(len(line.text))])
    whole = line._replace(lefts=close, rights=array("f", [left + _WIDTH for left in close]), widest=0.0)
    assert with_plain_tables([whole]) == [whole]
