"""A value of a cell as a Vietnamese report would write it: all digits that were typed, and a comma before decimals."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

_SHOWN = Context(prec=12, rounding=ROUND_HALF_UP)  # digits; what lies beyond is left of computing with binary numbers

Value = int | float | str | bool | date | datetime | time | timedelta


def written(value: Value, *, percentage: bool) -> str:
    """The value in words and digits. A computed one is not cut to the decimals that its cell shows.

    >>> written(98.5, percentage=False), written(0.9877, percentage=True), written(12345.0, percentage=False)
    ('98,5', '98,77%', '12345')
    >>> written(0.1 + 0.2, percentage=False), written(date(2023, 5, 1), percentage=False)
    ('0,3', '01/5/2023')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(Decimal(repr(value)) * 100) + "%" if percentage else _number(Decimal(repr(value)))
    if isinstance(value, (datetime, date)):
        day = f"0{value.day}" if value.day < 10 else str(value.day)
        return f"{day}/{value.month:02}/{value.year}" if value.month < 3 else f"{day}/{value.month}/{value.year}"
    return str(value)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    return f"{_SHOWN.plus(value).normalize(_SHOWN):f}".replace(".", ",")
