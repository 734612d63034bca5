"""A figure that the width of a table's cell broke is read as the one figure that it is."""

from __future__ import annotations

import pytest

from de06_extract.readers.pdf.reader import read
from tests.readers.pdf.drawing import pdf, text_at


def cells_of(*cells: tuple[str, ...], width: float = 40, indent: float = 5) -> list[str]:
    """The text of the cells of one column, of which each has its lines below each other, under a heading."""
    left, top = 100.0, 700.0
    heights = [top - 50 * at for at in range(len(cells) + 2)]
    rules = [f"{left} {y} m {left + width + 200} {y} l S" for y in heights]
    rules += [f"{x} {top} m {x} {heights[-1]} l S" for x in (left, left + 200, left + 200 + width)]
    drawn = [text_at(left + 4, top - 20, "Don vi"), text_at(left + 204, top - 20, "So")]
    for row, lines in enumerate(cells, 1):
        drawn.append(text_at(left + 4, heights[row] - 16, f"Xa {row}"))
        drawn += [text_at(left + 200 + indent, heights[row] - 16 - 14 * at, line) for at, line in enumerate(lines)]
    found = read(pdf(" ".join([*rules, *drawn])), "table.pdf")
    (grid,) = found.grids
    return [found.text[cell.start : cell.end] for cell in grid.cells if cell.column == 1 and cell.row]


@pytest.mark.parametrize(
    ("width", "lines", "figure"),
    [
        (52, ("1.120.34", "5"), "1.120.345"),
        (40, ("80.00", "0"), "80.000"),
        (34, ("80.0", "00"), "80.000"),
        (46, ("1.120.", "345"), "1.120.345"),
        (46, ("1.120.3", "45,5%"), "1.120.345,5%"),
        (28, ("98,", "77%"), "98,77%"),
        (34, ("-20.", "000"), "-20.000"),
        (36, (r"\(20.0", r"00\)"), "(20.000)"),
        (46, ("1,120,3", "45"), "1,120,345"),
        (28, ("1.1", "20.", "345"), "1.120.345"),
    ],
)
def test_a_figure_broken_by_its_cell_is_one(width: float, lines: tuple[str, ...], figure: str) -> None:
    assert cells_of(lines, lines, width=width) == [figure, figure]


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (120, ("80.00", "0")),  # there was room
        (40, ("120", "45%")),
        (40, ("98,77", "5")),
        (40, ("1.120", "345")),  # two figures that are whole
        (40, ("12.01.", "2023")),
        (46, ("80.00 ha", "0")),
    ],
)
def test_figures_below_each_other_stay_two(width: float, lines: tuple[str, ...]) -> None:
    assert cells_of(lines, ("7",), width=width) == [" ".join(lines), "7"]


def test_the_box_of_a_broken_figure_is_around_its_parts() -> None:
    left = 300.0
    rules = [f"100 {y} m 340 {y} l S" for y in (700, 650, 600)] + [f"{x} 700 m {x} 600 l S" for x in (100, left, 340)]
    drawn = [
        text_at(104, 680, "Don vi"),
        text_at(304, 680, "So"),
        text_at(104, 634, "Xa An"),
        text_at(304, 634, "80.00"),
    ]
    found = read(pdf(" ".join([*rules, *drawn, text_at(304, 620, "0")])), "table.pdf")
    start = found.text.index("80.000")
    (place,) = found.locations(start, start + 6)
    assert place.bbox == pytest.approx((304, 842 - 634 - 11, 331, 842 - 620 + 3), abs=3)
