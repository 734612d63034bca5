"""What may have been meant: the slips that make the written figure of another."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from de06_extract.numbers.intervals import Interval
from de06_extract.rules.repairs.edits import edits
from de06_extract.schema.report import Quantity, Span


@pytest.mark.parametrize(
    ("written", "decimals", "unit", "meant", "slips"),
    [
        ("376", 0, None, "367", ["swapped"]),
        ("376", 0, None, "76", ["added"]),
        ("306", 0, None, "6", []),  # no number begins with a zero: «06»
        ("0,650", 3, None, "650", ["separator"]),
        ("0,65", 2, None, "6.5", ["shifted"]),
        ("12000", 0, None, "12", ["scale"]),
        ("12", 0, None, "12000", ["scale"]),
        ("120", 0, "%", "12", ["added"]),  # the smallest slip of those that make it
        ("987", 0, "%", "9.87", ["shifted"]),
        ("987", 0, None, "9.87", []),  # a count has no comma to shift
    ],
)
def test_a_slip_makes_the_written_figure_of_the_meant_one(
    written: str, decimals: int, unit: str | None, meant: str, slips: list[str]
) -> None:
    span = Span(start=0, end=len(written), text=written)
    value = Decimal(written.replace(",", "."))
    quantity = Quantity(value=value, decimals=decimals, unit=unit, text=written, span=span)
    needed = Interval(Fraction(meant), Fraction(meant))
    assert [edit.slip for edit in edits(quantity, needed) if edit.quantity.value == Decimal(meant)] == slips
