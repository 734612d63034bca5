"""Slips of the linker: what one wrong key makes of a figure, whatever the width of what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06_extract.claims.prose.links.slips import Slip, slip_in, written
from de06_extract.claims.prose.links.values import Value
from de06_extract.numbers.slips import is_edit_away


def count(digits: str) -> Value:
    return Value(float(digits), 0.0, 1.0, False, 0, len(digits))


@given(st.from_regex(r"[1-9][0-9]{2,5}", fullmatch=True), st.integers(0, 999_999))
def test_one_edit_is_what_one_edit_is_elsewhere(digits: str, other: int) -> None:
    if other != int(digits):
        padded = str(other).zfill(len(digits))  # a number that begins with 0
        away = is_edit_away(digits, str(other)) or is_edit_away(digits, padded)
        assert (written(count(digits)).slip_from(other, other) is not None) == away


@given(
    st.from_regex(r"[1-9][0-9]{2,4}", fullmatch=True),
    st.integers(0, 99_999),
    st.integers(0, 400),
)
def test_a_range_is_met_where_one_of_its_numbers_is(digits: str, low: int, width: int) -> None:
    own = int(digits)
    if not low <= own <= low + width:
        alone = [written(count(digits)).slip_from(n, n) for n in range(low, low + width + 1)]
        rarest = min((slip for slip in alone if slip is not None), default=None)
        assert written(count(digits)).slip_from(low, low + width) == rarest


@pytest.mark.parametrize(
    ("digits", "low", "high", "slip"),
    [
        ("54687", 45370, 45760, Slip.SWAPPED),  # as far as a percentage of two decimals tells
        ("54687", 45688, 45760, None),
        ("54687", 5468, 5469, Slip.LOST),  # a key too many
        ("54467", 5467, 5467, Slip.SWAPPED),  # one hit twice
        ("5467", 54687, 54687, Slip.LOST),
        ("12600", 12000, 12100, None),  # a round count
        ("98", 89, 89, None),  # a short one
        ("15115", 35080, 35130, Slip.CHANGED),  # «35.115», by a percentage of one decimal
        ("15115", 36000, 36100, None),
    ],
)
def test_the_right_value_may_be_known_roughly(digits: str, low: int, high: int, slip: Slip | None) -> None:
    assert slip_in(count(digits), low, high) is slip
