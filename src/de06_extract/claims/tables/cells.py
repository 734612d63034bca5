"""The cells of a table: what each holds, read by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import regex

from de06_extract.document.document import Cell
from de06_extract.language.vocabulary import any_of, words
from de06_extract.numbers.figures import Figure, find_figures
from de06_extract.numbers.numerals import Numeral, parse_dotted, parse_numeral

CellKind = Literal["empty", "blank", "count", "percent", "text"]

_NUMBER = regex.compile(r"(?P<open>\()?(?P<sign>[-+−–])?\s?(?P<digits>\d[\d.,\u00a0 ]*)(?P<percent>\s?%)?(?(open)\))")
_CODE = regex.compile(r"0\d{3,}.*|00\d.*|0\d\..*")  # «00123», «000.00.16»
_MARKS = " \t*_"
_MASKED = regex.compile(r"(?:\*[ .]?){9,}")  # the number of a citizen, no mark of Markdown
_YEAR = regex.compile(r"(?:19|20)\d\d")
_LONGEST_FIGURE = 40  # characters of a figure with its unit; a longer cell is a sentence


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as read: `start` and `end` are the document's offsets of its figure, or of its text without one.

    `blank` is a mark that stands for no figure («-», «x»). `inside` holds the figures of a text with several, such as
    «12/15 (80%)». A figure carries its sign in its value.
    """

    kind: CellKind
    text: str
    start: int
    end: int
    figure: Figure | None = None
    inside: tuple[Figure, ...] = ()

    @property
    def holds_nothing(self) -> bool:
        """True for an empty cell and for a mark in place of a figure."""
        return self.kind in ("empty", "blank")

    @property
    def is_number(self) -> bool:
        """True for a cell that is one figure."""
        return self.figure is not None

    @property
    def is_year(self) -> bool:
        """True for four digits that may be a year."""
        return _YEAR.fullmatch(self.text) is not None


EMPTY = TableCell("empty", "", 0, 0)


def read_cell(text: str, pieces: Iterable[Cell]) -> TableCell:
    """What the pieces of one cell hold, joined by blanks.

    >>> cell = read_cell("-12,5%", [Cell(0, 6, 0, 0)])
    >>> cell.kind, str(cell.figure.value)
    ('percent', '-12.5')
    """
    filled = [piece for piece in pieces if text[piece.start : piece.end].strip()]
    if not filled:
        return EMPTY
    written = " ".join(" ".join(text[piece.start : piece.end].split()) for piece in filled)
    if _MASKED.fullmatch(written):
        return TableCell("text", written, filled[0].start, filled[-1].end)
    if written.startswith("**") and written.endswith("**"):
        written = written.strip("*")  # Markdown
    first = filled[0]
    if written.strip(_MARKS).lower() in _blanks():
        return TableCell("blank", written, first.start, first.end)
    if len(filled) > 1:
        return TableCell("text", written, first.start, filled[-1].end)
    raw = text[first.start : first.end]
    figure = _whole(raw)
    if figure is not None:
        kind: CellKind = "percent" if figure.kind == "percent" else "count"
        shifted = _shifted(figure, first.start)
        return TableCell(kind, written, shifted.start, shifted.end, shifted)
    inside = tuple(_shifted(f, first.start) for f in find_figures(raw)) if _has_digit(raw) else ()
    return TableCell("text", written, first.start, first.end, None, inside)


def in_english(cell: TableCell) -> TableCell:
    """The cell with commas read as separating thousands: «1,204»."""
    figure = cell.figure
    if figure is None or "," not in cell.text:
        return cell
    digits = regex.sub(r"[^\d.]", "", cell.text)
    numeral = parse_numeral(digits) if "." not in digits else parse_dotted(digits)
    if numeral is None:
        return cell
    value = -numeral.value if figure.value < 0 else numeral.value
    return replace(cell, figure=replace(figure, value=value, decimals=numeral.decimals))


def shares_inside(text: str, cell: TableCell) -> tuple[TableCell, TableCell, TableCell] | None:
    """Numerator, denominator and percentage of «3.225/3.265 (98,77%)», each as a cell; None for any other cell."""
    if len(cell.inside) != 3:
        return None
    percents = [figure for figure in cell.inside if figure.kind == "percent"]
    counts = [figure for figure in cell.inside if figure.kind == "count"]
    if len(percents) != 1 or len(counts) != 2 or any(f.bound != "exact" or f.upper is not None for f in cell.inside):
        return None
    if text[counts[0].end : counts[1].start].strip(_MARKS) != "/":
        return None
    first, second, third = (
        TableCell("percent" if f.kind == "percent" else "count", text[f.start : f.end], f.start, f.end, f)
        for f in (*counts, *percents)
    )
    return first, second, third


@cache
def _blanks() -> frozenset[str]:
    return frozenset(words("tables", "blank"))


def _has_digit(raw: str) -> bool:
    return any(character.isdecimal() for character in raw)


def _shifted(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)


def _whole(raw: str) -> Figure | None:
    """The figure that is all of the cell, with its unit if one is written."""
    stripped = raw.strip(_MARKS)
    if not stripped or len(stripped) > _LONGEST_FIGURE or not _has_digit(stripped):
        return None
    lead = raw.index(stripped)
    match = _NUMBER.fullmatch(stripped)
    return _with_unit(raw, lead) if match is None else _without_unit(match, lead)


def _without_unit(match: regex.Match[str], lead: int) -> Figure | None:
    """«1.204», «-12,5%», «(45)»: the figure matched `lead` characters into its cell; None for a code, «00123»."""
    digits = match["digits"].strip()
    numeral = _numeral(digits)
    if numeral is None or (_CODE.fullmatch(digits) and not match["percent"]):
        return None
    negative = _is_negative(match)
    end = match.end("percent") if match["percent"] else match.start("digits") + len(digits)
    return Figure(
        start=lead + (match.start("sign") if match["sign"] else match.start("digits")),
        end=lead + end,
        kind="percent" if match["percent"] else "count",
        value=-numeral.value if negative else numeral.value,
        decimals=numeral.decimals,
        sign="-" if negative else "+" if match["sign"] else None,
    )


def _is_negative(match: regex.Match[str]) -> bool:
    """True for «-45», and for «(45)», as bookkeepers write it."""
    if match["sign"] is None:
        return match["open"] is not None
    return match["sign"] in ("-", "−", "–")


def _numeral(digits: str) -> Numeral | None:
    """The number of a cell; one or two digits behind a dot are decimals, for three are thousands."""
    numeral = parse_numeral(digits)
    if numeral is None and regex.fullmatch(r"\d+\.\d{1,2}", digits):
        numeral = parse_dotted(digits)
    return numeral


def _with_unit(raw: str, lead: int) -> Figure | None:
    """«12 hồ sơ», «1,5 tỷ đồng»: one figure from the offset `lead` on, with nothing behind its unit."""
    found = list(find_figures(raw))
    if (
        len(found) != 1
        or found[0].bound != "exact"
        or found[0].upper is not None
        or found[0].kind not in ("count", "percent")
    ):
        return None
    figure = found[0]
    rest = raw[figure.end :].strip(_MARKS).lower()
    if figure.start > lead or (rest and rest != (figure.unit or "").lower()):
        return None
    return figure


def says(text: str, key: str) -> bool:
    """True where the text holds a word of the table vocabulary.

    >>> says("Tổng số hồ sơ", "whole"), says("Số hồ sơ", "whole")
    (True, False)
    """
    return _word(key).search(text) is not None


@cache
def _word(key: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<![\p{{L}}\d]){any_of('tables', key)}(?!\p{{L}})")
