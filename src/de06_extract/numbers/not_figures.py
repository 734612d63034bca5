"""Digits that are no figure: they name, date or refer and count nothing.

Dates, document numbers, names («Đề án 06»), codes («C06»), clock times, addresses, footnote marks, years of laws,
levels; the words for them are in `data/reading/not_figures.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from de06_extract.language.vocabulary import any_of, words
from de06_extract.numbers.numerals import numeral_or_range

_IN_WORD = regex.compile(r"[\p{L}_](?:[-–][\p{Lu}\d]*)?\Z")
_GLUED_WORD = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,12}\Z")
_ADDRESS = regex.compile(r"(?:://|www\.|@)\S{0,80}\Z")
_FOREIGN_PHONE = regex.compile(r"84[ .]?[0-9]{2,3}(?:[ .]?[0-9]{3,4}){2}(?![0-9])")
_REST_OF_WORD = regex.compile(r"[^\s,;()]*+")
_LEAD = 64  # characters before the digits in which the words stand that make them a label
# Items of a list of numbers beyond the first; a longer one is read on from there. Without a limit each of its numbers
# would be asked whether it begins a list, and read to the end of all.
_ITEMS = r"{0,40}+"
_ANYWHERE = r"(?:)"
_YEAR = r"(?:19|20)\d{2}"
_MONTH_YEAR = rf"(?: (?: 0?[1-9] | 1[0-2] ) [./] )?+ {_YEAR}"
_DAY_MONTH = r"(?: 0?[1-9] | [12]\d | 3[01] ) \s?/\s? (?: 0?[1-9] | 1[0-2] ) (?! \s?/? \d | [.,]\d | \s*+ % )"
_PLAIN = r"(?! \p{L} | [.,/]?\d | \s*+ % )"
_CAPITAL = r"\p{Lu} [\p{L}&]*+ (?: [-–] \p{Lu} [\p{L}&]*+ )*+"


def pass_over(text: str, start: int) -> int | None:
    """The offset behind a date, code, name or address that the digit at `start` belongs to, or None for a number.

    >>> pass_over("công văn 452/TTg-KSTT", 9), pass_over("đạt 98,77%", 4)
    (21, None)
    >>> text = "Luật Thủy lợi 2017 [12]: 2017 hồ sơ"
    >>> [pass_over(text, at) for at in (14, 20, 25)]
    [18, 23, None]
    """
    if text[max(0, start - 1) : start] == "+":
        phone = _FOREIGN_PHONE.match(text, start)
        if phone is not None:
            return phone.end()
    if _is_inside_word(text, start):
        rest = _REST_OF_WORD.match(text, start)
        return rest.end() if rest else start + 1
    none = _none().match(text, start)
    return none.end() if none is not None else _end_of_label(text, start)


def _is_inside_word(text: str, start: int) -> bool:
    """True for a digit that belongs to the letters right before it: «C06», an address of the web, a footnote's mark."""
    if not start or text[start - 1].isspace():
        return False
    before = text[max(0, start - 90) : start]
    if _ADDRESS.search(before) or before.endswith("<sup>"):
        return True
    return _IN_WORD.search(before) is not None and not _glued(before, text, start)


def _glued(before: str, text: str, start: int) -> bool:
    """True for a number that only lost the blank before it: «là73,59%»."""
    if not _GLUED_WORD.search(before):
        return False
    number = numeral_or_range().match(text, start)
    return number is not None and text[number.end() : number.end() + 2].strip()[:1] == "%"


def _end_of_label(text: str, start: int) -> int | None:
    """The offset behind digits that what stands before them makes a date, a name or a mark, None for others."""
    lead = text[max(0, start - _LEAD) : start]
    is_known = lead.lower() == lead.upper()  # without a letter, as in cells and rows of numbers, many are alike
    for label in _labels_behind(lead) if is_known else labels():
        found = label.digits.match(text, start)
        if found is None or not (is_known or label.before.search(lead)):
            continue
        if not (label.bare and _unit().match(text, found.end())):
            return found.end()
    return None


@lru_cache(maxsize=256)
def _labels_behind(lead: str) -> tuple[Label, ...]:
    """The labels that such words or marks before the digits make."""
    return tuple(label for label in labels() if label.before.search(lead))


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before the digits, up to them, and what the digits then are, up to the label's end.

    Behind a `bare` one nothing follows that is counted or measured.
    """

    before: regex.Pattern[str]
    digits: regex.Pattern[str]
    bare: bool


def _label(before: str, digits: str, *, bare: bool = False) -> Label:
    return Label(
        regex.compile(rf"{before} \Z", regex.VERBOSE),
        regex.compile(digits, regex.VERBOSE),
        bare,
    )


def _said(key: str) -> str:
    """One of the words of a table, whole, in any case."""
    return rf"(?<! \p{{L}} ) (?i: {any_of('not_figures', key)} )"


@cache
def _unit() -> regex.Pattern[str]:
    """A pattern for what is counted or measured, behind its number."""
    units = "|".join(any_of("units", key) for key in ("counted", "measure", "scale", "time"))
    return regex.compile(rf"\s*+ (?: {units} ) (?! \p{{L}} )", regex.VERBOSE)


@cache
def _no_noun() -> str:
    """Where a mark, a bracket, the end or a word that is no noun follows: «cấp 1 và», «loại 2,»."""
    return rf"(?= \s*+ (?: \Z | [.,;:()\]/»”\"–-] | \n ) | \s++ (?: {_function_words()} ) (?! \p{{L}} ) )"


@cache
def _function_words() -> str:
    """Words behind or before a number that are no noun."""
    return "|".join(regex.escape(word) for word in words("units", "stop"))


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
def labels() -> tuple[Label, ...]:
    """Every kind of label, each with the words it is for; of several that fit, the first counts."""
    return (*_named(), *_telephones(), *_references(), *_names(), *_years(), *_dates(), *_ranks())


def _named() -> tuple[Label, ...]:
    """Dates and names, by the words before them."""
    counted, joined, number_sign = (
        any_of(*key) for key in (("units", "counted"), ("not_figures", "joined"), ("not_figures", "number_sign"))
    )
    no_unit = rf"(?! \p{{L}} | [.,/]?\d | \s*+ % | \s++ (?: {counted} | {any_of('units', 'scale')} ) \b )"
    day = r"(?: 0?[1-9] | [12]\d | 3[01] )"
    numbered = rf"(?: \s++ {number_sign} [\s:]*+ | (?<= {number_sign} ) \s*+ : )?+ \s*+"

    def named(before: str, digits: str, *, bare: bool = False) -> Label:
        return _label(rf"(?<! \p{{L}} ) (?i: {before} ) [\s*]*+", digits, bare=bare)

    def listed(first: str, comma: str, other: str) -> str:
        """Items of a list, of which none counts what follows; the words for that are many, and are compiled once."""
        more = rf"\s*+ (?: {comma} | / | {joined} | [-–] ) \s*+ {other} (?&no_unit)"
        return rf"(?(DEFINE) (?P<no_unit> {no_unit} ) ) {first} (?: {more} ){_ITEMS} (?&no_unit)"

    return (
        named(
            any_of("not_figures", "dated"),
            r"(?:19|20)\d{2} \b (?! [.,]\d ) (?: \s*+ [-–−/] \s*+ (?:19|20)?+\d{2} \b )?+",
        ),
        named(
            any_of("not_figures", "dated"),
            rf"{day} \s*+ [/.-] \s*+ (?: \d{{1,2}} (?: / (?:19|20)\d{{2}} )?+ | (?:19|20)\d{{2}} )"
            rf" (?! [\d/%] ) (?! \s++ {counted} \b )",
        ),
        named(
            any_of("not_figures", "day"), rf"{day} (?: \s*+ (?: , | {joined} | [-–] ) \s*+ {day} ){_ITEMS} {no_unit}"
        ),
        named(any_of("not_figures", "until"), r"\d{1,2} \s*+ [/-] \s*+ (?: 0?[1-9] | 1[0-2] ) (?! [\d/%] )"),
        named(rf"{any_of('not_figures', 'day')} \s++ [IVX]++ \s*+ /", r"(?:19|20)\d{2} (?! \d )"),
        named(any_of("not_figures", "proper") + numbered, r"\d{1,4} (?! [.,]?\d | \s*+ % )"),
        named(
            any_of("not_figures", "rank") + r" [\s:]*+", r"\d{1,3} (?: \s*+ / \s*+ \d{1,3} )?+ (?! [.,]?\d | \s*+ % )"
        ),
        named(any_of("not_figures", "grade"), listed("[1-9]", ",", "[1-9]"), bare=True),
        named(any_of("not_figures", "step"), listed("[1-9]", r", \s", "[1-9]"), bare=True),
        named(
            any_of("not_figures", "names") + numbered,
            listed(r"\d{1,5} (?: [.]\d{1,2} (?! \d ) )?+", ",", r"\d{1,2}"),
        ),
    )


def _telephones() -> tuple[Label, Label]:
    """Telephone numbers of seven digits and more, by their word, and such as begin with 0 and an area's digits."""
    by_word = _label(rf"{_said('telephone')} [\s.:(+]*+", r"\d (?: [\s.()/–-]{0,3} \d ){6,40}+")
    more = r"(?: \s*+ [/–-] \s*+ \d{6,8} )"  # 04.35632763/35632764
    return by_word, _label(_ANYWHERE, rf"0\d{{1,3}} [.-] \d{{6,8}} {more}{_ITEMS} (?! [\d.,%] )")


def _references() -> tuple[Label, ...]:
    """Notes, lines, clauses, roads, numbers drawn, blocks of a tariff, exchange ratios."""
    note = rf"(?: \s*+ [,;:] \s*+ | \s++ | \s*+ [-–] \s*+ ) (?: {any_of('not_figures', 'note')} \s*+ )?+ \d{{1,4}}"
    return (
        _label(r"\[ \s*+", rf"\d{{1,4}} (?: {note} ){_ITEMS} \s*+ \]"),  # [12], [1, tr.8]
        _label(rf"{_said('line')} [\s:]*+", rf"\d{{1,4}} (?: \s*+ [-–] \s*+ \d{{1,4}} )?+ {_PLAIN}", bare=True),
        _label(rf"{_said('clause')} \s*+ \( \s*+", r"\d{1,3} \s*+ \)"),  # khoản (2)
        _label(rf"{_said('clause')} \s*+", r"\d{1,3} [-–] \d{1,3} (?! [\d%] )"),  # Điều 57-4
        _label(rf"{_said('road')} [\s.]*+", rf"\d{{1,4}} \p{{Lu}}?+ {_PLAIN}", bare=True),  # đường tỉnh 624, QL.2
        _label(  # bộ số: 02-08
            rf"{_said('drawing')} [\s:]*+",
            rf"\d{{1,3}} [-–/] \d{{1,3}} (?: [-–/] \d{{1,3}} ){_ITEMS} {_PLAIN}",
        ),
        _label(  # 02-08-15-21, ISBN 978-0-429-89113-7
            _ANYWHERE,
            rf"\d{{1,5}} (?: [-–] \d{{1,7}} ){{3}} (?: [-–] \d{{1,7}} ){_ITEMS} (?! [\d.,%] )",
        ),
        _label(r"[.;”»\"] \s++", r"[1-9] \d?+ (?= \. \s \p{Lu} )"),  # … bảo hộ. 2. Hợp đồng phải nêu rõ
        _label(r"[/\d] \s? (?i: [kdc]? m ) \s", r"[23] (?! [\d/%] | [.,]\d | \s*+ \p{L} )"),  # 524.000 đồng/m 2
        _label(_ANYWHERE, r"\d++ \+ \d++ (?= \p{L} )"),  # block 10+10Kb
        _label(_ANYWHERE, rf"\d{{1,3}} : \d++ (?: ,\d++ )?+ {_PLAIN}", bare=True),  # hoán đổi 1:1,35
    )


def _names() -> tuple[Label, ...]:
    """Levels and things that have a number for a name."""
    no_noun = _no_noun()
    level = rf"(?<! {any_of('not_figures', 'done')} \s ) {_said('level')} \s++"
    return (
        _label(level, rf"[1-9] {_PLAIN} {no_noun}"),  # nhà cung ứng cấp 1, xã loại 2
        _label(rf"{_said('numbered')} \s++", rf"[1-9] \d?+ {_PLAIN} {no_noun}"),  # Quận 3, nhà ga 2
        _label(rf"{_CAPITAL} \s {_CAPITAL} \s", r"[1-9] (?= \s*+ \( \s*+ \d )"),  # Sông Trà 2 (150 ha)
    )


def _years() -> tuple[Label, ...]:
    """Years of laws, editions, titles and works, and from month to month."""
    year, since = rf"{_YEAR} {_PLAIN}", rf"{_MONTH_YEAR} \s*+ [-–−] \s*+"
    behind_noun = rf"(?<= \s ) (?<! \b (?: {_function_words()} ) \s )"
    joined = rf"{_said('years')} (?: \s++ {_YEAR} )?+ \s*+ (?: , | {any_of('not_figures', 'joined')} ) \s++"
    return (
        _label(rf"{_CAPITAL} \s {_CAPITAL} \s", year, bare=True),  # Hoa hậu Sông Quê 2014
        _label(rf"\p{{Lu}}\p{{L}}*+ [-–] {_CAPITAL} \s", year, bare=True),  # Mercer-Talentnet 2013
        _label(rf"{_said('edition')} [^.;:()\d]*+ {behind_noun}", year, bare=True),  # Luật Thủy lợi 2017
        _label(joined, year, bare=True),  # giữa năm 2000 và 2004
        _label(rf"\( {_CAPITAL} (?: \s [\p{{L}}&.]++ )*+ ,?+ \s", rf"{_YEAR} (?= \s*+ [,;:)] )"),  # (Ngô 2012, tr. 27)
        _label(rf"{_said('title')} \s*+ \( \s*+", rf"{_MONTH_YEAR} (?= \s*+ \) )"),  # Thiếu tướng (2015)
        _label(rf"{_CAPITAL} (?: \s \p{{L}}++ )?+ \s*+ \( \s*+", rf"{_MONTH_YEAR} (?= \s*+ \) )"),  # Đại tá (2015)
        _label(r"(?: \A | \n ) [\s*•+–-]*+", rf"{_MONTH_YEAR} (?= \s*+ [,:] \s )"),  # - 2008, Nguyễn …
        _label(_ANYWHERE, rf"{since} {_MONTH_YEAR} {_PLAIN}", bare=True),  # 2014-6.2017
        _label(_ANYWHERE, rf"{since} {any_of('not_figures', 'now')} \b"),  # 2016-nay
        _label(_ANYWHERE, rf"(?: 0?[1-9] | 1[0-2] ) \. {_YEAR} (?! [\d.,] )", bare=True),  # 11.2012
    )


def _dates() -> tuple[Label, ...]:
    """Days without their year, or with the last two digits of it."""
    short = r"(?: \d | [0-2]\d | 3[01] ) (?P<mark> [/.] ) (?: 0?[1-9] | 1[0-2] ) (?P=mark) \d{2}"
    return (
        _label(rf"{_said('moment')} \s*+ \( \s*+", rf"{_DAY_MONTH} (?= \s*+ [),;] )"),  # hôm qua (16/4)
        _label(rf"{_said('dated_by')} \s++", _DAY_MONTH, bare=True),  # trước 30/7
        _label(r"\( \s*+", rf"\d{{1,2}} [-–] {_DAY_MONTH} (?= \s*+ [),;] )"),  # (8-9/7)
        _label(_ANYWHERE, rf"{_DAY_MONTH} \s*+ [-–] \s*+ {_DAY_MONTH}", bare=True),  # 30/4 - 1/5
        _label(r"(?<! [\d/.,] )", rf"{short} (?! [\d/%] | [.,]\d )", bare=True),  # 31/6/23, 30.6.23
    )


def _ranks() -> tuple[Label, ...]:
    """«tụt hạng từ 6 xuống 14»."""
    start, place = any_of("not_figures", "rank_from"), rf"\d{{1,3}} {_PLAIN}"
    to = any_of("not_figures", "rank_to")
    return (
        _label(rf"{_said('rank')} \W*+ {start} \s++", place, bare=True),
        _label(rf"{_said('rank')} \W*+ (?: {start} \s++ )?+ \d{{1,3}} \s++ {to} \s++", place, bare=True),
    )
