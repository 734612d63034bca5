"""Number words before a counted noun: «hai nhóm thủ tục», «mười hai xã», «ba mươi lăm hộ»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, load


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number in words between two offsets, with the unit behind it."""

    start: int
    end: int
    value: int
    unit: str


@cache
def _pattern() -> regex.Pattern[str]:
    """Two to ninety-nine before a unit that is counted; «thứ ba», «tháng hai», «trăm hai mươi» are none."""
    return regex.compile(
        rf"""
        (?<! \p{{L}} ) (?<! (?i: {any_of("units", "before_ordinal")} ) \s )
        (?i: (?P<word> (?P<tens> {any_of("units", "tens")} ) (?: \s++ (?P<ones> {any_of("units", "ones")} ) )?+
           | {any_of("units", "number_words")}
           | (?<= (?: {any_of("units", "counts")} ) \s ) {any_of("units", "five")} ) )
        \s++ (?! {any_of("units", "word_compound")} (?! \p{{L}} ) )
        (?P<unit> {any_of("units", "counted")} ) (?! \p{{L}} )
        """,
        regex.VERBOSE,
    )


def find_number_words(text: str) -> Iterator[NumberWord]:
    """Every number word of `text` that counts something, in order.

    >>> [word.value for word in find_number_words("Hai nhóm, mười hai xã, ba mươi lăm hộ, một trăm hai mươi hộ")]
    [2, 12, 35]
    >>> [word.value for word in find_number_words("đạo này có năm người, trong năm người dân được hưởng")]
    [5]
    """
    units = load("units")
    for match in _pattern().finditer(text):
        if match["tens"]:
            value = units["tens"]["value"][fold(match["tens"])]
            value += units["ones"]["value"][fold(match["ones"])] if match["ones"] else 0
        else:
            value = units["ones"]["value"][fold(match["word"])]
        yield NumberWord(*match.span("word"), value, match["unit"])
