"""Twenty tables of our own, and the shapes in which a table without rules comes: the same cells each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.readers.pdf.drawing import Typeface

_PLACES = (
    (
        "Xã Hòa An",
        "Xã Bình Minh",
        "Xã Phú Lộc",
        "Xã Tân Lập",
        "Xã Đông Sơn",
        "Xã Kim Liên",
        "Xã Vĩnh Hòa",
        "Xã An Thái",
    ),
    ("Phường Lê Lợi", "Phường Hồng Hà", "Phường Quang Trung", "Phường Trần Phú", "Phường Bạch Đằng", "Phường Đội Cấn"),
    ("Công an huyện", "Sở Tư pháp", "Sở Y tế", "Sở Nội vụ", "Bảo hiểm xã hội", "Thuế tỉnh", "Kho bạc tỉnh"),
)
_HEADS = (
    ("Đơn vị", "Tiếp nhận", "Giải quyết", "Còn lại"),
    ("Đơn vị", "Trực tuyến", "Trực tiếp", "Tổng số"),
    ("Đơn vị", "Giao", "Thực hiện", "Tỷ lệ (%)"),
    ("Đơn vị", "Năm 2024", "Năm 2025", "Tăng, giảm"),
)
TITLE = "Bảng 1. Kết quả thực hiện theo đơn vị"
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OwnTable:
    """A table: its heading and its rows, the last of which adds up the others where the table has a total."""

    number: int
    rows: Rows


def _written(value: Decimal | int) -> str:
    """The figure in Vietnamese notation.

    >>> _written(12345), _written(Decimal("98.5"))
    ('12.345', '98,5')
    """
    return f"{value:,}".replace(",", "_").replace(".", ",").replace("_", ".")


def _row(kind: int, one: int, other: int) -> tuple[str, str, str]:
    """Two figures of a row and the third that follows from them."""
    if kind == 0:
        return _written(one + other), _written(one), _written(other)
    if kind == 1:
        return _written(one), _written(other), _written(one + other)
    if kind == 2:
        share = (100 * Decimal(one) / (one + other)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return _written(one + other), _written(one), _written(share)
    return _written(other), _written(one + other), _written(one)


def own_table(number: int) -> OwnTable:
    """The table of a number: its kind, its length and its figures follow from that; every third has a wrong figure."""
    kind, places = number % 4, _PLACES[number % 3]
    count = 4 + number % 5 if number % 5 < len(places) - 3 else len(places)
    pairs = [(317 + 131 * at * (number + 3) % 911, 23 + 67 * (at + number) % 301) for at in range(count)]
    rows = [(place, *_row(kind, one, other)) for place, (one, other) in zip(places, pairs, strict=False)]
    if number % 2:
        rows.append(("Tổng cộng", *_row(kind, sum(one for one, _ in pairs), sum(other for _, other in pairs))))
    if number % 3 == 0:
        place, first, second, third = rows[2]
        rows[2] = (place, first, second, third[:-1] + str((int(third[-1]) + 3) % 10))
    return OwnTable(number, (_HEADS[kind], *rows))


def as_blanks(table: OwnTable) -> bytes:
    """Text, columns aligned by blanks: names to the left, figures to the right."""
    lines = [f"{row[0]:<22}" + "".join(f"{cell:>14}" for cell in row[1:]) for row in table.rows]
    return _text(lines)


def as_bars(table: OwnTable) -> bytes:
    """Text with bars between the cells."""
    return _text([" | ".join(row) for row in table.rows])


def as_cell_lines(table: OwnTable) -> bytes:
    """Text as a web table is copied: a cell on each line."""
    return _text([cell for row in table.rows for cell in row])


def as_words(table: OwnTable) -> bytes:
    """A PDF whose columns are told from where the words stand alone."""
    return _drawn(table, uprights=False, levels=0)


def as_levels(table: OwnTable) -> bytes:
    """A PDF with level rules above and below the heading and at the end, as in books."""
    return _drawn(table, uprights=False, levels=3)


def as_ruled(table: OwnTable) -> bytes:
    """A PDF with rules about every cell."""
    return _drawn(table, uprights=True, levels=len(table.rows) + 1)


def _text(lines: Sequence[str]) -> bytes:
    return "\n".join(["Kết quả cụ thể như sau:", "", TITLE, "", *lines, "", "Nơi nhận: như trên.", ""]).encode()


def _drawn(table: OwnTable, *, uprights: bool, levels: int) -> bytes:
    edges, top, step, size = (70, 220, 310, 400, 490), 660, 22, 10
    height = len(table.rows)
    before, behind = ["Kết quả cụ thể như sau:", TITLE], "Nơi nhận: như trên."
    font = Typeface([*before, behind, *(cell for row in table.rows for cell in row)])
    drawn = [font.text_at(70, 720 - 24 * at, line, size) for at, line in enumerate(before)]
    drawn.append(font.text_at(70, top - step * height - 40, behind, size))
    for at, row in enumerate(table.rows):
        y = top - step * at - 15
        for column, cell in enumerate(row):
            right = edges[column + 1] - 6 - 0.5 * size * len(cell)
            drawn.append(font.text_at(edges[column] + 4 if column == 0 else right, y, cell, size))
    heights = [0, 1, height] if levels == 3 else range(levels)
    drawn += [f"{edges[0]} {top - step * at} m {edges[-1]} {top - step * at} l S" for at in heights]
    drawn += [f"{x} {top} m {x} {top - step * height} l S" for x in edges if uprights]
    return font.page("0.5 w " + " ".join(drawn))
