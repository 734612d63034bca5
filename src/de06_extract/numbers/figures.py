"""Figures: the numbers of a text that count, measure or rate something, with unit, scale word and bound.

Dates, document numbers, labels («Đề án 06», «lớp 10»), codes («C06», «4G»), clock times, telephone and identity numbers
are read as such and yield no figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from heapq import merge
from typing import Literal, get_args

import regex

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, load, phrase_pattern, words
from de06_extract.numbers.numerals import NUMERAL, Numeral, parse_dotted, parse_english_count, parse_numeral
from de06_extract.schema.report import Bound, Quantity

FigureKind = Literal["count", "percent", "points", "time", "other"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is a number of; `start` and `end` are offsets, scale word and percent sign included."""

    start: int
    end: int
    kind: FigureKind
    value: Decimal
    decimals: int
    scale: int = 1
    unit: str | None = None
    measured: bool = False
    bound: Bound = "exact"
    upper: Decimal | None = None
    sign: Literal["+", "-", None] = None
    slack: Decimal = field(init=False, compare=False, default=Decimal(0))

    def __post_init__(self) -> None:
        """`slack` is half a unit of the last digit written, 0 for a plain count."""
        if not self.exact_as_written:
            object.__setattr__(self, "slack", Decimal(5).scaleb(-self.decimals - 1) * self.scale)

    @property
    def exact_as_written(self) -> bool:
        """True for a whole number that counts: it is not rounded, whatever its bound."""
        return self.kind in ("count", "time", "other") and self.scale == 1 and not self.decimals and not self.measured

    @property
    def exact(self) -> bool:
        """True for a plain count without bound, range or rounding."""
        return self.bound == "exact" and self.upper is None and self.exact_as_written


_LONGEST = 24  # characters; a longer run of digits is a code
_DIGIT = regex.compile(r"[0-9]")
_IN_WORD = regex.compile(r"[\p{L}_](?:[-–][\p{Lu}\d]*)?\Z")
_GLUED_WORD = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,12}\Z")
_ADDRESS = regex.compile(r"(?:://|www\.|@)\S{0,80}\Z")
_FOREIGN_PHONE = regex.compile(r"84[ .]?[0-9]{2,3}(?:[ .]?[0-9]{3,4}){2}(?![0-9])")
_UNREAD = regex.compile(r"(?:[.:^e]?[0-9])*+")
_REST_OF_WORD = regex.compile(r"[^\s,;()]*+")


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


@cache
def _number() -> regex.Pattern[str]:
    """A numeral or a range of two."""
    return regex.compile(
        rf"(?P<first> {NUMERAL.pattern} ) (?: \s?+ [-–−] \s?+ (?P<second> (?: {NUMERAL.pattern} ) ) (?! [/.-]?\d ) )?+",
        regex.VERBOSE,
    )


@cache
def _tail() -> regex.Pattern[str]:
    """A pattern for what may stand behind the digits: scale word, percent sign, points, unit."""
    known = tuple(
        sorted(
            (w for key in ("counted", "measure", "time", "other") for w in words("units", key)),
            key=lambda w: (-len(w), w),
        )
    )
    not_scale = any_of("units", "not_scale")
    return regex.compile(
        rf"""
        (?: [\s*]*+ (?P<scale> {any_of("units", "scale")} ) (?! \p{{L}} | \s++ {not_scale} \b )
            (?P<half> \s++ {any_of("units", "half")} (?! \p{{L}} ) )?+ )?+
        (?: (?P<points> \s*+ {any_of("units", "points")} )
          | (?P<percent> \s*+ {any_of("units", "percent")} ) (?! \p{{L}} )
          | [\s*]*+ (?P<unit> (?i: {"|".join(phrase_pattern(w) for w in known)} ) ) (?! \p{{L}} )
          | [\s*]++ (?P<word> \p{{Ll}}++ ) (?! \p{{L}} )
        )?+
        """,
        regex.VERBOSE,
    )


@cache
def _bounds() -> regex.Pattern[str]:
    """A bound right before the digits; «cao hơn» and «trên địa bàn» are not bounds."""
    compared = "|".join(words("bounds", "compared"))
    groups = "|".join(f"(?P<{name}> {any_of('bounds', name)} )" for name in get_args(Bound) if name != "exact")
    return regex.compile(rf"(?<! \p{{L}} ) (?<! (?: {compared} ) \s ) (?i: {groups} ) [\s*]*+ \Z", regex.VERBOSE)


@cache
def _kinds() -> dict[str, tuple[FigureKind, bool]]:
    """Unit, in lower case, to the kind of figure it makes and whether it is measured rather than counted."""
    out: dict[str, tuple[FigureKind, bool]] = {}
    for key, kind, measured in (
        ("other", "other", False),
        ("time", "time", False),
        ("counted", "count", False),
        ("measure", "count", True),
    ):
        out.update({fold(word): (kind, measured) for word in words("units", key)})  # type: ignore[misc]
    return out


@cache
def _no_unit() -> frozenset[str]:
    """Words behind a number that say something about it and are not its unit."""
    return frozenset(words("units", "stop"))


@cache
def _following_bound() -> regex.Pattern[str]:
    """A pattern for a bound behind a number: «từ 80% trở lên»."""
    return regex.compile(rf"[^.;,()\d]{{0,24}}?\b{any_of('bounds', 'behind')}\b")


def figure_of(quantity: Quantity) -> Figure:
    """The figure that a quantity of a claim was made of, as far as a verdict asks for it.

    >>> from de06_extract.schema.report import Span
    >>> span = Span(start=0, end=1, text="5")
    >>> figure_of(Quantity(value=Decimal(5), decimals=0, text="5", unit="ha", span=span)).slack
    Decimal('0.5')
    """
    kind, measured = _kinds().get(" ".join((quantity.unit or "").lower().split()), ("count", False))
    if quantity.unit == "%":
        kind = "percent"
    elif quantity.unit is None and _points().search(quantity.text):
        kind = "points"
    return Figure(
        quantity.span.start,
        quantity.span.end,
        kind,
        quantity.value,
        quantity.decimals,
        scale=quantity.scale,
        unit=quantity.unit,
        measured=measured,
        bound=quantity.bound,
        upper=quantity.upper,
    )


@cache
def _points() -> regex.Pattern[str]:
    """The words behind a number of percentage points."""
    return regex.compile(any_of("units", "points"))


def find_figures(text: str) -> Iterator[Figure]:
    """Every figure of `text` in order, in digits or as a number word before a counted noun.

    >>> [str(f.value) for f in find_figures("Ngày 23/5/2023 có 33,2 tỷ đồng; tháng 9/2023: 78/2023 hồ sơ đạt 3,86%")]
    ['33200000000.0', '78', '2023', '3.86']
    >>> [str(f.value) for f in find_figures("Hai nhóm thủ tục tại bộ phận một cửa, thứ ba; tăng chín vụ")]
    ['2', '9']
    """
    return merge(_in_digits(text), _in_words(text), key=lambda figure: figure.start)


def _in_digits(text: str) -> Iterator[Figure]:
    found = _DIGIT.search(text)
    while found is not None:
        start = found.start()
        end = _skip(text, start)
        if end is None:
            number = _number().match(text, start)
            assert number is not None  # a digit stands at `start`
            figure = _read(text, number)
            if figure is not None:
                yield figure
            end = figure.end if figure is not None else _behind_unread(text, number.end())
            end = max(end, number.end())
        found = _DIGIT.search(text, end)


def _behind_unread(text: str, end: int) -> int:
    """The offset behind a run of digits and marks that is not a number: «1.22.333», «192.168.1.1»."""
    rest = _UNREAD.match(text, end)
    return rest.end() if rest else end


@cache
def _number_word() -> regex.Pattern[str]:
    """A number word before a unit that is counted; «thứ ba», «tháng hai», «hai mươi» are left out."""
    word, unit = any_of("units", "number_words"), any_of("units", "counted")
    return regex.compile(
        rf"""
        (?<! \p{{L}} ) (?<! {any_of("units", "before_ordinal")} \s ) (?i: (?P<word> {word} ) )
        \s++ (?! {any_of("units", "word_compound")} (?! \p{{L}} ) ) (?P<unit> {unit} ) (?! \p{{L}} )
        """,
        regex.VERBOSE,
    )


def _in_words(text: str) -> Iterator[Figure]:
    values = load("units")["number_words"]["value"]
    for match in _number_word().finditer(text):
        yield Figure(*match.span("word"), "count", Decimal(values[fold(match["word"])]), 0, unit=match["unit"])


def _skip(text: str, start: int) -> int | None:
    """The offset behind a date, code, name or address that the digit at `start` belongs to, or None for a number."""
    if text[max(0, start - 1) : start] == "+":
        phone = _FOREIGN_PHONE.match(text, start)
        if phone is not None:
            return phone.end()
    if start and not text[start - 1].isspace():
        before = text[max(0, start - 90) : start]
        if (
            _ADDRESS.search(before)
            or before.endswith("<sup>")
            or (_IN_WORD.search(before) and not _glued(before, text, start))
        ):
            rest = _REST_OF_WORD.match(text, start)
            return rest.end() if rest else start + 1
    none = _none().match(text, start)
    if none is not None:
        return none.end()
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
    number = _number().match(text, start)
    return number is not None and text[number.end() : number.end() + 2].strip()[:1] == "%"


def _read(text: str, match: regex.Match[str]) -> Figure | None:
    start, end = match.span()
    tail = _tail().match(text, end)
    assert tail is not None  # every part of the pattern is optional
    percent = tail["percent"] is not None or tail["points"] is not None
    unit = tail["unit"] or tail["word"]
    folded = fold(unit) if unit else ""
    if folded in _no_unit():
        unit = None
    kind, measured = _kinds().get(folded, ("count", False))
    counted = bool(tail["unit"]) and kind == "count" and not measured
    scale = int(load("units")["scale"]["value"][fold(tail["scale"])]) if tail["scale"] else 1
    decimal_context = percent or scale > 1 or measured
    first = _value(match["first"], percent, counted and scale == 1, decimal_context)
    second = _value(match["second"], percent, counted and scale == 1, decimal_context) if match["second"] else None
    if (
        first is None
        or len(match["first"]) > _LONGEST
        or (match["second"] and (second is None or second.value <= first.value))
    ):
        return None  # «2-1» is a code or a score
    stop = max(tail.end(name) for name in ("percent", "points", "scale", "half"))
    sign = text[start - 1] if start and text[start - 1] in "+-−" and (start == 1 or text[start - 2] in "( \t") else ""
    if tail["half"] and not first.decimals:
        first = Numeral(first.value + Decimal("0.5"), 1)  # «2 tỷ rưỡi»
    return Figure(
        start=start,
        end=stop if stop > 0 else end,
        kind="points" if tail["points"] else "percent" if percent else kind,
        value=first.value * scale,
        decimals=max(first.decimals, second.decimals) if second else first.decimals,
        scale=scale,
        unit=None if percent else unit,
        measured=measured,
        bound=_bound(text, start, end),
        upper=second.value * scale if second else None,
        sign={"+": "+", "-": "-", "−": "-", "": None}[sign],
    )


def _value(digits: str, percent: bool, counted: bool, decimal_context: bool) -> Numeral | None:
    """The number, with the context deciding what the digits alone leave open."""
    if percent and regex.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return parse_dotted(digits)  # a share of a thousand percent and more is not written with a dot
    if counted:
        english = parse_english_count(digits)
        if english is not None:
            return english
    numeral = parse_numeral(digits)
    return numeral if numeral is not None or not decimal_context else parse_dotted(digits)


def _bound(text: str, start: int, end: int) -> Bound:
    before = _bounds().search(text, max(0, start - 24), start)
    if before is not None:
        return next(name for name in get_args(Bound) if name != "exact" and before[name])
    return "at_least" if _following_bound().match(text, end) else "exact"
