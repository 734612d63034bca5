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

from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, load, phrase_pattern, words
from de06_extract.numbers.bounds import bound_around
from de06_extract.numbers.not_figures import pass_over
from de06_extract.numbers.number_words import find_number_words
from de06_extract.numbers.numerals import (
    Numeral,
    numeral_or_range,
    parse_dotted,
    parse_english,
    parse_english_count,
    parse_numeral,
)
from de06_extract.numbers.style import Style
from de06_extract.schema.report import Bound, FigureKind, Location, Nature, Quantity, Span


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
            digits = str(int((self.value / self.scale).scaleb(self.decimals)))
            return len(digits.rstrip("0")) < (_DETAILED_ROUNDED if digits.endswith("0") else _DETAILED)
        return self.bound != "exact"

    @property
    def exact(self) -> bool:
        """True for a plain count without bound, range or rounding."""
        return self.bound == "exact" and self.upper is None and self.exact_as_written


_DETAILED = 4  # digits from which no rounding explains a figure («hơn 3.909»)
_DETAILED_ROUNDED = 5  # the same up to the last that is no zero, where zeros follow: «khoảng 436.500» is rounded
_UNITS = ("counted", "measure", "time", "multiple", "per_mille", "other")
_SMALLER = regex.compile(r"(?<= \p{L} ) [\x20\u00a0] (?= \d )", regex.VERBOSE)  # behind a scale word
_DIGIT = regex.compile(r"[0-9]")
_UNREAD = regex.compile(r"(?:[.:^e]?[0-9])*+")
_GLUED = regex.compile(r"\.\d{4}")  # «8.973194»: a mark between thousands was lost
_SIGNS: dict[str, Literal["+", "-"]] = {"+": "+", "-": "-", "−": "-"}


@cache
def _tail() -> regex.Pattern[str]:
    """A pattern for what may stand behind the digits: scale word, percent sign, points, unit."""
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
        out.update({fold(word): (kind, measured) for word in words("units", key)})  # type: ignore[misc]
    return out


@cache
def _no_unit() -> frozenset[str]:
    """Words behind a number that say something about it and are not its unit."""
    return frozenset(words("units", "stop"))


def quantity_of(figure: Figure, span: Span, locations: tuple[Location, ...] = ()) -> Quantity:
    """The figure that stands there as reports give it, with its nature; `locations` are those of the span."""
    return Quantity(
        value=figure.value,
        decimals=figure.decimals,
        text=span.text,
        unit="%" if figure.kind == "percent" else figure.unit,
        scale=figure.scale,
        bound=figure.bound,
        upper=figure.upper,
        span=span,
        locations=locations,
        nature=Nature(figure.kind, figure.measured, figure.sign),
    )


def figure_of(quantity: Quantity) -> Figure:
    """The figure that a quantity was made of, which stands where the quantity stands.

    >>> span, figure = Span(start=0, end=1, text="5"), Figure(0, 1, "count", Decimal(5), 0, unit="ha", measured=True)
    >>> figure_of(quantity_of(figure, span)) == figure
    True
    """
    is_percent = quantity.unit == "%"
    return Figure(
        quantity.span.start,
        quantity.span.end,
        "percent" if is_percent else quantity.nature.kind,
        quantity.value,
        quantity.decimals,
        scale=quantity.scale,
        unit=None if is_percent else quantity.unit,
        measured=quantity.nature.measured,
        bound=quantity.bound,
        upper=quantity.upper,
        sign=quantity.nature.sign,
    )


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
        end = pass_over(text, start)
        if end is None:
            number = numeral_or_range().match(text, start)
            assert number is not None  # a digit stands at `start`
            figure = None if _GLUED.match(text, number.end()) else _read(text, number, style)
            if figure is not None:
                figure = _with_smaller(text, figure)
                yield figure
            end = figure.end if figure is not None else _behind_unread(text, number.end())
            end = max(end, number.end())
        found = _DIGIT.search(text, end)


def _behind_unread(text: str, end: int) -> int:
    """The offset behind a run of digits and marks that is not a number: «1.22.333», «192.168.1.1»."""
    rest = _UNREAD.match(text, end)
    return rest.end() if rest else end


def _in_words(text: str) -> Iterator[Figure]:
    for word in find_number_words(text):
        yield Figure(word.start, word.end, "count", Decimal(word.value), 0, unit=word.unit)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What the words and signs behind a number say of it; `in_known_unit` where the list of units has its unit."""

    kind: FigureKind
    scale: int
    unit: str | None = None
    measured: bool = False
    in_known_unit: bool = False

    @property
    def is_share(self) -> bool:
        return self.kind in ("percent", "points")

    @property
    def is_counted(self) -> bool:
        """True for a unit that can only be counted, so that a comma before three digits groups thousands."""
        return self.in_known_unit and self.kind == "count" and not self.measured and self.scale == 1

    @property
    def allows_decimal_point(self) -> bool:
        return self.is_share or self.scale > 1 or self.measured


def _with_smaller(text: str, figure: Figure) -> Figure:
    """The whole amount of «1 tỷ 250 triệu đồng», «210 tỷ 450 triệu 072 nghìn đồng», to the smallest scale written."""
    behind = _SMALLER.match(text, figure.end)
    if behind is None or figure.scale == 1 or figure.decimals or figure.upper is not None or figure.kind != "count":
        return figure
    number = numeral_or_range().match(text, behind.end())
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
    """The figure that the digits are with what stands before and behind them, None for a code or a score."""
    start, end = match.span()
    tail = _tail().match(text, end)
    assert tail is not None  # every part of the pattern is optional
    measure = _measure(tail)
    ends = _ends(match, measure, style)
    if ends is None:
        return None
    first, last = ends
    if tail["half"] and not first.decimals:
        first = Numeral(first.value + Decimal("0.5"), 1)  # «2 tỷ rưỡi»
    return Figure(
        start=start,
        end=max(end, *(tail.end(name) for name in ("percent", "points", "scale", "half"))),
        kind=measure.kind,
        value=first.value * measure.scale,
        decimals=max(first.decimals, last.decimals) if last else first.decimals,
        scale=measure.scale,
        unit=measure.unit,
        measured=measure.measured,
        bound=bound_around(text, start, end),
        upper=last.value * measure.scale if last else None,
        sign=_sign(text, start),
    )


def _measure(tail: regex.Match[str]) -> _Measure:
    scale = int(load("units")["scale"]["value"][fold(tail["scale"])]) if tail["scale"] else 1
    if tail["points"] or tail["percent"]:
        return _Measure("points" if tail["points"] else "percent", scale)
    unit = tail["unit"] or tail["word"] or ""
    folded = fold(unit)
    kind, measured = _kinds().get(folded, ("count", False))
    named = unit if unit and folded not in _no_unit() else None
    return _Measure(kind, scale, named, measured, in_known_unit=tail["unit"] is not None)


def _ends(match: regex.Match[str], measure: _Measure, style: Style) -> tuple[Numeral, Numeral | None] | None:
    """The number and, of a range, its upper end; None where one cannot be read or the range does not rise."""
    first = _value(match["first"], measure, style)
    if first is None:
        return None
    if not match["second"]:
        return first, None
    last = _value(match["second"], measure, style)
    return (first, last) if last is not None and last.value > first.value else None  # «2-1» is a code or a score


def _sign(text: str, start: int) -> Literal["+", "-", None]:
    """The sign right before the digits, where a text, a word or a bracket begins with it."""
    if start > 1 and text[start - 2] not in "( \t":
        return None
    return _SIGNS.get(text[start - 1]) if start else None


def _value(digits: str, measure: _Measure, style: Style) -> Numeral | None:
    """The number, with what it measures and the style deciding what the digits alone leave open."""
    digits = digits.replace(", ", ",")
    if measure.is_share and regex.fullmatch(r"\d{1,3}\.\d{3}", digits):
        return parse_dotted(digits)  # a share of a thousand percent and more is not written with a dot
    if style == "english":
        return parse_english(digits)
    english = parse_english_count(digits) if measure.is_counted else None
    numeral = english or parse_numeral(digits)
    return parse_dotted(digits) if numeral is None and measure.allows_decimal_point else numeral
