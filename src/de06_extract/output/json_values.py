"""JSON of what a store holds: UTF-8 on one line, figures as the report's own JSON has them."""

from __future__ import annotations

import json
from decimal import Decimal


def json_bytes(value: object) -> bytes:
    """The value as JSON on one line; half of a pair of characters, which UTF-8 cannot hold, is a question mark.

    >>> json_bytes({"value": Decimal("98.77"), "decimals": 2, "text": "98,77\\ud800"})
    b'{"value":98.77,"decimals":2,"text":"98,77?"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_number).encode("utf-8", "replace")


def _number(value: object) -> int | float:
    """The number as the report's JSON has it: the floats in it are the shortest that are read back as they were.

    >>> [_number(Decimal(text)) for text in ("98.77", "1.0", "33200000000", "1E+3")]
    [98.77, 1.0, 33200000000, 1000]
    """
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is not of JSON")
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else float(value)
