"""The chart of an archive by months: where the bars stand in a drawing, the months that nothing is of among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from de06_extract.archive.facets.counts import FacetValue
from de06_extract.archive.facets.filter import UNKNOWN
from de06_extract.schema.severity import SEVERITIES, Severity

HEIGHT, STEP, BAR = 160, 30, 22  # of the drawing, of a month, of its bar; in units of the drawing
TOP, FOOT = 20, 36  # above the highest bar for its number, below the bars for month and year
_LONGEST_GAP = 24  # months that nothing is of are drawn, but not more of them in a row


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a bar that stands for the findings of one severity."""

    severity: Severity
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A month with its parts from the ground up; `value` is None for what only stands between.

    `year` is written where it begins, or where the months before are left out.
    """

    x: int
    label: str
    year: str
    value: FacetValue | None
    parts: tuple[Part, ...] = ()
    top: float = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of the months, in a drawing of this width; `most` is what the highest bar stands for."""

    bars: tuple[Bar, ...]
    width: int
    most: int

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return TOP + HEIGHT + FOOT

    @property
    def ground(self) -> int:
        """Where the bars stand."""
        return TOP + HEIGHT


def chart_of(months: Sequence[FacetValue]) -> Chart:
    """The chart of the values of a facet of months."""
    most = max((value.findings for value in months), default=0)
    bars: list[Bar] = []
    year = ""
    for name, value in _with_gaps(months):
        own = name[:4] if name[:4].isdigit() else ""
        parts = () if value is None else tuple(_parts(value, most))
        bars.append(
            Bar(
                x=len(bars) * STEP,
                label=name[5:7] if own else name,
                year=own if own != year else "",
                value=value,
                parts=parts,
                top=parts[-1].y if parts else TOP + HEIGHT,
            )
        )
        year = own
    return Chart(tuple(bars), max(len(bars), 1) * STEP, most)


def _parts(value: FacetValue, most: int) -> Iterator[Part]:
    y = float(TOP + HEIGHT)
    for severity in SEVERITIES:
        height = round(HEIGHT * value.of(severity) / most, 2) if most else 0.0
        if height:
            y = round(y - height, 2)
            yield Part(severity, y, height)


def _with_gaps(months: Sequence[FacetValue]) -> Iterator[tuple[str, FacetValue | None]]:
    """The months with those between them that nothing is of; «…» for many of these."""
    before: int | None = None
    for value in months:
        if value.value == UNKNOWN:
            yield UNKNOWN, value
            continue
        number = _number(value.value)
        if before is not None and number - before > _LONGEST_GAP:
            yield "…", None
        elif before is not None:
            yield from ((_name(between), None) for between in range(before + 1, number))
        yield value.value, value
        before = number


def _number(month: str) -> int:
    year, _, of_year = month.partition("-")
    return int(year) * 12 + int(of_year) - 1


def _name(number: int) -> str:
    """The month of a number.

    >>> _name(_number("2024-01") - 1)
    '2023-12'
    """
    return f"{number // 12:04}-{number % 12 + 1:02}"
