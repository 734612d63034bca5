"""The two lines of a letterhead that are read alike wherever they stand: number and symbol, place and date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from de06_extract.document.printed_lines import clean
from de06_extract.language.digits import integer
from de06_extract.language.spelling import without_marks
from de06_extract.language.vocabulary import any_of, load, words

_SYMBOL = r"""
    [A-ZĐƯÐ] [\p{L}\d.]*+ (?: \s?+ [-–&/] \s?+ (?=[\p{L}]) [\p{L}\d.]*+ )*+ (?: [-–] [A-Z]?\d{1,3} )?+
"""


@dataclass(frozen=True, slots=True)
class DateLine:
    """«Bình Long, ngày 12 tháng 10 năm 2023»; what is left blank is None. `start` and `end` hold the date alone."""

    place: str | None
    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def iso(self) -> str | None:
        """The date as far as it is filled in: «2023-10-12», «2024-04», «2024»."""
        if self.year is None:
            return None
        parts = (self.month, self.day) if self.month else ()
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in parts if part)])

    @property
    def is_blank(self) -> bool:
        """True where the day, the month or the year is left open."""
        return None in (self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class NumberLine:
    """«Số: 415/BC-TCTTKĐA»: `number` is number and symbol, None where the number is left blank."""

    number: str | None
    symbol: str | None


@cache
def _number_line() -> regex.Pattern[str]:
    head = without_marks(any_of("letterhead", "number"))
    return regex.compile(
        rf"""
        (?i: {head} ) (?! \p{{L}} ) \s*+ [:;.]?+ \s*+
        (?: (?P<number> \d{{1,5}} [a-z]?+ (?: \s?+ / \s?+ (?:19|20)\d{{2}} )?+ ) | [\s.…_·,]*+ )
        \s*+ (?: (?P<mark> [/–-] ) \s*+ (?: (?: [.…_]++ | \d{{4}} ) \s*+ [/-]?+ \s*+ )?+ (?P<symbol> {_SYMBOL} ) )?+
        """,
        regex.VERBOSE,
    )


_BARE_NUMBER = regex.compile(rf"(?P<number>\d{{1,5}})\s?+(?P<mark>[/–-])\s?+(?P<symbol>{_SYMBOL})", regex.VERBOSE)


@cache
def _date_line() -> regex.Pattern[str]:
    day, month, year = (without_marks(any_of("dates", key)) for key in ("day", "month", "year"))
    return regex.compile(
        rf"""
        (?: (?P<place> \p{{L}} [^;:\d\n]{{1,70}}? ) [\s*_]*+ (?: [,.;] [\s*_]*+ | (?<=\s) ) )??
        (?P<date>
              (?i: {day} ) (?! \p{{L}} ) [\s.…_·:]*+ (?P<D> \d{{1,2}} )?+ [\s.…_·]*+
              (?i: {month} ) (?! \p{{L}} ) [\s.…_·]*+ (?P<M> \d{{1,2}} )?+ [\s.…_·]*+
              (?i: {year} ) (?! \p{{L}} ) [\s_·]*+ (?: (?P<Y> (?:19|20)\d{{2}} ) (?!\d) | (?:20\d?+)?+ [.…_·\s]*+ )
            | (?: (?i: {day} ) \s*+ )?+ (?P<d> \d{{1,2}} | [.…_]++ ) \s?+ (?P<slash> [/.-] ) \s?+
              (?P<m> \d{{1,2}} | [.…_]++ ) \s?+ (?P=slash) \s?+ (?P<y> (?:19|20)\d{{2}} ) (?!\d)
        )
        """,
        regex.VERBOSE,
    )


_LINE_END = regex.compile(r"[\s*_./\\|]*+\Z")


@cache
def opens(key: str) -> regex.Pattern[str]:
    """A pattern for one of the phrases at the start of a text, as whole words, with or without a colon behind it."""
    return regex.compile(rf"(?i:{any_of('letterhead', key)})(?!\p{{L}})[\s*]*+:?+[\s*]*+")


def find_date_line(text: str, offset: int = 0) -> tuple[DateLine, str] | None:
    """The line of place and date with which `text` begins, and what stands behind it.

    >>> line, rest = find_date_line("Tứ Kỳ, ngày … tháng 4 năm 2024")
    >>> line.place, line.iso, rest
    ('Tứ Kỳ', '2024-04', '')
    >>> find_date_line("Hôm nay, ngày 5 tháng 4 năm 2024, tại trụ sở") is None
    True
    """
    match = _date_line().match(without_marks(text))
    if match is None:
        return None
    rest = text[match.end() :]
    place = clean(text[slice(*match.span("place"))]).strip(" ,.;–-") if match["place"] else ""
    if not _LINE_END.match(rest) and not _number_line().match(without_marks(rest.strip(" *_"))):
        return None
    if place and not _is_place(place):
        return None
    year, month, day = (_filled_in(match[name] or match[name.lower()]) for name in "YMD")
    if year is None and not place:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    start = match.start("date")
    end = match.start("date") + len(match["date"].rstrip())
    return DateLine(place or None, year, month, day, offset + start, offset + end), rest.strip(" *_./\\|")


def _filled_in(written: str | None) -> int | None:
    """The number in a place of a date, None where it is left blank: «tháng …»."""
    return integer(written) if written and written.isdecimal() else None


def _is_place(place: str) -> bool:
    """True for a few words in capitals or all alike: «TP. Hồ Chí Minh»; not for «Hôm nay», «Báo cáo»."""
    parts = place.replace(",", " ").split()
    if any(opens(key).match(place) for key in ("opening", "type", "number", "today")):
        return False
    return len(parts) <= 8 and (place.islower() or all(part[:1].isupper() or part in "–-" for part in parts))


def find_number_line(text: str) -> tuple[NumberLine, str] | None:
    """The number line with which `text` begins, and what stands behind it.

    >>> find_number_line("Số: 03 /BC-TCT")
    (NumberLine(number='03/BC-TCT', symbol='BC-TCT'), '')
    >>> find_number_line("Số 127-QĐ/TW")
    (NumberLine(number='127-QĐ/TW', symbol='QĐ/TW'), '')
    >>> find_number_line("Số: ……/BC-UBND")
    (NumberLine(number=None, symbol='BC-UBND'), '')
    >>> find_number_line("Số liệu tháng 4") is None
    True
    """
    match = _number_line().match(without_marks(text)) or _BARE_NUMBER.fullmatch(without_marks(text))
    if match is None:
        return None
    rest = text[match.end() :].strip(" *_.|")
    symbol = "".join(text[slice(*match.span("symbol"))].split()).rstrip(".").replace("–", "-") or None
    if symbol is None and (rest or ":" not in text):
        return None
    number = "".join((match["number"] or "").split())
    if number and symbol:
        number += match["mark"].replace("–", "-") + symbol
    return NumberLine(number or None, symbol), rest


def number_inside(text: str) -> int:
    """The offset of a number line behind words in capitals on the same line, 0 without one.

    >>> number_inside("SỞ TƯ PHÁP Số: 12/BC-STP"), number_inside("Theo Số: 12/BC-STP")
    (11, 0)
    """
    for match in _number_line().finditer(without_marks(text), 1):
        if match["symbol"] and ":" in match[0]:
            return match.start() if text[: match.start()].isupper() else 0
    return 0


_PLACE_INSIDE = regex.compile(r"(?<=\s)(?:\p{Lu}\p{Ll}++\.?\s){0,3}\p{Lu}\p{Ll}++,\s")


def date_inside(text: str) -> int:
    """The offset of a date line behind other words on the same line, 0 without one; its place is a name in capitals.

    >>> date_inside("V/v báo cáo Đề án 06 Hà Nội, ngày 05 tháng 3 năm 2024")
    21
    """
    for place in _PLACE_INSIDE.finditer(text):
        if (found := find_date_line(text[place.start() :])) and not found[1]:
            return place.start()
    return 0


@cache
def opens_plainly(key: str) -> regex.Pattern[str]:
    """Like `opens`, for a text without accents: scans lose those of «Kính gửi», «Nơi nhận»."""
    return regex.compile(rf"(?i:{without_marks(any_of('letterhead', key))})(?!\p{{L}})[\s*]*+:?+[\s*]*+")


def is_any(text: str, key: str) -> bool:
    """True where the text is one of the phrases of a table, whatever its case."""
    return opens(key).fullmatch(text) is not None


def is_unfinished(entry: str) -> bool:
    """True for an entry of a list that goes on in the next line: «Sở Tư pháp,», «UBND tỉnh và»."""
    return entry.endswith((",", " -", *(f" {word}" for word in words("letterhead", "and"))))


def mended(text: str) -> str:
    """The text with known slips of scans in fixed words put right."""
    for printed, right in load("letterhead")["slip"]["mended"].items():
        at = text.casefold().find(printed)
        if at >= 0 and text[at : at + len(printed)].isupper():
            text = text[:at] + right.upper() + text[at + len(printed) :]
    return text
