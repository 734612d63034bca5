"""Verdicts by interval arithmetic: the boundaries of each kind of claim, and an oracle that tries every choice."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.intervals import Interval, approximate, rounded
from de06_extract.numbers.kinds import kind_of
from de06_extract.numbers.verdicts import Judgement, whole_share
from de06_extract.schema.report import Direction, Verdict

judge_change, judge_distribution, judge_ratio, judge_remainder, judge_sum = (
    kind_of(name).judge for name in ("change", "distribution", "ratio", "remainder", "sum")
)

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN)


def read(text: str | None) -> Figure | None:
    """The one figure of a text."""
    return None if text is None else one(text)


def one(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = find_figures(text)
    return figure


def count(value: int) -> Figure:
    """A plain count."""
    return Figure(0, 1, "count", Decimal(value), 0)


def share(value: Decimal, decimals: int) -> Figure:
    """A percentage with its decimals."""
    return Figure(0, 1, "percent", value, decimals)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "verdict"),
    [
        ("3.225", "3.265", "98,77%", "consistent"),
        ("3.225", "3.265", "98,8%", "consistent"),
        ("3.225", "3.265", "99%", "consistent"),
        ("3.225", "3.265", "98,57%", "inconsistent"),
        ("3.225", "3.265", "98,770%", "inconsistent"),
        ("2.373", "3.979", "59,64%", "consistent"),
        ("2.373", "3.979", "59,63%", "truncated"),
        ("2.373", "3.979", "59,65%", "inconsistent"),
        ("1", "8", "12,5%", "consistent"),
        ("1", "8", "13%", "consistent"),  # half up
        ("1", "8", "12%", "consistent"),  # half even
        ("5", "8", "63%", "consistent"),  # half up
        ("5", "8", "62%", "consistent"),  # half even
        ("2", "3", "66%", "truncated"),
        ("2", "3", "67%", "consistent"),
        ("2", "3", "68%", "inconsistent"),
        ("83", "72", "115,3%", "consistent"),
        ("0", "5", "0%", "consistent"),
        ("5", "5", "100%", "consistent"),
        ("1.700", "1.706", "100%", "consistent"),
        ("1.700", "1.706", "100,0%", "inconsistent"),
        ("3.226", "3.235", "99,8%", "inconsistent"),
        ("0", "0", "100%", "undefined"),
        ("0", "0", None, "unverifiable"),
        ("5", None, "50%", "unverifiable"),
        (None, "5", "50%", "unverifiable"),
        ("5", "10", None, "unverifiable"),
        ("6", "10", "trên 50%", "unverifiable"),
        ("4", "10", "trên 50%", "inconsistent"),
        ("4", "10", "dưới 50%", "unverifiable"),
        ("6", "10", "dưới 50%", "inconsistent"),
        ("5", "10", "ít nhất 50%", "unverifiable"),
        ("5", "10", "tối đa 50%", "unverifiable"),
        ("49", "50", "gần 98%", "unverifiable"),
        ("6", "10", "khoảng 50%", "unverifiable"),
        ("3", "4", "70-80%", "unverifiable"),
        ("9", "10", "70-80%", "inconsistent"),
        ("hơn 1.900 hồ sơ", "3.800", "50%", "unverifiable"),
        ("hơn 1.900 hồ sơ", "3.800", "49%", "inconsistent"),
        ("33,2 tỷ đồng", "40,0 tỷ đồng", "83%", "consistent"),
        ("33,2 tỷ đồng", "40,0 tỷ đồng", "83,2%", "consistent"),
        ("33,2 tỷ đồng", "40,0 tỷ đồng", "83,3%", "inconsistent"),
        ("33 tỷ đồng", "40 tỷ đồng", "84,8%", "consistent"),
        ("78,5", "205 ngày", "38,3%", "consistent"),
    ],
)
def test_ratio(numerator: str | None, denominator: str | None, percent: str | None, verdict: Verdict) -> None:
    assert judge_ratio(read(numerator), read(denominator), read(percent)).verdict == verdict


def test_what_follows_is_computed_from_the_other_figures() -> None:
    assert judge_ratio(one("3.225"), one("3.265"), one("98,57%")).computed == Fraction(322500, 3265)
    assert judge_ratio(one("0"), one("0"), one("100%")).computed is None
    assert judge_sum(one("708"), [one("376"), one("342")]).computed == 718
    assert judge_remainder(one("11.020"), one("6.373"), one("4.774")).computed == 4647
    assert judge_change(one("2.138"), one("3.175"), None, one("148,5%"), "up").computed == Fraction(103700, 2138)


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("718", ("376", "342"), "consistent"),
        ("708", ("376", "342"), "inconsistent"),
        ("717", ("376", "342"), "inconsistent"),
        ("10 tỷ", ("5,2 tỷ", "4,6 tỷ"), "consistent"),
        ("9,8 tỷ", ("5,2 tỷ", "4,6 tỷ"), "consistent"),
        ("9,7 tỷ", ("5,2 tỷ", "4,6 tỷ"), "consistent"),
        ("9,6 tỷ", ("5,2 tỷ", "4,6 tỷ"), "inconsistent"),
        ("9 tỷ", ("5.250.000.000 người", "4.560.000.000 người"), "truncated"),
        ("hơn 700 hồ sơ", ("376", "342"), "unverifiable"),
        ("hơn 720 hồ sơ", ("376", "342"), "inconsistent"),
        ("718", ("hơn 370 hồ sơ", "342"), "unverifiable"),
        ("700", ("hơn 370 hồ sơ", "342"), "inconsistent"),
        ("15-20 hồ sơ", ("8", "9"), "unverifiable"),
        ("15-20 hồ sơ", ("8", "19"), "inconsistent"),
        ("0", ("0", "0"), "consistent"),
    ],
)
def test_sum(total: str, parts: tuple[str, ...], verdict: Verdict) -> None:
    assert judge_sum(one(total), [one(part) for part in parts]).verdict == verdict


@pytest.mark.parametrize(
    ("total", "done", "left", "verdict"),
    [
        ("27.410", "13.236", "14.174", "consistent"),
        ("11.020", "6.373", "4.774", "inconsistent"),
        ("11.020", "6.373", None, "unverifiable"),
        ("5", "5", "0", "consistent"),
        ("5", "6", "1", "inconsistent"),
        ("hơn 1.900 hồ sơ", "900", "1.000", "unverifiable"),
        ("hơn 1.900 hồ sơ", "900", "900", "inconsistent"),
        ("5,0 tỷ đồng", "2,6 tỷ đồng", "2,5 tỷ đồng", "consistent"),
        ("5,0 tỷ đồng", "2,6 tỷ đồng", "2,6 tỷ đồng", "inconsistent"),
    ],
)
def test_remainder(total: str, done: str, left: str | None, verdict: Verdict) -> None:
    assert judge_remainder(one(total), one(done), read(left)).verdict == verdict


@pytest.mark.parametrize(
    ("old", "new", "delta", "percent", "direction", "verdict"),
    [
        ("100", "134", "34", "34%", "up", "consistent"),
        ("134", "100", "34", "25,4%", "down", "consistent"),
        ("134", "100", "34", "25,3%", "down", "truncated"),
        ("134", "100", "34", "34%", "down", "inconsistent"),
        ("100", "134", "35", "34%", "up", "inconsistent"),
        ("100", "134", None, "134%", "up", "inconsistent"),  # the level as an increase
        ("2.138", "3.175", None, "148,50%", "up", "inconsistent"),
        ("2.138", "3.175", None, "48,50%", "up", "consistent"),
        ("100", "134", "34", None, "up", "consistent"),
        ("134", "100", None, None, "up", "inconsistent"),
        ("100", "100", "0", "0%", "up", "consistent"),
        (None, "4.054", "391", "10,67%", "up", "consistent"),
        (None, "4.054", "391", "10,76%", "up", "inconsistent"),
        (None, "4.054", "391", "9,6%", "up", "inconsistent"),
        (None, "60", "40", "40%", "down", "consistent"),
        ("100", None, "34", "34%", "up", "consistent"),
        (None, None, "34", "5,6%", "up", "unverifiable"),
        (None, "5", "5", "100%", "up", "unverifiable"),
        ("100", None, None, "5%", "up", "unverifiable"),
        ("hơn 100 vụ", "134", None, "34%", "up", "unverifiable"),
        ("100", "134", None, "trên 30%", "up", "unverifiable"),
        ("100", "134", None, "trên 40%", "up", "inconsistent"),
    ],
)
def test_change(
    old: str | None, new: str | None, delta: str | None, percent: str | None, direction: Direction, verdict: Verdict
) -> None:
    assert judge_change(read(old), read(new), read(delta), read(percent), direction).verdict == verdict


@pytest.mark.parametrize("delta", [None, "5"])
def test_a_change_from_nothing_has_no_percentage(delta: str | None) -> None:
    assert judge_change(one("0"), one("5"), read(delta), one("100%"), "up").verdict == "undefined"


def test_a_cut_size_of_a_change_is_not_lost_behind_its_percentage() -> None:
    old, new, delta = one("10,0 tỷ"), one("15,9 tỷ"), one("5 tỷ")
    assert judge_change(old, new, delta, None, "up").verdict == "truncated"
    assert judge_change(old, new, delta, one("59%"), "up").verdict == "truncated"


@pytest.mark.parametrize(
    ("base", "percents", "verdict"),
    [
        (None, ("10,68%", "89,12%", "0,21%"), "consistent"),  # 100,01, by rounding
        (None, ("10,68%", "89,12%", "0,31%"), "inconsistent"),
        (None, ("33%", "33%", "33%"), "consistent"),
        (None, ("33,3%", "33,3%", "33,3%"), "consistent"),
        (None, ("60%", "40%"), "consistent"),
        (None, ("33,3%", "66,6%"), "consistent"),
        (None, ("14,2%", "28,5%", "57,1%"), "truncated"),
        (None, ("trên 60%", "40%"), "unverifiable"),
        (None, ("60-70%", "35%"), "unverifiable"),
        ("hơn 100 vụ", ("60%", "40%"), "unverifiable"),
        ("3.265", ("98,77%", "1,23%"), "consistent"),
        ("3.890", ("99,99%", "0,01%"), "inconsistent"),  # no whole number out of 3.890 is 99,99%
        ("3", ("66,67%", "33,33%"), "consistent"),
        ("3", ("66,66%", "33,34%"), "inconsistent"),
        ("3", ("66,66%", "33,33%"), "truncated"),
    ],
)
def test_distribution(base: str | None, percents: tuple[str, ...], verdict: Verdict) -> None:
    assert judge_distribution(read(base), [one(percent) for percent in percents]).verdict == verdict


@pytest.mark.parametrize("percents", [("49%", "49%"), ("33,3%", "33,3%", "33,1%")])
def test_shares_that_only_the_excluded_ends_would_bring_to_100(percents: tuple[str, ...]) -> None:
    assert judge_distribution(None, [one(percent) for percent in percents]).verdict == "inconsistent"


def test_shares_of_nothing_are_undefined() -> None:
    assert judge_distribution(one("0"), [one("60%"), one("40%")]).verdict == "undefined"


# ---------------------------------------------------------------------------------------------------------------------

_DECIMALS = st.integers(0, 4)
_COUNTS = st.integers(1, 10**7)
_MODES = st.sampled_from(ROUNDINGS)


def quantized(value: Fraction, decimals: int, mode: str) -> Decimal:
    """`value` at `decimals` places, rounded as `mode` says from the exact value."""
    scaled = value * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = Fraction(2 * rest, scaled.denominator)
    up = mode != ROUND_DOWN and (twice > 1 or (twice == 1 and (mode == ROUND_HALF_UP or whole % 2 == 1)))
    return Decimal(whole + up).scaleb(-decimals)


@given(_COUNTS, _COUNTS, _DECIMALS, _MODES)
def test_a_ratio_that_was_computed_and_rounded_is_consistent(a: int, b: int, decimals: int, mode: str) -> None:
    percent = share(quantized(Fraction(100 * a, b), decimals, mode), decimals)
    assert judge_ratio(count(a), count(b), percent).verdict == "consistent"


@given(_COUNTS, _COUNTS, _DECIMALS)
def test_a_ratio_that_was_cut_off_is_never_wrong(a: int, b: int, decimals: int) -> None:
    exact = Fraction(100 * a, b)
    percent = share(quantized(exact, decimals, ROUND_DOWN), decimals)
    is_near = exact - Fraction(percent.value) <= Fraction(1, 2 * 10**decimals)
    assert judge_ratio(count(a), count(b), percent).verdict == ("consistent" if is_near else "truncated")


@given(_COUNTS, _COUNTS, _DECIMALS, st.integers(1, 500), st.booleans())
def test_a_ratio_off_by_a_unit_of_the_last_digit_is_never_consistent(
    a: int, b: int, decimals: int, units: int, up: bool
) -> None:
    exact, unit = Fraction(100 * a, b), Fraction(1, 10**decimals)
    nearest = quantized(exact, decimals, ROUND_HALF_UP)
    value = nearest + (units if up else -units) * Decimal(1).scaleb(-decimals)
    assume(value >= 0 and abs(Fraction(value) - exact) >= unit)
    judgement = judge_ratio(count(a), count(b), share(value, decimals))
    assert judgement.verdict == "inconsistent"
    assert judgement.computed == exact


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), st.integers(-3, 3))
def test_a_sum_of_counts_is_exact(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    assume(total >= 0)
    verdict = judge_sum(count(total), [count(part) for part in parts]).verdict
    assert verdict == ("inconsistent" if off else "consistent")


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(-3, 3))
def test_a_remainder_of_counts_is_exact(done: int, left: int, off: int) -> None:
    assume(left + off >= 0)
    verdict = judge_remainder(count(done + left), count(done), count(left + off)).verdict
    assert verdict == ("inconsistent" if off else "consistent")


@given(_COUNTS, st.integers(0, 10**7), _DECIMALS, _MODES, st.sets(st.sampled_from(["old", "new", "delta"]), max_size=1))
def test_a_change_that_was_computed_and_rounded_is_consistent(
    old: int, new: int, decimals: int, mode: str, left_out: set[str]
) -> None:
    percent = share(quantized(Fraction(100 * abs(new - old), old), decimals, mode), decimals)
    figures = {"old": count(old), "new": count(new), "delta": count(abs(new - old))}
    a, b, c = (None if role in left_out else figures[role] for role in ("old", "new", "delta"))
    direction: Direction = "up" if new >= old else "down"
    assert judge_change(a, b, c, percent, direction).verdict == "consistent"


@given(_COUNTS, _COUNTS, st.integers(0, 2))
def test_a_level_is_not_a_change(old: int, more: int, decimals: int) -> None:
    """«tăng 148,50%» where the level rose to 148,50% of the old one."""
    level = share(quantized(Fraction(100 * (old + more), old), decimals, ROUND_HALF_UP), decimals)
    assert judge_change(count(old), count(old + more), None, level, "up").verdict == "inconsistent"


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), _DECIMALS, _MODES, st.booleans())
def test_shares_of_a_whole_that_were_computed_and_rounded_are_consistent(
    counts: list[int], decimals: int, mode: str, with_base: bool
) -> None:
    whole = sum(counts)
    assume(whole)
    shares = [share(quantized(Fraction(100 * n, whole), decimals, mode), decimals) for n in counts]
    assert judge_distribution(count(whole) if with_base else None, shares).verdict == "consistent"


@given(st.integers(1, 400), st.integers(0, 2), st.integers(0, 10000), st.booleans())
def test_a_share_of_a_whole_number_is_found_by_trying_each(base: int, decimals: int, units: int, cut: bool) -> None:
    value = Decimal(units).scaleb(-2).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    interval = (Interval.truncated if cut else Interval.rounded)(value, decimals)
    assert interval.low is not None
    assert interval.high is not None
    fits = (
        n
        for n in range(base + 1)
        if interval.low <= (exact := Fraction(100 * n, base))
        and (exact < interval.high or (not cut and exact == interval.high))
    )
    assert whole_share(interval, Decimal(base), cut=cut) == next(fits, None)


# An oracle: a figure with one decimal stands for the eleven values on a grid of a tenth of its last digit, ends
# included; a claim of small numbers holds where some choice on the grid makes it true.


def _choices(figure: Figure) -> Iterable[Fraction]:
    if figure.exact_as_written:
        return (Fraction(figure.value),)
    unit = Fraction(1, 10**figure.decimals)
    return [Fraction(figure.value) + Fraction(k, 10) * unit for k in range(-5, 6)]


_SMALL = st.builds(lambda tenths: Figure(0, 1, "count", Decimal(tenths).scaleb(-1), 1), st.integers(0, 60))
_ANY = st.one_of(_SMALL, st.builds(count, st.integers(0, 8)))


@given(_ANY, _ANY, _ANY)
def test_a_sum_and_a_remainder_hold_where_some_choice_makes_them_true(a: Figure, b: Figure, c: Figure) -> None:
    holds = any(x + y == z for x in _choices(a) for y in _choices(b) for z in _choices(c))
    assert (judge_sum(c, [a, b]).verdict == "consistent") == holds
    assert (judge_remainder(c, a, b).verdict == "consistent") == holds


@given(st.integers(0, 12), st.integers(1, 12), st.integers(0, 2), st.integers(0, 12000))
def test_a_ratio_holds_where_rounding_gives_it(a: int, b: int, decimals: int, units: int) -> None:
    value = Decimal(units).scaleb(-2).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    exact = Fraction(100 * a, b)
    verdict = judge_ratio(count(a), count(b), share(value, decimals)).verdict
    if value in {quantized(exact, decimals, mode) for mode in ROUNDINGS}:
        assert verdict == "consistent"
    elif value == quantized(exact, decimals, ROUND_DOWN):
        # «13%» for 13,5% is cut off, but also within half a unit of the last digit: the contract says both.
        assert verdict == ("consistent" if exact - Fraction(value) == Fraction(1, 2 * 10**decimals) else "truncated")
    else:
        assert verdict == "inconsistent"


@given(st.integers(1, 30), st.integers(0, 60), st.integers(0, 60), st.integers(0, 300), st.sampled_from(["up", "down"]))
def test_a_change_of_counts_holds_where_rounding_gives_it(
    old: int, new: int, delta: int, percent: int, direction: Direction
) -> None:
    size = new - old if direction == "up" else old - new
    exact = Fraction(100 * size, old)
    holds = size == delta and abs(Fraction(percent) - exact) <= Fraction(1, 2)
    judgement = judge_change(count(old), count(new), count(delta), share(Decimal(percent), 0), direction)
    assert (judgement.verdict == "consistent") == holds


@given(st.fractions(min_value=0, max_value=10**9), _DECIMALS)
def test_rounding_is_half_up(value: Fraction, decimals: int) -> None:
    assert rounded(value, decimals) == quantized(value, decimals, ROUND_HALF_UP)
    assert rounded(-value, decimals) == -rounded(value, decimals)


@pytest.mark.parametrize("value", [10**28 + 1, Fraction(10**28 + 1, 10)])
def test_large_numbers_stay_exact(value: Fraction) -> None:
    assert Fraction(approximate(value)) == value


def test_a_judgement_is_a_value() -> None:
    assert Judgement("consistent") == Judgement("consistent", None)
