"""Slips undone: which figures of a relation were meant."""

from __future__ import annotations

from fractions import Fraction

import pytest

from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.slips import mends, mends_ratio, mends_sum


def figure(text: str) -> Figure:
    return next(iter(find_figures(text)))


@pytest.mark.parametrize(
    ("written", "meant", "is_mended"),
    [
        ("3.226 hồ sơ", "3.225", True),
        ("3.252 hồ sơ", "3.225", True),
        ("325 hồ sơ", "3.225", True),
        ("33.225 hồ sơ", "3.225", True),
        ("3.552 hồ sơ", "3.225", False),
        ("9877%", "98,77", True),
        ("9,77%", "98,77", True),
        ("98,7%", "98,77", True),
        ("89,67%", "98,77", False),
    ],
)
def test_one_slip_is_undone(written: str, meant: str, is_mended: bool) -> None:
    value = Fraction(figure(meant).value)
    assert mends(figure(written), value, value) is is_mended


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "is_mended"),
    [
        ("3.265", "3.225", "98,77%", True),
        ("98,77", "3.265", "3.225%", True),
        ("3.225", "3.265", "98,57%", True),
        ("3.225", "3.265", "61,42%", False),
    ],
)
def test_a_ratio_is_mended_by_one_slip(numerator: str, denominator: str, percent: str, is_mended: bool) -> None:
    assert mends_ratio(figure(numerator), figure(denominator), figure(percent)) is is_mended


def test_a_sum_is_mended_by_one_slip_of_total_or_part() -> None:
    total, parts = figure("482 vụ"), [figure("273 vụ"), figure("209 vụ")]
    assert mends_sum(figure("428 vụ"), parts)
    assert mends_sum(total, [figure("23 vụ"), parts[1]])
    assert not mends_sum(total, [figure("23 vụ"), figure("29 vụ")])
