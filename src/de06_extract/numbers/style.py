"""The style of a document's numerals, Vietnamese («3.265,8») or English («3,265.8»): one figure alone may not tell."""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex

from de06_extract.language.vocabulary import any_of

Style = Literal["vietnamese", "english"]


@cache
def _evidence() -> regex.Pattern[str]:
    """Numerals that can be of one style only, or hardly of the other."""
    return regex.compile(
        rf"""
        (?<! [\d.,/] )
        (?: (?P<english> \d{{1,3}} (?: ,\d{{3}} )++ \.\d++ | \d{{1,3}} (?: ,\d{{3}} ){{2,}}+
              | \d++ \.\d{{1,2}} (?= \s*+ (?: {any_of("units", "percent")} | {any_of("units", "scale")} \b ) ) )
          | (?P<vietnamese> [1-9]\d{{0,2}} (?: \.\d{{3}} )++ (?: ,\d++ )?+ | \d++ , (?: \d{{1,2}} | \d{{4,}} ) ) )
        (?! [.,]?\d )
        """,
        regex.VERBOSE,
    )


def style_of(text: str) -> Style:
    """English where some numeral of the text must be and none is Vietnamese.

    >>> style_of("Thu 2,469.5 tỷ đồng, vượt 1,250 triệu đồng"), style_of("1.250 hồ sơ đạt 98.5%"), style_of("1,250")
    ('english', 'vietnamese', 'vietnamese')
    """
    english = False
    for match in _evidence().finditer(text):
        if match["vietnamese"]:
            return "vietnamese"
        english = True
    return "english" if english else "vietnamese"
