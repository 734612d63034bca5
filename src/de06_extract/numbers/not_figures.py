"""Digits that are no figure: dates, document numbers, labels («Đề án 06»), codes («C06»), clock times, addresses."""

from __future__ import annotations

from functools import cache

import regex

from de06_extract.language.vocabulary import any_of
from de06_extract.numbers.numerals import NUMERAL_OR_RANGE

_IN_WORD = regex.compile(r"[\p{L}_](?:[-–][\p{Lu}\d]*)?\Z")
_GLUED_WORD = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,12}\Z")
_ADDRESS = regex.compile(r"(?:://|www\.|@)\S{0,80}\Z")
_FOREIGN_PHONE = regex.compile(r"84[ .]?[0-9]{2,3}(?:[ .]?[0-9]{3,4}){2}(?![0-9])")
_REST_OF_WORD = regex.compile(r"[^\s,;()]*+")


def pass_over(text: str, start: int) -> int | None:
    """The offset behind a date, code, name or address that the digit at `start` belongs to, or None for a number.

    >>> pass_over("công văn 452/TTg-KSTT", 9), pass_over("đạt 98,77%", 4)
    (21, None)
    """
    if text[max(0, start - 1) : start] == "+":
        phone = _FOREIGN_PHONE.match(text, start)
        if phone is not None:
            return phone.end()
    if _is_inside_word(text, start):
        rest = _REST_OF_WORD.match(text, start)
        return rest.end() if rest else start + 1
    none = _none().match(text, start)
    return none.end() if none is not None else _end_of_named(text, start)


def _is_inside_word(text: str, start: int) -> bool:
    """True for a digit that belongs to the letters right before it: «C06», an address of the web, a footnote's mark."""
    if not start or text[start - 1].isspace():
        return False
    before = text[max(0, start - 90) : start]
    if _ADDRESS.search(before) or before.endswith("<sup>"):
        return True
    return _IN_WORD.search(before) is not None and not _glued(before, text, start)


def _end_of_named(text: str, start: int) -> int | None:
    """The offset behind digits that what stands before them makes a date or a name, None for others."""
    lead = text[max(0, start - 24) : start]
    if not _any_name().search(lead):
        return None
    for before_pattern, digits in _named():
        if before_pattern.search(lead):
            named = digits.match(text, start)
            if named is not None:
                return named.end()
    return None


def _glued(before: str, text: str, start: int) -> bool:
    """True for a number that only lost the blank before it: «là73,59%»."""
    if not _GLUED_WORD.search(before):
        return False
    number = NUMERAL_OR_RANGE.match(text, start)
    return number is not None and text[number.end() : number.end() + 2].strip()[:1] == "%"


@cache
def _none() -> regex.Pattern[str]:
    """A pattern for text that begins with a digit and is not a figure, whatever stands before it."""
    return regex.compile(
        rf"""
          0\d{{2,3}} [ .] \d{{3,4}} [ .] \d{{3,4}} (?! \d ) | 0\d{{8,10}} (?! [\d.,]*\d )          # telephone
        | \d{{12}} (?! \d )                                                                   # identity number
        | \d{{1,2}} \s?+ (?P<dot> [/.-] ) \s?+ \d{{1,2}} \s?+ (?P=dot) \s?+ (?:19|20)\d{{2}} (?! \d )  # 23/5/2023
        | \d{{1,2}} : \d{{2}} (?! \d )                                                                     # 09:06
        | 24/7 (?! [\d/%] )                                                                               # kết nối 24/7
        | (?: 0?[1-9] | 1[0-2] ) [/-] (?:19|20)\d{{2}} (?! [\d/] ) (?! \s++ {any_of("units", "counted")} \b )   # 9/2023
        | (?:19|20)\d{{2}} \s*+ [-–−] \s*+ (?:19|20)\d{{2}} (?! [\d.] )                                      # 2022-2025
        | \d{{1,5}} \p{{Ll}}?+ (?: / (?:19|20)\d{{2}} )?+ / (?! {any_of("units", "counted")} \b )
              \p{{Ll}}{{0,3}} \p{{Lu}} [\p{{L}}&]*+ (?: [-–] [\p{{L}}&]++ \d{{0,2}} )*+          # 452/TTg-KSTT
        | \d++ (?: / \d++ )?+ (?: G | V | kV | KV | B ) \b                            # 4G, 220/380V
        | \d{{1,2}} h \d{{0,2}} \b                                                                         # 8h30
        """,
        regex.VERBOSE,
    )


@cache
def _named() -> tuple[tuple[regex.Pattern[str], regex.Pattern[str]], ...]:
    """Patterns in pairs: for words before digits, and for the digits that then are a date or a name, no figure."""
    counted, gap = any_of("units", "counted"), r"[\s*]*+ \Z"
    no_unit = rf"(?! \p{{L}} | [.,/]?\d | \s*+ % | \s++ (?: {counted} | {any_of('units', 'scale')} ) \b )"
    joined = any_of("not_figures", "joined")
    numbered = rf"(?: \s++ {any_of('not_figures', 'number_sign')} )?+ [\s:]*+"
    pairs = (
        (any_of("not_figures", "dated"), r"(?:19|20)\d{2} \b (?! [.,]\d ) (?: \s*+ [-–−] \s*+ (?:19|20)?+\d{2} \b )?+"),
        (
            any_of("not_figures", "dated"),
            rf"\d{{1,2}} \s*+ [/.-] \s*+ (?: \d{{1,2}} | (?:19|20)\d{{2}} ) (?! [\d/%] ) (?! \s++ {counted} \b )",
        ),
        (any_of("not_figures", "day"), rf"\d{{1,2}} (?: \s*+ (?: , | {joined} | [-–] ) \s*+ \d{{1,2}} )*+ {no_unit}"),
        (any_of("not_figures", "until"), r"\d{1,2} \s*+ [/-] \s*+ (?: 0?[1-9] | 1[0-2] ) (?! [\d/%] )"),
        (rf"{any_of('not_figures', 'day')} \s++ [IVX]++ \s*+ /", r"(?:19|20)\d{2} (?! \d )"),
        (any_of("not_figures", "proper") + numbered, r"\d{1,4} (?! [.,]?\d | \s*+ % )"),
        (any_of("not_figures", "rank") + r" [\s:]*+", r"\d{1,3} (?: \s*+ / \s*+ \d{1,3} )?+ (?! [.,]?\d | \s*+ % )"),
        (
            any_of("not_figures", "names") + numbered,
            rf"\d{{1,5}} (?: [.]\d{{1,2}} (?! \d ) )?+"
            rf" (?: \s*+ (?: , | / | {joined} | [-–] ) \s*+ \d{{1,2}} {no_unit} )*+ {no_unit}",
        ),
    )
    return tuple(
        (
            regex.compile(rf"(?<! \p{{L}} ) (?i: {before} ) {gap}", regex.VERBOSE),
            regex.compile(digits, regex.VERBOSE),
        )
        for before, digits in pairs
    )


@cache
def _any_name() -> regex.Pattern[str]:
    """A pattern for any of what `_named` looks for before the digits: one search in place of many."""
    return regex.compile("|".join(f"(?:{before.pattern})" for before, _ in _named()), regex.VERBOSE)
