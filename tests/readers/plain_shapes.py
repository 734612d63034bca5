"""The same table in the shapes in which documents have it: ruled, and with nothing that parts its cells but blanks."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
from docx.oxml import parse_xml

from tests.readers.docx.building import RULED, W
from tests.readers.pdf.drawing import Typeface

Table = Sequence[Sequence[str]]

BEFORE = "Kết quả thực hiện của các đơn vị như sau:"
AFTER = "Đề nghị các đơn vị tiếp tục thực hiện."
_STEP = 18  # points from row to row
_LETTER = 5  # points; letters are half as wide as the size of type is high
_GUTTER = 14  # points between columns


def in_rules(table: Table) -> tuple[str, bytes]:
    """A Word document with a ruled table."""
    written = docx.Document()
    written.add_paragraph(BEFORE)
    grid = written.add_table(len(table), len(table[0]))
    grid._tbl.replace(grid._tbl.tblPr, parse_xml(RULED.replace("<w:tblPr>", f'<w:tblPr xmlns:w="{W}">')))
    for row, texts in zip(grid.rows, table, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    written.add_paragraph(AFTER)
    return "ruled.docx", _saved(written)


def in_blanks(table: Table) -> tuple[str, bytes]:
    """A text with columns aligned by blanks, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(_aligned(text, width) for text, width in zip(row, widths, strict=True)) for row in table]
    return _text(lines)


def in_bars(table: Table) -> tuple[str, bytes]:
    """A text with bars between the cells, as Markdown has them."""
    lines = [f"| {' | '.join(row)} |" for row in table]
    return _text([lines[0], "|" + "---|" * len(table[0]), *lines[1:]])


def in_rows(table: Table) -> tuple[str, bytes]:
    """A text with a row on each line and one blank between cells."""
    return _text([" ".join(filter(None, row)) for row in table])


def in_lines(table: Table) -> tuple[str, bytes]:
    """A text with a cell on each line, as a table copied from a page."""
    return _text([text for row in table for text in row if text])


def in_level_rules(table: Table) -> tuple[str, bytes]:
    """A PDF with rules across the page and none down."""
    lefts = _lefts(table)
    face = Typeface([BEFORE, AFTER, *(text for row in table for text in row)])
    drawn = [face.text_at(40, 780, BEFORE, 10), face.text_at(40, 740 - _STEP * len(table), AFTER, 10)]
    for number, row in enumerate(table):
        y = 750 - _STEP * number
        drawn.append(f"40 {y - 5} {lefts[-1] - 40} 0.5 re f")
        for at, text in enumerate(row):
            right = lefts[at + 1] - _GUTTER
            drawn.append(face.text_at(right - _LETTER * len(text) if _is_figure(text) else lefts[at], y, text, 10))
    return "level.pdf", face.page("\n".join(drawn))


def in_tabs(table: Table) -> tuple[str, bytes]:
    """A Word document with a paragraph for each row and tabs between cells."""
    written = docx.Document()
    for line in (BEFORE, *("\t".join(row) for row in table), AFTER):
        written.add_paragraph(line)
    return "tabs.docx", _saved(written)


PLAIN: tuple[Callable[[Table], tuple[str, bytes]], ...] = (
    in_blanks,
    in_bars,
    in_rows,
    in_lines,
    in_level_rules,
    in_tabs,
)


def _text(lines: Sequence[str]) -> tuple[str, bytes]:
    return "table.txt", "\n".join([BEFORE, *lines, AFTER, ""]).encode()


def _saved(written: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    written.save(stream)
    return stream.getvalue()


def _aligned(text: str, width: int) -> str:
    return text.rjust(width) if _is_figure(text) else text.ljust(width)


def _is_figure(text: str) -> bool:
    return text[-1:].isdigit() or text[-1:] in "%-"


def _lefts(table: Table) -> list[int]:
    """Where each column begins, and where the last one ends."""
    lefts = [40]
    for column in zip(*table, strict=True):
        lefts.append(lefts[-1] + _LETTER * max(map(len, column)) + _GUTTER)
    return lefts
