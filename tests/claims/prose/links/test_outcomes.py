"""The class of an outcome: what holds, what is a slip, what is near, what is bounded, for each kind of relation."""

from __future__ import annotations

import pytest

from de06_extract.claims.prose.links.outcomes import Outcome, of_change, of_ratio, of_shares, of_total
from de06_extract.claims.prose.links.values import Value, resolution_class


def written(text: str) -> Value:
    """«98,77» and «3225» as values; a count is exact, «~» marks a bound."""
    bare = text.strip("~")
    decimals = len(bare.partition(",")[2])
    unit = 10.0**-decimals
    slack = unit / 2 if decimals else 0.0
    return Value(float(bare.replace(",", ".")), slack, unit, "~" in text, decimals, sum(map(str.isdigit, bare)))


def percent(text: str) -> Value:
    value = written(text)
    return value._replace(slack=value.unit / 2)


@pytest.mark.parametrize(
    ("numerator", "base", "share", "outcome"),
    [
        ("3225", "3265", "98,77", Outcome.HOLDS),
        ("3225", "3265", "98,7", Outcome.CUT),
        ("3225", "3265", "98,78", Outcome.LAST_DIGIT),
        ("3225", "3265", "98,57", Outcome.SLIP),  # a digit of the percentage
        ("3252", "3265", "98,77", Outcome.SWAP),  # two digits of the numerator
        ("3225", "32651", "98,77", Outcome.LOST),  # a digit too many in the base
        ("3225", "32665", "98,77", Outcome.SWAP),  # the same, of one hit twice
        ("3225", "365", "98,77", Outcome.LOST),  # a digit that lacks
        ("3225", "3265", "95,11", Outcome.NEAR),
        ("11", "12", "100", Outcome.SHORT_SLIP),  # «12/12»
        ("3225", "3265", "45,12", Outcome.FAILS),
        ("3225", "3265", "~98", Outcome.BOUND_HOLDS),
        ("3225", "3265", "~80", Outcome.BOUND_FAILS),
        ("3225", "0", "98,77", Outcome.FAILS),
    ],
)
def test_ratio(numerator: str, base: str, share: str, outcome: Outcome) -> None:
    assert of_ratio(written(numerator), written(base), percent(share)) == outcome


def test_the_two_sides_of_a_slash_may_be_exchanged() -> None:
    figures = written("3265"), written("3225"), percent("98,77")
    assert of_ratio(*figures, slash=True) == Outcome.SWAP
    assert of_ratio(*figures) == Outcome.NEAR


@pytest.mark.parametrize(
    ("parts", "total", "outcome"),
    [
        ("120 80", "200", Outcome.HOLDS),
        ("1,2 1,3", "2,4", Outcome.HOLDS),  # within what was rounded away
        ("5,00 7,38", "12,3", Outcome.CUT),
        ("5,00 7,44", "12,3", Outcome.LAST_DIGIT),
        ("1200 2052", "3225", Outcome.SWAP),
        ("213 120", "243", Outcome.SWAP),  # «123 + 120»
        ("210 120", "321", Outcome.NEAR),  # «201» is one edit away, of a round number nearly every other is
        ("500 517", "1000", Outcome.NEAR),  # round numbers make no slips
        ("180 120 60", "250", Outcome.SHORT_SLIP),  # nor do numbers of two digits that mean something: «10»
        ("181 122 63", "256", Outcome.SWAP),  # «12»
        ("12 9", "22", Outcome.SHORT_SLIP),
        ("22 08", "102", Outcome.SHORT_SWAP),  # «80», with the zero in front as it is written
        ("512 333", "145", Outcome.SLIP),  # a first digit
        ("500 250", "1000", Outcome.FAILS),
        ("3 4", "1000", Outcome.FAILS),
        ("~500 480", "1000", Outcome.BOUND_HOLDS),
        ("~500 250", "1000", Outcome.BOUND_FAILS),
    ],
)
def test_total(parts: str, total: str, outcome: Outcome) -> None:
    assert of_total([written(part) for part in parts.split()], written(total)) == outcome


@pytest.mark.parametrize(
    ("old", "new", "size", "share", "sign", "outcome"),
    [
        ("2730", "1379", "1351", "49,49", -1, Outcome.HOLDS),
        ("2730", "1379", None, "49,4", -1, Outcome.CUT),
        ("2730", "1379", "1315", None, -1, Outcome.SWAP),
        ("2730", "1379", None, "49,94", -1, Outcome.SWAP),
        ("2730", "1379", "1351", "61,08", -1, Outcome.FAILS),  # the worse of both counts
        ("2730", "1379", "1351", None, 1, Outcome.WRONG_WAY),
        ("2730", "~1379", "1351", None, 1, Outcome.BOUND_FAILS),
        ("2730", "~1379", "~1350", None, -1, Outcome.BOUND_HOLDS),
        ("2730", "1379", None, None, -1, Outcome.HOLDS),
        ("9", "7", "3", None, -1, Outcome.SHORT_SLIP),
        (None, "38868,04", "69,50", "4,18", 1, Outcome.SLIP),  # «0,18%»: zeros in front are written too
        (None, "38868,04", "69,50", "0,18", 1, Outcome.HOLDS),
        (None, "1379", "1315", "49,49", -1, Outcome.SWAP),  # «1351», of which the old value is derived
        ("265,0", "202,8", None, "16,6", -1, Outcome.SWAP),  # «220,8», as far as «265» is rounded
        ("265,0", "219,8", None, "16,6", -1, Outcome.NEAR),
        ("133,0", "159,5", None, "2,7", -1, Outcome.SLIP),  # «129,5» would have fallen
        ("133,0", "148,2", None, "2,7", -1, Outcome.WRONG_WAY),
        ("400", "500", "97", None, 1, Outcome.NEAR),
        (None, "1379", "1351", "49,49", -1, Outcome.HOLDS),  # the old value follows from the others
        ("2730", None, "1351", "49,49", -1, Outcome.HOLDS),
        ("2730", None, "1531", "49,49", -1, Outcome.SWAP),
        (None, "1379", None, "49,49", -1, Outcome.OPEN),
        (None, None, "1351", "49,49", -1, Outcome.OPEN),
    ],
)
def test_change(
    old: str | None, new: str | None, size: str | None, share: str | None, sign: int, outcome: Outcome
) -> None:
    figures = [None if text is None else written(text) for text in (old, new, size)]
    stated = None if share is None else percent(share)
    assert of_change(figures[0], figures[1], figures[2], stated, sign) == outcome


@pytest.mark.parametrize(
    ("shares", "outcome"),
    [
        ("46,18 38,95 14,87", Outcome.HOLDS),
        ("33,33 33,33 33,33", Outcome.HOLDS),
        ("46,18 38,95 14,85", Outcome.CUT),
        ("46,18 38,95 18,47", Outcome.SWAP),
        ("46,5 38,5 13,7", Outcome.NEAR),
        ("50 30 30", Outcome.SHORT_SLIP),
        ("46,18 38,95 2,11", Outcome.FAILS),
        ("~46 38 15", Outcome.BOUND_HOLDS),
        ("~46 38 5", Outcome.BOUND_FAILS),
    ],
)
def test_shares(shares: str, outcome: Outcome) -> None:
    assert of_shares([percent(share) for share in shares.split()]) == outcome


def test_resolution_is_counted_in_half_decades() -> None:
    assert [resolution_class(share) for share in (2.0, 0.2, 0.05, 0.001, 1e-12)] == [0, 1, 2, 6, 9]


def test_outcomes_stand_in_the_order_of_the_tables_of_the_model() -> None:
    assert [outcome.value for outcome in Outcome] == list(range(14))
    assert [Outcome.HOLDS, Outcome.FAILS, Outcome.OPEN, Outcome.SHORT_SLIP, Outcome.SHORT_SWAP] == [0, 5, 9, 10, 13]
