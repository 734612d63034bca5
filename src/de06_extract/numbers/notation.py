"""Figures as messages show them: in the report's own notation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from de06_extract.language.vocabulary import words
from de06_extract.numbers.intervals import Rational, rounded
from de06_extract.schema.report import Quantity

_SIGNS = "-−–+"
_GROUPED = re.compile(r"\(?\d{1,3}(?P<blank>[ \u00a0\u2009\u202f])(?:\d{3}(?P=blank))*\d{3}(?!\d)")  # «12 500»


def write_numeral(value: Decimal | Rational, decimals: int) -> str:
    """`value` in Vietnamese style with so many decimals.

    >>> write_numeral(Decimal("33.333"), 2), write_numeral(4647, 0), write_numeral(Decimal("-1234.5"), 1)
    ('33,33', '4.647', '-1.234,5')
    """
    return f"{rounded(Fraction(value), decimals):,f}".translate(str.maketrans(",.", ".,"))


def write_like(quantity: Quantity, value: Decimal | Rational) -> str:
    """`value` as the quantity is written: its decimals, its separators, its scale word and percent sign.

    >>> from de06_extract.schema.report import Span
    >>> span = Span(start=0, end=10, text="33,2 nghìn")
    >>> q = Quantity(value=Decimal(33200), decimals=1, text="33,2 nghìn", scale=1000, span=span)
    >>> write_like(q, 34100)
    '34,1 nghìn'
    >>> [write_like(q.model_copy(update={"text": text, "decimals": 0, "scale": 1}), 3) for text in ("022", "3333", "7")]
    ['03', '3', '3']
    >>> write_like(q.model_copy(update={"text": "12 500", "decimals": 0, "scale": 1}), 12600)
    '12 600'
    >>> write_like(q.model_copy(update={"text": "(35)", "decimals": 0, "scale": 1}), 1204)
    '(1.204)'
    >>> write_like(q.model_copy(update={"text": "1 tỷ 250 triệu", "decimals": 0, "scale": 10**6}), 1300 * 10**6)
    '1.300 triệu'
    >>> write_like(q.model_copy(update={"text": "98.5%", "decimals": 1, "scale": 1}), Decimal("95.5"))
    '95.5%'
    """
    if quantity.unit == "%" and _is_per_mille(quantity.text):
        per_mille = {"value": 10 * quantity.value, "decimals": quantity.decimals - 1, "unit": "‰"}
        return write_like(quantity.model_copy(update=per_mille), 10 * Fraction(value))
    numeral = write_numeral(Fraction(value) / quantity.scale, quantity.decimals)
    digits = quantity.text.rstrip("%").strip(f"{_SIGNS} ")
    if quantity.decimals == 0 and quantity.scale == 1 and digits.isdecimal():
        if digits.startswith("0"):
            numeral = numeral.rjust(2, "0")  # «02», the official style for what has one digit
        elif len(digits) > 3:
            numeral = numeral.replace(".", "")
    if _is_english(digits, quantity.decimals):
        numeral = numeral.translate(str.maketrans(",.", ".,"))
    elif blank := _GROUPED.match(digits):
        numeral = numeral.replace(".", blank["blank"])
    sign = quantity.text[: len(quantity.text) - len(quantity.text.lstrip(_SIGNS))]
    unsigned = quantity.text[len(sign) :]
    if unsigned.startswith("("):
        sign, numeral = f"{sign}(", numeral.lstrip(_SIGNS if sign else "")
    behind = next((i for i in range(len(unsigned), 0, -1) if unsigned[i - 1].isdigit()), len(unsigned))
    return sign + numeral.lstrip(_SIGNS if sign else "") + unsigned[behind:].lstrip(".,")


def shows_style(figure: str) -> bool:
    """False for a figure of so few characters that it does not show whether thousands are grouped.

    >>> shows_style("1204"), shows_style("1.204"), shows_style("980")
    (True, True, False)
    """
    return len(figure) > len("999")


def write_among(numeral: str, others: Iterable[str]) -> str:
    """The numeral as the figures beside it are written, where its own digits do not tell: thousands and leading zeros.

    >>> write_among("3.362", ["5480", "61%"]), write_among("3.362", ["18.381", "480"]), write_among("8", ["02", "744"])
    ('3362', '3.362', '08')
    """
    beside = [other for other in others if other.replace(".", "").isdecimal()]
    if "." in numeral and "," not in numeral and _are_ungrouped(beside):
        return numeral.replace(".", "")
    if len(numeral) == 1 and numeral != "0" and _are_padded(beside):
        return f"0{numeral}"
    return numeral


def _are_ungrouped(numerals: Sequence[str]) -> bool:
    """True where most of those that have thousands stand without a dot."""
    dotted = ["." in numeral for numeral in numerals if len(numeral) > 3]
    return sum(dotted) < len(dotted) / 2


def _are_padded(numerals: Sequence[str]) -> bool:
    """True where numbers of one digit stand with a zero before it: «02», and none without."""
    padded = any(len(numeral) == 2 and numeral.startswith("0") for numeral in numerals)
    return padded and not any(len(numeral) == 1 and numeral != "0" for numeral in numerals)


def _is_per_mille(text: str) -> bool:
    """True for «15‰», whose quantity is a percentage."""
    return any(text.endswith(word) for word in words("units", "per_mille"))


def _is_english(digits: str, decimals: int) -> bool:
    """True for «1,204» that counts and for «98.5»."""
    return "," in digits if not decimals else digits[-decimals - 1 : -decimals] == "."
