"""Numbers of citizens in a text, identity and telephone numbers, masked before anything is read.

What is masked keeps its length, so that every offset stays what it is. Counts and amounts of money are left alone: a
number is a citizen's by the word right before it or over its column, or where it begins with a nought as no count does.
An office's telephone is no citizen's: one that is called so, and one of a landline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from de06_extract.document.document import Document, Grid
from de06_extract.language.vocabulary import any_of, whole_words

MASK = "*"
_BEFORE = 64  # characters before a telephone number in which the word stands that makes it an office's
_ALONE = r"(?<! [\d*] | [\d\p{L}][.,/_-] | [\p{L}_] )"  # neither the rest of a number nor of a code
_END = r"(?! [\d*] | [.,/-]\d | /\p{Lu}{2} | [\p{L}_] )"
_BLANK = r"[ \u00a0]?"  # a number with dots between its groups is a count or an amount: «104.526.318»
_TWELVE = rf"(?: \d{{3}} (?: {_BLANK} \d{{3}} ){{3}} | \d{{4}} (?: {_BLANK} \d{{4}} ){{2}} )"
_NINE = rf"\d{{3}} (?: {_BLANK} \d{{3}} ){{2}}"
_LEADING = r"(?: 0\d{11} | 0\d{2} (?: [ .\u00a0] \d{3} ){3} )"  # 001 to 096, by province
_GROUPS = r"""
    (?: \d{8} | \d{2} [ .\u00a0-] \d{3} [ .\u00a0-] \d{3} | \d [ .\u00a0-] \d{3} [ .\u00a0-] \d{4}
      | \d [ .\u00a0-] \d{7} | \d{2} [ .\u00a0-] \d{6} | \d{2} [ .\u00a0-] \d{2} [ .\u00a0-] \d{2} [ .\u00a0-] \d{2}
      | \d [ .\u00a0-] \d{4} [ .\u00a0-] \d{3} )
"""  # a mobile number behind its first two digits
_MOBILE = rf"(?: (?: 0 | \(? \+ 84 \)? [ .\u00a0]? (?: \(0\) )? ) [35789] {_GROUPS} )"
_LONG = re.compile(r"\d(?:[ \u00a0]?\d){8}|(?<!\d)0(?:[ .\u00a0-]?\d){8}|\+84")  # in all numbers of citizens, and fast
_CELL = regex.compile(r"\d[\d .\u00a0]*\d")
_DIGIT = regex.compile(r"\d")


def without_personal_data(document: Document) -> Document:
    """The document with a star for every digit of a citizen's number.

    >>> without_personal_data(Document("a.txt", "CCCD số 012345678901 và 12 thẻ, SĐT 0912.345.678")).text
    'CCCD số ************ và 12 thẻ, SĐT ****.***.***'
    >>> without_personal_data(Document("a.txt", "Cấp 123456789 CCCD, thu 350000000000 đồng; hotline 0912345678")).text
    'Cấp 123456789 CCCD, thu 350000000000 đồng; hotline 0912345678'
    """
    text = document.text
    places = sorted([*_in_text(text), *(place for grid in document.grids for place in _in_columns(text, grid))])
    if not places:
        return document
    pieces, at = [], 0
    for start, end in places:
        pieces += [text[at:start], _DIGIT.sub(MASK, text[max(at, start) : end])]
        at = max(at, end)
    return replace(document, text="".join([*pieces, text[at:]]))


def _in_text(text: str) -> Iterator[tuple[int, int]]:
    if _LONG.search(text) is None:  # as in most reports
        return
    for match in _numbers().finditer(text):
        if match["mobile"] is None or not _is_of_office(text, match.start("mobile")):
            name = next(name for name in ("ids", "bare", "called", "mobile") if match[name] is not None)
            yield match.span(name)


def _is_of_office(text: str, start: int) -> bool:
    """True where the words before a mobile number say that it is an office's, or no telephone at all."""
    lead = text[text.rfind("\n", 0, start) + 1 : start][-_BEFORE:]
    return whole_words("personal_data", "office").search(lead) is not None or _other().search(lead) is not None


def _in_columns(text: str, grid: Grid) -> Iterator[tuple[int, int]]:
    """The numbers in columns whose heading names them."""
    columns = {
        cell.column
        for cell in grid.cells
        if cell.row < grid.header_rows and _heads().search(text, cell.start, cell.end) is not None
    }
    for cell in grid.cells if columns else ():
        if cell.column in columns and cell.row >= grid.header_rows:
            held = _CELL.fullmatch(text, cell.start, cell.end)
            if held is not None and sum(map(str.isdecimal, held[0])) in (9, 10, 11, 12):
                yield cell.start, cell.end


@cache
def _heads() -> regex.Pattern[str]:
    """A pattern for a column's heading that names numbers and does not count: «Số CCCD», not «Số thẻ CCCD»."""
    named = "|".join(any_of("personal_data", key) for key in ("identity", "telephone"))
    counted = any_of("units", "counted")
    return regex.compile(
        rf"(?<! \p{{L}} ) (?<! {counted} \x20{{1,3}} ) (?i: {named} ) (?! \p{{L}} )",
        regex.VERBOSE,
    )


@cache
def _other() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?i:{any_of('personal_data', 'other')})[\s:.(]*+\Z")


@cache
def _numbers() -> regex.Pattern[str]:
    """A pattern for a citizen's number, «ids» behind their word, «bare», «called» by a word, or a «mobile» one."""
    units = "|".join(any_of("units", key) for key in ("counted", "measure", "scale"))
    counted = rf"(?! \s*+ (?: % | (?: {units} ) (?! \p{{L}} ) ) )"
    between = any_of("personal_data", "between")
    gap = rf"(?: [\s:.,()/–-] | (?i: {between} ) (?! \p{{L}} ) | (?<! \p{{L}} ) \p{{Lu}}\p{{L}}*+ ){{0,24}}+"
    identity, telephone = (any_of("personal_data", key) for key in ("identity", "telephone"))
    one = rf"{_ALONE} (?: {_TWELVE} | {_NINE} ) {_END}"
    return regex.compile(
        rf"""
          (?<! \p{{L}} ) (?i: {identity} ) (?! \p{{L}} ) {gap}
              (?P<ids> {one} (?: \s*+ (?: [,;/] | (?i: {between} ) ) \s*+ {one} ){{0,40}}+ ) {counted}
        | (?P<bare> {_ALONE} {_LEADING} {_END} )
        | (?<! \p{{L}} ) (?i: {telephone} ) (?! \p{{L}} ) {gap} (?P<called> {_ALONE} 01\d{{9}} {_END} )
        | (?P<mobile> (?<! [\d*+] | \d[.,/-] | \p{{L}} ) {_MOBILE} {_END} )
        """,
        regex.VERBOSE,
    )
