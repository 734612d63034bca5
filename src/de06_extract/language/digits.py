"""Whole numbers that a text writes in digits, of any length."""

from __future__ import annotations

LARGEST = 10**18  # stands for every number above it: none that a document counts by or refers to is as large
_DIGITS = 18


def integer(digits: str) -> int:
    """The whole number that digits say; 10¹⁸ for all above it, since Python reads and writes no thousands of digits.

    Raises a `ValueError` for what is no whole number, as `int` does.

    >>> integer("027"), integer("-3"), integer("9" * 5000) == LARGEST, integer("0" * 5000 + "7")
    (27, -3, True, 7)
    """
    digits = digits.strip()
    if len(digits) <= _DIGITS:
        return int(digits)
    sign, rest = (digits[0], digits[1:]) if digits[0] in "+-" else ("", digits)
    if not rest.isdecimal():
        raise ValueError(f"not a whole number: {rest[:_DIGITS]}…")
    size = rest.lstrip("0")
    number = int(size or "0") if len(size) <= _DIGITS else LARGEST
    return -number if sign == "-" else number
