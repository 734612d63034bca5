"""A slip makes one figure of another: which slip, and what was meant."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from de06_extract import Quantity
from de06_extract.numbers.intervals import Interval
from de06_extract.rules.repairs.edits import edits
from de06_extract.schema.report import Span
from tests.rules.repairs.drafts import quantity


@pytest.mark.parametrize(
    ("text", "needed", "found"),
    [
        ("376", 367, ("swapped", "367")),
        ("8.204", 8404, ("digit", "8.404")),
        ("820", 8204, ("lost", "8.204")),
        ("88.204", 8204, ("added", "8.204")),
        ("8204", 8240, ("swapped", "8240")),
        ("3.225.000", 3225, ("scale", "3.225")),
    ],
)
def test_slips_by_name(text: str, needed: int, found: tuple[str, str]) -> None:
    got = [(edit.slip, edit.quantity.text) for edit in edits(quantity(text, text), Interval.exact(needed))]
    assert got == [found]


@pytest.mark.parametrize(
    ("text", "value", "decimals", "needed", "found"),
    [
        ("9,05%", "9.05", 2, Fraction(907, 100), ("digit", "9,07%")),
        ("98,7%", "98.7", 1, Fraction(987, 100), ("shifted", "9,87%")),
        ("0,65%", "0.65", 2, Fraction(165, 100), ("digit", "1,65%")),
    ],
)
def test_slips_in_percentages(text: str, value: str, decimals: int, needed: Fraction, found: tuple[str, str]) -> None:
    span = Span(start=0, end=len(text), text=text)
    percent = Quantity(value=Decimal(value), decimals=decimals, text=text, unit="%", span=span)
    assert [(e.slip, e.quantity.text) for e in edits(percent, Interval.exact(needed))] == [found]


def test_a_wrong_scale_word() -> None:
    text = "33,2 triệu"
    span = Span(start=0, end=len(text), text=text)
    q = Quantity(value=Decimal("33200000.0"), decimals=1, text=text, unit="đồng", scale=10**6, span=span)
    got = [(e.slip, e.quantity.text, e.quantity.value) for e in edits(q, Interval.exact(33_200_000_000))]
    assert got == [("scale", "33,2 tỷ", Decimal("33200000000.0"))]


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
