"""Counts, shares and days as a page of either language writes them."""

from __future__ import annotations

from de06_extract.language.messages import messages
from de06_extract.schema.display import Language


def shown_number(value: int, language: Language) -> str:
    """A count with groups of thousands.

    >>> shown_number(12345, "vi"), shown_number(12345, "en")
    ('12.345', '12,345')
    """
    return f"{value:,}".replace(",", messages("page")[language]["group_mark"])


def shown_share(part: int, whole: int, language: Language) -> str:
    """A share in per cent with one decimal, cut off so that 100 means all.

    >>> shown_share(999, 1000, "vi"), shown_share(9999, 10000, "en"), shown_share(0, 0, "vi")
    ('99,9', '99.9', '0,0')
    """
    tenths = 1000 * part // whole if whole else 0
    return f"{tenths // 10}{messages('page')[language]['decimal_mark']}{tenths % 10}"


def shown_day(iso: str | None, language: Language) -> str | None:
    """A day or a month as people write it.

    >>> shown_day("2024-04-02", "vi"), shown_day("2024-04", "vi"), shown_day("2024-04-02", "en")
    ('02/04/2024', '04/2024', '2024-04-02')
    """
    parts = (iso or "").split("-")
    return "/".join(reversed(parts)) if language == "vi" and all(map(str.isdigit, parts)) else iso
