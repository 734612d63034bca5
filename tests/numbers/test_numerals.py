"""The exact grammar of numerals: what is read, and what is left unread rather than guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from de06_extract.numbers.numerals import NUMERAL, Numeral, parse_dotted, parse_english_count, parse_numeral

READ = {
    "0": ("0", 0),
    "07": ("7", 0),
    "11894": ("11894", 0),
    "3.225": ("3225", 0),
    "59.170": ("59170", 0),
    "1.064.006": ("1064006", 0),
    "3.798,254": ("3798.254", 3),
    "98,77": ("98.77", 2),
    "98,770": ("98.770", 3),
    "0,05": ("0.05", 2),
    "33,2": ("33.2", 1),
    "1,234": ("1.234", 3),
    "20,187,293": ("20187293", 0),
    "346 000": ("346000", 0),
    "1\u00a0064": ("1064", 0),
    "7. 180": ("7180", 0),
    "3 .225": ("3225", 0),
}
UNREAD = (
    "", " ", "-", ".", ",", "5.", ",5", "5,", "98.77", "98.5", "0.123", "0.225.100", "1.22.333", "1.2345", "1234.567",
    "1,234.5", "1.234,", "012.345", "1..234", "1,,2", "12,345,67", "3.225%", "+5", "-5", "1e4", "NaN", "Infinity",
    "1_000", "½", "²", "06¹", "５ ０",
)  # fmt: skip


@pytest.mark.parametrize(("text", "value", "decimals"), [(text, *got) for text, got in READ.items()])
def test_a_numeral_is_read_with_its_decimals_as_written(text: str, value: str, decimals: int) -> None:
    got = parse_numeral(text)
    assert got == Numeral(Decimal(value), decimals)
    assert str(got.value) == value, "the digits written are kept, zeros too"


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(("text", "value"), [("98.5", "98.5"), ("2.24", "2.24"), ("0.50", "0.50"), ("3.225", "3.225")])
def test_a_decimal_point_is_read_where_the_context_asks_for_it(text: str, value: str) -> None:
    got = parse_dotted(text)
    assert got is not None
    assert (str(got.value), got.decimals) == (value, len(value.split(".")[1]))


@pytest.mark.parametrize("text", ["98,5", "98", "1.2.3", ".5", "5.", "1.234,5"])
def test_a_decimal_point_stands_alone(text: str) -> None:
    assert parse_dotted(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1,193", 1193), ("98,77", None), ("0,193", None), ("1,1930", None), ("1.193", None)]
)
def test_an_english_count_has_one_group_of_three(text: str, value: int | None) -> None:
    got = parse_english_count(text)
    assert (None if got is None else got.value) == value


@given(st.integers(0, 10**18), st.integers(0, 4))
def test_what_is_written_in_the_official_style_is_read_back(whole: int, decimals: int) -> None:
    value = Decimal(whole).scaleb(-decimals)
    text = f"{value:,.{decimals}f}".translate(str.maketrans(".,", ",."))
    got = parse_numeral(text)
    assert got is not None
    assert (str(got.value), got.decimals) == (f"{value:.{decimals}f}", decimals)


@given(st.text("0123456789., \u00a0", max_size=12))
def test_a_numeral_never_changes_the_digits(text: str) -> None:
    got = parse_numeral(text)
    if got is not None:
        digits = "".join(c for c in text if c.isdecimal())
        assert int(got.value.scaleb(got.decimals)) == int(digits)
        assert got.decimals == 0 or text.endswith("," + digits[-got.decimals :])


@given(st.text("0123456789., \u00a0", max_size=20))
def test_a_found_numeral_begins_and_ends_with_a_digit(text: str) -> None:
    for match in NUMERAL.finditer(text):
        assert match[0][0].isdecimal()
        assert match[0][-1].isdecimal()


@pytest.mark.parametrize("text", ["３", "٣٤", "3٢", "3.２２５"])
def test_digits_of_other_scripts_are_not_read(text: str) -> None:
    assert parse_numeral(text) is None
