"""Cited documents: «Công văn số 452/TTg-KSTT ngày 23/5/2023 của Thủ tướng Chính phủ».

A number with a symbol is what makes a citation; its kind is the word in front, else the code in the symbol, else that
of the number before it that it is listed with. Laws are cited by name. The report's own number line cites nothing, and
«Đề án 06/CP» is a nickname.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from de06_extract.document.paragraphs import Prose
from de06_extract.language.dates import WrittenDate
from de06_extract.language.digits import integer
from de06_extract.language.spelling import fold
from de06_extract.language.vocabulary import any_of, load, phrase_pattern
from de06_extract.schema.report import Reference, Span

_LETTERHEAD = 3000  # characters in which the report's own number line stands
_KIND_REACH = 90  # characters before a number in which its kind may stand
_NEAR = 200  # characters behind a number in which its date and issuer stand
_BREAK = 8  # characters of white space at a line end inside a citation
_PART = r"(?: \p{Lu} \p{Ll}{0,2} ){2,16} \d{0,3}"  # «QĐ», «TTg», «BCVTCNTT», «QH15»
_UNIT = r"(?: \p{Lu} \p{Ll}{0,2} ){1,16} \d{0,3}"  # «KSTT», «C06», «V»
_HYPHEN = r"(?: [-–] \s? | \x20 [-–] (?: \x20 (?= \p{Lu}{2,8} \b ) )? )"  # scanners add blanks
_SYMBOL = rf"{_PART} (?! \p{{L}} ) (?: (?: [&/] | {_HYPHEN} (?= \p{{Lu}}{{2}} ) | [-–] ) {_UNIT} (?! \p{{L}} ) )*+"


class Number(NamedTuple):
    """The number of a document taken apart: «11/2022/NQ-HĐND», or «18-NQ/TW» as the Party writes it."""

    serial: str
    year: int | None
    symbol: str


@cache
def _number() -> regex.Pattern[str]:
    codes = "|".join(sorted((c for kind in load("documents").values() for c in kind["codes"]), key=len, reverse=True))
    return regex.compile(
        rf"""
        (?<! [\d/.,\-–] ) (?: (?<! \p{{L}} ) | (?<= {any_of("citations", "number")} ) )
        (?: (?P<no> \d{{1,5}} [a-zđ]? ) (?: \x20?/\x20? (?P<year> (?:19|20)\d{{2}} ) )?
              \x20?/\x20? (?P<symbol> {_SYMBOL} )
          | (?P<party> \d{{1,5}} ) \x20?[-–]\x20? (?P<code> {codes} ) / (?P<body> {_PART} ) )
        (?! [\p{{L}}\d] | /\d )
        """,
        regex.VERBOSE,
    )


@cache
def _kinds() -> dict[str, str]:
    """The words for a kind of document, folded, to its full name."""
    return {fold(word): kind for kind, entry in load("documents").items() for word in entry["words"]}


@cache
def _codes() -> dict[str, str]:
    return {code: kind for kind, entry in load("documents").items() for code in entry["codes"]}


@cache
def _any_kind() -> str:
    """The pattern of what a text calls any kind of document, the longer words first."""
    words = sorted((word for entry in load("documents").values() for word in entry["words"]), key=len, reverse=True)
    return f"(?i: {'|'.join(map(phrase_pattern, words))} )"


@cache
def _kind_before() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """The kind right before a number, and one further off: «Kế hoạch của UBND tỉnh số 36/KH-UBND»."""
    kind = rf"(?<! \p{{L}} ) (?P<kind> {_any_kind()} )"
    number = rf"(?i: {any_of('citations', 'number')} )"
    return (
        regex.compile(rf"{kind} [\s*_]*+ (?: {number} )?+ [\s:*_]*+ \Z", regex.VERBOSE),
        regex.compile(rf"{kind} \s [^\d,;.:()]{{2,60}} \s {number} [\s:]*+ \Z", regex.VERBOSE),
    )


@cache
def _listed() -> regex.Pattern[str]:
    """A pattern for the text between two numbers of one list."""
    joint = rf"(?: [,;] | {any_of('citations', 'and')} )"
    return regex.compile(rf"[\s)*_]*+ {joint} \s*+ (?: {any_of('citations', 'number')} )?+ [\s:]*+", regex.VERBOSE)


@cache
def _own() -> regex.Pattern[str]:
    """A pattern for «Số: » at the start of a line, or with its colon anywhere in the letterhead."""
    number = rf"(?i: {any_of('citations', 'number')} )"
    return regex.compile(
        rf"(?: (?: \A | \n ) [\s*_#]*+ {number} \s*+ :? | {number} \s*+ : ) [\s*_]*+ \Z", regex.VERBOSE
    )


@cache
def _issuer() -> regex.Pattern[str]:
    of, task, end = (any_of("citations", key) for key in ("of", "task", "end"))
    joined = rf"{any_of('citations', 'and')} \s++ {_any_kind()}"
    return regex.compile(
        rf"""
        [\s,)*_]*+ {of} \s++ (?P<issuer> (?: {task} \S*+ )?+ \p{{L}} [^,;.:()\n“”"*_\d]{{2,80}}? )
        (?= \s++ (?: (?i: {end} ) | {joined} ) (?! \p{{L}} ) | \s*+ [,;.:()“”"*_] | \s++ \d | \s*+ \Z )
        """,
        regex.VERBOSE,
    )


@cache
def _to_date() -> regex.Pattern[str]:
    issued = rf"(?: {any_of('citations', 'issued')} \s++ )?+"
    day = rf"(?: (?i: {any_of('dates', 'day')} ) [\s:]*+ (?= \d{{1,2}} [\s/.-] ) )?+"
    return regex.compile(rf"[\s,(*_¹²³⁴-⁹]*+ {issued} {day}", regex.VERBOSE)


@cache
def _goes_on() -> regex.Pattern[str]:
    """A pattern for what follows the date of a document; an actor there means that the date is of what it did."""
    of, end, number = (any_of("citations", key) for key in ("of", "end", "number"))
    more = rf"(?i: {of} | {any_of('citations', 'and')} | {_any_kind()} | {number} ) (?! \p{{L}} ) | \d"
    behind = rf"[;.:)\]] | \Z | {more} | (?i: {end} ) (?! \p{{L}} ) | , \s*+ (?: {more} )"
    return regex.compile(rf"[\s*_]*+ (?: {behind} )", regex.VERBOSE)


@cache
def _coarse() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Patterns for «tháng 3/2023», «tháng 3 năm 2023» behind a number; «năm 2015», «2015» behind the name of a law."""
    month, year = any_of("citations", "month"), any_of("citations", "year")
    of_month = rf"{month} \s++ (?P<m> \d{{1,2}} ) \s*+ (?: / | {year} ) \s*+"
    return (
        regex.compile(rf"[\s,(*_]*+ {of_month} (?P<y> (?:19|20)\d{{2}} ) (?! \d )", regex.VERBOSE),
        regex.compile(rf"[\s,(*_]*+ (?: {year} \s++ )?+ (?P<y> (?:19|20)\d{{2}} ) (?! [\d/] )", regex.VERBOSE),
    )


@cache
def _law() -> regex.Pattern[str]:
    law, names = any_of("citations", "law"), any_of("citations", "laws")
    return regex.compile(
        rf"""
        (?<! \p{{L}} ) (?<! (?i: {any_of("citations", "draft")} ) \s )
        (?: (?P<changing> {law} ) \s++ {any_of("citations", "amending")} \s++ )?+
        (?P<law> {law} ) \s++ (?: (?i: {names} ) | \p{{Lu}}\p{{Ll}}++ (?: \s \p{{Ll}}{{2,}}+ )?+ ) (?! \p{{L}} )
        (?: \s {any_of("citations", "amended")} (?! [\p{{L}},] | \s++ [\p{{L}}\d] ) )?+
        """,
        regex.VERBOSE,
    )


def parse_number(number: str) -> Number | None:
    """The parts of a number as written; the symbol is without hyphens, which PDFs lose.

    >>> parse_number("11/2022/NQ-HĐND"), parse_number("18-NQ/TW")
    (Number(serial='11', year=2022, symbol='NQHĐND'), Number(serial='18', year=None, symbol='NQTW'))
    """
    match = _number().fullmatch(number)
    if match is None:
        return None
    symbol = match["symbol"] or f"{match['code']}{match['body']}"
    year = integer(match["year"]) if match["year"] else None
    return Number((match["no"] or match["party"]).lstrip("0"), year, regex.sub(r"[-–\s]", "", symbol))


def first_number(text: str) -> int | None:
    """The offset of the first number of a document in the text, None without one."""
    match = _number().search(text)
    return match.start() if match is not None else None


def find_references(passages: Iterable[Prose]) -> tuple[Reference, ...]:
    """Every citation of the passages in the order of the text, identified f1, f2, …"""
    found = sorted(
        (reference for passage in passages for reference in _Citations(passage).read()),
        key=lambda reference: (reference.span.start, reference.span.end),
    )
    return tuple(reference.model_copy(update={"id": f"f{n}"}) for n, reference in enumerate(found, 1))


@dataclass
class _Law:
    start: int
    end: int
    kind: str
    number: regex.Match[str] | None = None


class _Citations:
    """The citations of one passage."""

    def __init__(self, prose: Prose) -> None:
        self.prose = prose
        self.text = prose.text
        self.dates: dict[int, WrittenDate] = {}

    def read(self) -> Iterator[Reference]:
        if "/" not in self.text and not any(word in self.text for word in load("citations")["law"]["words"]):
            return
        self.dates = {date.start: date for date in self.prose.dates}
        laws = list(self._laws())
        taken = {law.number.start() for law in laws if law.number is not None}
        for law in laws:
            yield self._reference(law.start, law.end, law.kind, law.number)
        before: tuple[int, str] | None = None
        for match in _number().finditer(self.text):
            if match.start() in taken:
                before = None
                continue
            start, kind = self._kind(match, before)
            if kind is None:
                before = None
                continue
            reference = self._reference(start, match.end(), kind, match)
            before = (self._end, kind)
            yield reference

    def _laws(self) -> Iterator[_Law]:
        for match in _law().finditer(self.text):
            kind = _kinds()[fold(match["changing"] or match["law"])]
            number = _number().search(self.text, match.end(), match.end() + 40)
            between = self.text[match.end() : number.start()] if number else ""
            joined = number is not None and regex.fullmatch(rf"\s+{any_of('citations', 'number')}\s+", between)
            yield _Law(
                match.start(), number.end() if joined and number else match.end(), kind, number if joined else None
            )

    def _kind(self, number: regex.Match[str], before: tuple[int, str] | None) -> tuple[int, str | None]:
        """Where the citation begins, and its kind; None for the report's own number and for what is not a number."""
        at = number.start()
        lead_start = max(0, at - _KIND_REACH)
        close, far = _kind_before()
        near = close.search(self.text, lead_start, at)
        if near is not None:
            nickname = number["symbol"] == "CP" and fold(near["kind"]) in load("citations")["nickname"]["words"]
            vague = fold(near["kind"]) in load("citations")["vague"]["words"]
            kind = _codes().get(_code(number)) if vague else None
            return near.start(), None if nickname else kind or self._named(near["kind"])
        start = self.prose.span(at, at + 1).start
        if _own().search(self.text, lead_start, at) and start < _LETTERHEAD:
            return at, None
        if _code(number) in _codes():
            return at, _codes()[_code(number)]
        if before is not None and _listed().fullmatch(self.text, before[0], at):
            return at, before[1]
        distant = far.search(self.text, lead_start, at)
        return (distant.start(), self._named(distant["kind"])) if distant is not None else (at, None)

    @staticmethod
    def _named(word: str) -> str:
        return _kinds()[fold(word)]

    def _reference(self, start: int, end: int, kind: str, number: regex.Match[str] | None) -> Reference:
        date, behind = self._date(end)
        issuer = _issuer().match(self.text, behind, behind + _NEAR)
        if issuer is not None and date is None:
            date, later = self._date(issuer.end())
            behind = max(later if date else issuer.end(), issuer.end())
        elif issuer is not None:
            behind = issuer.end()
        self._end = behind
        shown = max(end, self._date_end) if date is not None else end
        iso = date.iso if isinstance(date, WrittenDate) else date
        if date is None:
            iso, shown = self._coarse_date(end, named=number is None)
        span = self._span(start, number, max(shown, end))
        return Reference(
            id="",
            type=kind,
            number=_written(number) if number is not None else None,
            date=iso,
            issuer=" ".join(issuer["issuer"].split()) if issuer is not None else None,
            span=span,
            locations=self.prose.document.locations(span.start, span.end),
        )

    def _span(self, start: int, number: regex.Match[str] | None, end: int) -> Span:
        """The citation's place; where other text stands between kind and number, the number's alone."""
        span = self.prose.span(start, end)
        if number is not None and span.end - span.start > end - start + _BREAK:
            span = self.prose.span(number.start(), end)
        return span

    _end = 0
    _date_end = 0

    def _date(self, at: int) -> tuple[WrittenDate | None, int]:
        """The date behind an offset, and the offset behind it."""
        lead = _to_date().match(self.text, at, at + _NEAR)
        assert lead is not None  # it matches nothing at all, too
        for start in range(lead.end(), at, -1):  # the word «ngày» belongs to a date whose month is a word, too
            date = self.dates.get(start)
            if date is not None and ("," not in lead[0] or _goes_on().match(self.text, date.end, date.end + _NEAR)):
                self._date_end = date.end
                return date, date.end
        return None, at

    def _coarse_date(self, at: int, *, named: bool) -> tuple[str | None, int]:
        month, year = _coarse()
        match = month.match(self.text, at, at + _NEAR)
        if match is not None:
            return f"{match['y']}-{integer(match['m']):02}", match.end()
        match = year.match(self.text, at, at + _NEAR) if named else None
        return (match["y"], match.end()) if match is not None else (None, at)


def _code(number: regex.Match[str]) -> str:
    """The first part of the symbol, which stands for the kind where it is a code: «QĐ» of «QĐ-TTg»."""
    code: str = number["code"] or regex.split(r"[-–&/\s]", number["symbol"], maxsplit=1)[0]
    return code.rstrip("0123456789")


def _written(number: regex.Match[str]) -> str:
    """The number as printed, blanks left out."""
    return regex.sub(r"\s", "", number[0]).replace("–", "-")
