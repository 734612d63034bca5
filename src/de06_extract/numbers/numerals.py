"""Vietnamese numerals: `.` groups thousands, `,` marks decimals.

`NUMERAL` finds what may be one; `parse_numeral` reads it exactly or returns None. A figure keeps the decimals it was
written with, because they say how far it was rounded. The grammar follows TCVN practice as administrative reports use
it, with the English style that leaks in from spreadsheets where nothing else can be meant (`20,187,293`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from de06_extract.language.vocabulary import any_of

LONGEST = 24  # digits; a longer run of them is a code, and no number is read off it


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read off digits: its value and its decimals as written."""

    value: Decimal
    decimals: int


NUMERAL = regex.compile(
    r"""
      \d{1,3} (?: \.\d{3} )++ (?: ,\d++ )?+ (?! \d )            # 59.170  3.798,254
    | \d{1,3} (?: ,\d{3} )++ \.\d++ (?! \d )                   # 2,469.5
    | \d{1,3} (?: ,\d{3} ){2,}+ (?! \d )                        # 20,187,293
    | \d{1,3} (?: [ \u00a0]\d{3} )++ (?! [\d.,]*\d )            # 346 000
    | \d{1,3} \.\x20 \d{3} (?= \s \p{Ll} )                      # 7. 180 phòng
    | \d{1,3} \x20\.\x20?+ \d{3} (?! \d )                       # 3 .225
    | \d++ , \d++ (?! \d )                                      # 98,77
    | \d++ \. \d{1,2} (?! \d )                                  # 98.5, where the context allows
    | \d++
    """,
    regex.VERBOSE,
)

_THOUSANDS = regex.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})++(?:,(?P<decimals>[0-9]++))?+")
_ENGLISH = regex.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}+")
_ENGLISH_STYLE = regex.compile(r"(?:[0-9]++|[1-9][0-9]{0,2}(?:,[0-9]{3})++)(?:\.(?P<decimals>[0-9]++))?+")
_SPACED = regex.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})++")
_BROKEN = regex.compile(r"[1-9][0-9]{0,2}(?:\.\x20|\x20\.\x20?)[0-9]{3}")
_COMMA = regex.compile(r"[0-9]++,(?P<decimals>[0-9]++)")
_PLAIN = regex.compile(r"[0-9]++")
_DOTTED = regex.compile(r"[0-9]++\.(?P<decimals>[0-9]++)")
_ENGLISH_THOUSAND = regex.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


@cache
def numeral_or_range() -> regex.Pattern[str]:
    """A pattern for a numeral or a range of two, «first» and «second».

    «48, 3 triệu» is one numeral, split by a blank, unless «lần lượt» announces a list.
    """
    return regex.compile(
        rf"""
        (?P<first> (?= \d{{1,3}},\x20\d \D ) (?<! \d,\x20 ) (?<! {any_of("cues", "respectively")} [^.;]{{0,60}} )
                   \d++,\x20\d (?= \s*+ (?: {any_of("units", "scale")} | {any_of("units", "percent")} ) (?! \p{{L}} ) )
          | {NUMERAL.pattern} )
        (?: \s?+ [-–−÷] \s?+ (?P<second> (?: {NUMERAL.pattern} ) ) (?! [/.-]?\d ) )?+
        """,
        regex.VERBOSE,
    )


def parse_numeral(text: str) -> Numeral | None:
    """The number that `text` writes in Vietnamese style, or None where that is not certain.

    >>> parse_numeral("3.225")
    Numeral(value=Decimal('3225'), decimals=0)
    >>> parse_numeral("98,770")
    Numeral(value=Decimal('98.770'), decimals=3)
    >>> parse_numeral("3.798,254")
    Numeral(value=Decimal('3798.254'), decimals=3)
    >>> parse_numeral("07"), parse_numeral("11894")
    (Numeral(value=Decimal('7'), decimals=0), Numeral(value=Decimal('11894'), decimals=0))
    >>> parse_numeral("346 000"), parse_numeral("20,187,293")
    (Numeral(value=Decimal('346000'), decimals=0), Numeral(value=Decimal('20187293'), decimals=0))
    >>> parse_numeral("7. 180")
    Numeral(value=Decimal('7180'), decimals=0)
    >>> parse_numeral("98.77")
    >>> parse_numeral("0.123")
    >>> parse_numeral("1.22.333")
    >>> parse_numeral("7" * 25)
    """
    if _is_code(text):
        return None
    match = _THOUSANDS.fullmatch(text) or _COMMA.fullmatch(text)
    if match:
        digits = match["decimals"] or ""
        return Numeral(Decimal(text.replace(".", "").replace(",", ".")), len(digits))
    if any(p.fullmatch(text) for p in (_PLAIN, _ENGLISH, _SPACED, _BROKEN)):
        return Numeral(Decimal("".join(c for c in text if c.isdecimal())), 0)
    return None


def parse_dotted(text: str) -> Numeral | None:
    """The number that `text` writes with a decimal point, where a percent sign or a measure rules thousands out.

    >>> parse_dotted("98.5")
    Numeral(value=Decimal('98.5'), decimals=1)
    >>> parse_dotted("3.225")
    Numeral(value=Decimal('3.225'), decimals=3)
    >>> parse_dotted("3.225,1")
    """
    match = _DOTTED.fullmatch(text) if not _is_code(text) else None
    return Numeral(Decimal(text), len(match["decimals"])) if match else None


def parse_english(text: str) -> Numeral | None:
    """The number that `text` writes in English style, in a document that is known to do so.

    >>> parse_english("2,469.5"), parse_english("1,250")
    (Numeral(value=Decimal('2469.5'), decimals=1), Numeral(value=Decimal('1250'), decimals=0))
    >>> parse_english("98,77")
    """
    match = _ENGLISH_STYLE.fullmatch(text) if not _is_code(text) else None
    if match is None:
        return parse_numeral(text) if "," not in text and "." not in text else None
    return Numeral(Decimal(text.replace(",", "")), len(match["decimals"] or ""))


def parse_english_count(text: str) -> Numeral | None:
    """The count that `text` writes with a comma for thousands, where the unit can only be counted.

    >>> parse_english_count("1,193")
    Numeral(value=Decimal('1193'), decimals=0)
    >>> parse_english_count("98,77")
    """
    return Numeral(Decimal(text.replace(",", "")), 0) if _ENGLISH_THOUSAND.fullmatch(text) else None


def _is_code(text: str) -> bool:
    """True for more digits than a number has."""
    return len(text) > LONGEST and sum(map(str.isdecimal, text)) > LONGEST
