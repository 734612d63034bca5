"""Bounds: the words before or behind a figure that say it is not quite so much, or no more, or no less."""

from __future__ import annotations

from functools import cache
from typing import get_args

import regex

from de06_extract.language.vocabulary import any_of, words
from de06_extract.schema.report import Bound

_BEFORE = 64  # characters


@cache
def _before() -> regex.Pattern[str]:
    """A bound right before the digits; «cao hơn» and «trên địa bàn» are none."""
    compared = "|".join(words("bounds", "compared"))
    groups = "|".join(f"(?P<{name}> {any_of('bounds', name)} )" for name in get_args(Bound) if name != "exact")
    return regex.compile(rf"(?<! \p{{L}} ) (?<! (?: {compared} ) \s ) (?i: {groups} ) [\s*]*+ \Z", regex.VERBOSE)


@cache
def _behind() -> regex.Pattern[str]:
    """«từ 80% trở lên», «từ 2.500 cm3 trở xuống»; not what «12 xã đạt từ loại khá trở lên» says of its 12."""
    return regex.compile(
        rf"""
        (?: (?! \b {any_of("bounds", "from")} \b ) (?: [^.;,()\d] | (?<= \p{{L}} ) \d ) ){{0,40}}?
        \b (?: (?P<at_least> {any_of("bounds", "and_above")} ) | (?P<at_most> {any_of("bounds", "and_below")} ) ) \b
        """,
        regex.VERBOSE,
    )


@cache
def _end_of_span() -> regex.Pattern[str]:
    """«trên 10.000 dân đến 20.000 dân»: up to the second."""
    return regex.compile(
        rf"(?<! \p{{L}} ) (?i: {any_of('bounds', 'over')} ) \s++ \d [\d.,]*+ (?: \s++ \p{{L}}++ ){{1,4}}? \s++"
        rf" {any_of('bounds', 'to')} \s++ \Z",
        regex.VERBOSE,
    )


def bound_around(text: str, start: int, end: int) -> Bound:
    """How the words around the digits from `start` to `end` qualify them.

    >>> text = "gần 20 xã; từ 40 thành viên trở lên; trên 10 hộ đến 20 hộ; 12 xã đạt từ loại khá trở lên"
    >>> [bound_around(text, m.start(), m.end()) for m in regex.finditer(r"[0-9]+", text)]
    ['nearly', 'at_least', 'over', 'at_most', 'exact']
    """
    before = _before().search(text, max(0, start - 24), start)
    if before is not None:
        return next(name for name in get_args(Bound) if name != "exact" and before[name])
    behind = _behind().match(text, end)
    if behind is not None:
        return "at_least" if behind["at_least"] else "at_most"
    return "at_most" if _end_of_span().search(text, max(0, start - _BEFORE), start) else "exact"
