"""Figures: the numbers of a text that count, measure or rate something, with unit, scale word and bound.

Dates, document numbers, labels («Đề án 06», «lớp 10»), codes («C06», «4G»), clock times, telephone and identity numbers
are read as such and yield no figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from heapq import merge
from typing import Literal

import regex

from de06_extract.language.vocabulary import any_of, load, phrase_pattern, words
from de06_extract.numbers.bounds import bound_around
from de06_extract.numbers.labels import label_end
from de06_extract.numbers.number_words import find_number_words
from de06_extract.numbers.numerals import (
    NUMERAL,
    Numeral,
    parse_dotted,
    parse_english,
    parse_english_count,
    parse_numeral,
)
from de06_extract.numbers.style import Style
from de06_extract.schema.report import Bound, Quantity

FigureKind = Literal["count", "percent", "points", "time", "multiple", "other"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it is a number of; `start` and `end` are offsets, scale word and percent sign included.

    The kind "multiple" is that of «gấp 2,5 lần».
    """

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
    def is_open(self) -> bool:
        """True for a range, and for a bound unless the digits say more than it does: «gần 20.695,7 tỷ»."""
        if self.upper is not None:
            return True
        if self.bound in ("about", "nearly", "over"):
            digits = str(int((self.value / self.scale).scaleb(self.decimals))).rstrip("0")
            return len(digits) < _DETAILED
        return self.bound != "exact"

    @property
    def exact(self) -> bool:
        """True for a plain count without bound, range or rounding."""
        return self.bound == "exact" and self.upper is None and self.exact_as_written


_DETAILED = 5  # digits up to the last that is no zero, from which no rounding explains a figure («hơn 27.784»)
_LONGEST = 24  # characters; a longer run of digits is a code
_UNITS = ("counted", "measure", "time", "multiple", "per_mille", "other")
_SMALLER = regex.compile(r"(?<= \p{L} ) [\x20\u00a0] (?= \d )", regex.VERBOSE)  # behind a scale word
_DIGIT = regex.compile(r"[0-9]")
_IN_WORD = regex.compile(r"[\p{L}_](?:[-–][\p{Lu}\d]*)?\Z")
_GLUED_WORD = regex.compile(r"(?<![\p{L}\d])\p{Ll}{2,12}\Z")
_ADDRESS = regex.compile(r"(?:://|www\.|@)\S{0,80}\Z")
_FOREIGN_PHONE = regex.compile(r"84[ .]?[0-9]{2,3}(?:[ .]?[0-9]{3,4}){2}(?![0-9])")
_UNREAD = regex.compile(r"(?:[.:^e]?[0-9])*+")
_REST_OF_WORD = regex.compile(r"[^\s,;()]*+")


@cache
def _number() -> regex.Pattern[str]:
    """A numeral or a range of two; «48, 3 triệu» is one, split by a blank, unless «lần lượt» announces a list."""
    return regex.compile(
        rf"""
        (?P<first> (?= \d{{1,3}},\x20\d \D ) (?<! \d,\x20 ) (?<! {any_of("cues", "respectively")} [^.;]{{0,60}} )
                   \d++,\x20\d (?= \s*+ (?: {any_of("units", "scale")} | {any_of("units", "percent")} ) (?! \p{{L}} ) )
          | {NUMERAL.pattern} )
        (?: \s?+ [-–−÷] \s?+ (?P<second> (?: {NUMERAL.pattern} ) ) (?! [/.-]?\d ) )?+
        """,
        regex.VERBOSE,
    )


@cache
def _tail() -> regex.Pattern[str]:
    """What may stand behind the digits: scale word, percent sign, points, unit."""
    known = tuple(
        sorted(
            (w for key in _UNITS for w in words("units", key)),
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
def _kinds() -> dict[str, tuple[FigureKind, bool]]:
    """Unit, in lower case, to the kind of figure it makes and whether it is measured rather than counted."""
    out: dict[str, tuple[FigureKind, bool]] = {}
    for key, kind, measured in (
        ("other", "other", False),
        ("multiple", "multiple", True),
        ("per_mille", "other", True),
        ("time", "time", False),
        ("counted", "count", False),
        ("measure", "count", True),
    ):
        out.update({" ".join(word.lower().split()): (kind, measured) for word in words("units", key)})  # type: ignore[misc]
    return out


@cache
def _no_unit() -> frozenset[str]:
    """Words behind a number that say something about it and are no unit."""
    return frozenset(words("units", "stop"))


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


def find_figures(text: str, style: Style = "vietnamese") -> Iterator[Figure]:
    """Every figure of `text` in order, in digits or as a number word before a counted noun.

    `style` is that of the document, for numerals that could be of either: see `style_of`.

    >>> [str(f.value) for f in find_figures("Ngày 23/5/2023 có 33,2 tỷ đồng; tháng 9/2023: 78/2023 hồ sơ đạt 3,86%")]
    ['33200000000.0', '78', '2023', '3.86']
    >>> [str(f.value) for f in find_figures("Hai nhóm thủ tục tại bộ phận một cửa, thứ ba; tăng chín vụ")]
    ['2', '9']
    """
    return merge(_in_digits(text, style), _in_words(text), key=lambda figure: figure.start)


def _in_digits(text: str, style: Style) -> Iterator[Figure]:
    found = _DIGIT.search(text)
    while found is not None:
        start = found.start()
        end = _skip(text, start)
        if end is None:
            number = _number().match(text, start)
            assert number is not None  # a digit stands at `start`
            figure = _read(text, number, style)
            if figure is not None:
                figure = _with_smaller(text, figure)
                yield figure
            end = figure.end if figure is not None else _behind_unread(text, number.end())
            end = max(end, number.end())
        found = _DIGIT.search(text, end)


def _behind_unread(text: str, end: int) -> int:
    """The offset behind a run of digits and marks that is no number: «1.22.333», «192.168.1.1»."""
    rest = _UNREAD.match(text, end)
    return rest.end() if rest else end


def _in_words(text: str) -> Iterator[Figure]:
    for word in find_number_words(text):
        yield Figure(word.start, word.end, "count", Decimal(word.value), 0, unit=word.unit)


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
    return label_end(text, start)


def _glued(before: str, text: str, start: int) -> bool:
    """True for a number that only lost the blank before it: «là73,59%»."""
    if not _GLUED_WORD.search(before):
        return False
    number = _number().match(text, start)
    return number is not None and text[number.end() : number.end() + 2].strip()[:1] == "%"


def _with_smaller(text: str, figure: Figure) -> Figure:
    """The whole amount of «1 tỷ 250 triệu đồng», «210 tỷ 450 triệu 072 nghìn đồng», to the smallest scale written."""
    behind = _SMALLER.match(text, figure.end)
    if behind is None or figure.scale == 1 or figure.decimals or figure.upper is not None or figure.kind != "count":
        return figure
    number = _number().match(text, behind.end())
    more = _read(text, number, "vietnamese") if number is not None else None
    if more is None or more.value >= figure.scale or more.upper is not None or more.kind != "count":
        return figure
    grouped = more.measured and "." in text[more.start : more.end]  # «1 triệu 250.000 đồng»
    if not (grouped if more.scale == 1 else more.scale < figure.scale):
        return figure
    value = figure.value + more.value
    joined = replace(more, start=figure.start, value=value, bound=figure.bound, sign=figure.sign)
    return _with_smaller(text, joined)


def _read(text: str, match: regex.Match[str], style: Style) -> Figure | None:
    start, end = match.span()
    tail = _tail().match(text, end)
    assert tail is not None  # every part of the pattern is optional
    percent = tail["percent"] is not None or tail["points"] is not None
    unit = tail["unit"] or tail["word"]
    folded = " ".join(unit.lower().split()) if unit else ""
    if folded in _no_unit():
        unit = None
    kind, measured = _kinds().get(folded, ("count", False))
    counted = bool(tail["unit"]) and kind == "count" and not measured
    scale = int(load("units")["scale"]["value"][_canonical_scale(tail["scale"])]) if tail["scale"] else 1
    decimal_context = percent or scale > 1 or measured
    first = _value(match["first"], percent, counted and scale == 1, decimal_context, style)
    second = (
        _value(match["second"], percent, counted and scale == 1, decimal_context, style) if match["second"] else None
    )
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
        bound=bound_around(text, start, end),
        upper=second.value * scale if second else None,
        sign={"+": "+", "-": "-", "−": "-", "": None}[sign],
    )


def _value(digits: str, percent: bool, counted: bool, decimal_context: bool, style: Style) -> Numeral | None:
    """The number, with the context deciding what the digits alone leave open."""
    digits = digits.replace(", ", ",")
    if percent and regex.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return parse_dotted(digits)  # a share of a thousand percent and more is not written with a dot
    if style == "english":
        return parse_english(digits)
    if counted:
        english = parse_english_count(digits)
        if english is not None:
            return english
    numeral = parse_numeral(digits)
    return numeral if numeral is not None or not decimal_context else parse_dotted(digits)


def _canonical_scale(text: str) -> str:
    return " ".join(text.lower().split()).replace("tỉ", "tỷ")
