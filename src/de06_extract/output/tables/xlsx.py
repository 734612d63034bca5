"""Tables as one workbook for Excel, a sheet each, written row by row so that memory does not grow with the archive.

Every text of a document is written as a string, never as a formula, a link or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from de06_extract.language.messages import messages
from de06_extract.output.links import INSIDE, cell_address
from de06_extract.output.tables.columns import Column, Shown, Table, columns, sheet_name
from de06_extract.output.tables.cover_sheets import FILLS, FONT, write_guide, write_summary
from de06_extract.output.tables.marked_text import MarkedText
from de06_extract.output.tables.summary import Summary
from de06_extract.own_outputs import MARK
from de06_extract.schema.display import Language, one_line
from de06_extract.schema.rows import Row

ROWS_A_SHEET = 1_048_576  # the limits of Excel
LONGEST_TEXT = 32_767  # characters of a cell
_DIGITS = 15  # that a number of Excel holds
_LARGEST_EXPONENT = 300  # a little below the largest number of Excel, 9.99E+307
_MOST_DECIMALS = 30  # that a number format of Excel shows
_DRESSED_ROWS = 32_000  # with links and a height: both are kept in memory, and Excel takes 65,530 links a sheet
_LONGEST_LINK = 2_000  # characters; Excel allows 2,079
_UNLINKED = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # a name may hold what XML must not
_FIRST_YEAR = 1900  # of Excel's calendar

_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": "#D9E1F2",
    "align": "left",
    "indent": 1,
    "bottom": 1,
    "border_color": "#8EA9DB",
}
_CELL = {"text_wrap": True, "valign": "top", "bottom": 4, "border_color": "#BFBFBF"}
_TEXT = {"align": "left", "indent": 1}  # off the figures before it
_NUMBER = {"align": "right", "text_wrap": False, "shrink": True}  # small rather than ####
_LINK = {**_TEXT, "font_color": "#0563C1", "underline": 1}
_TONES = {tone: {"bg_color": colour} for tone, colour in FILLS.items()} | {"dismissed": {"font_color": "#7F7F7F"}}
_TONED = {  # the columns that have the colour of the row, and which: a row full of it is no help on paper
    "severity": ("error", "warning"),
    "verdict": ("error", "warning"),
    "errors": ("error",),
    "warnings": ("warning",),
    "state": ("failed",),
}
_MARKS: dict[str | None, dict[str, Any]] = {
    None: {},  # else a program takes its own font
    "figure": {"bold": True},
    "wrong": {"bold": True, "font_color": "#C00000", "underline": 1},
}
_UNPRINTED = ("indicators", "claims")  # sheets for looking up: of them the head is printed
_STAYING = ("order", "number", "severity")  # columns in front that stay in sight
_PARTS = {7: "%Y-%m", 4: "%Y"}  # of a date, by the length of its text
_CREATED = datetime(2000, 1, 1)  # the same tables are the same bytes
_FOLDED = {"level": 1, "hidden": True}
_DATES: dict[Language, str] = {"vi": "dd/mm/yyyy", "en": "yyyy-mm-dd"}
_MONTHS: dict[Language, str] = {"vi": "mm/yyyy", "en": "yyyy-mm"}
_A4 = 9
_LINE_HEIGHT = 16  # points
_HIGHEST_ROW = 150  # a quotation of a page is read in the cell, it does not push the next row off the screen
_LOST_AT_BREAKS = 3  # characters at the end of a line, where the next word does not fit


def write_sheets(
    tables: Iterable[Mapping[Table, Iterable[Row]]],
    file: BinaryIO,
    kinds: Iterable[Table],
    language: Language,
    *,
    folder: Path | None = None,
    root: str | None = None,
    made_on: date | None = None,
    rows_a_sheet: int = ROWS_A_SHEET,
) -> None:
    """Writes the tables of many reports, one after the other, each kind to its sheet.

    The sheets stand in the order of `kinds`, whichever of them a table brings rows for.
    Links to source files are relative to `folder`, where the workbook will lie. A table that is longer than a sheet
    goes on in a further one. A table of files has a summary before it, of the archive in the folder `root`, and all
    sheets one behind them that explains the columns.
    """
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"created": _CREATED, "keywords": MARK})
        formats = _Formats(book, language)
        kinds = tuple(kinds)
        words = messages("workbook")[language]
        cover = book.add_worksheet(words["summary"]) if "files" in kinds else None
        summary = Summary()
        sheets = {kind: _Sheet(book, formats, kind, language, folder, rows_a_sheet) for kind in kinds}
        for table in summary.watched(tables):
            for kind, sheet in sheets.items():
                for row in table.get(kind, ()):
                    sheet.add(row)
        for sheet in sheets.values():
            sheet.close()
        if cover is not None:
            write_summary(book, cover, summary.lines(language, root, made_on), _DATES[language])
        write_guide(book, book.add_worksheet(words["guide"]), kinds, language)


class _Formats:
    """The formats of a workbook, each made once: a workbook has room for some 64,000."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book, self._language = book, language
        self._made: dict[tuple[str, str | None], Any] = {}
        self.head = book.add_format({**FONT, **_HEAD})
        self.marks = {mark: book.add_format({**FONT, **traits}) for mark, traits in _MARKS.items()}

    def of(self, look: str, tone: str | None) -> Any:
        """The format of a link, a date, a text, or a number in the notation that `look` is."""
        known = self._made.get((look, tone))
        if known is None:
            own: dict[str, dict[str, Any]] = {
                "link": _LINK,
                "text": _TEXT,
                "date": {"num_format": _DATES[self._language], "align": "center"},
                "month": {"num_format": _MONTHS[self._language], "align": "center"},
                "year": {"num_format": "yyyy", "align": "center"},
            }
            traits = {
                **FONT,
                **_CELL,
                **own.get(look, {**_NUMBER, "num_format": look}),
                **_TONES.get(tone or "", {}),
            }
            known = self._made[look, tone] = self._book.add_format(traits)
        return known


class _Sheet:
    """A table on its sheet, and on further ones as it grows beyond the rows of one."""

    def __init__(
        self, book: Any, formats: _Formats, kind: Table, language: Language, folder: Path | None, rows_a_sheet: int
    ) -> None:
        self._book, self._formats, self._folder, self._rows_a_sheet = book, formats, folder, rows_a_sheet
        self._name = sheet_name(kind, language)
        self._kind, self._columns = kind, columns(kind, language)
        self._number = self._before = 0
        self._open()

    def _open(self) -> None:
        self._number += 1
        self._row = 0
        self._sheet = self._book.add_worksheet(self._name if self._number == 1 else f"{self._name} {self._number}")
        self._sheet.set_default_row(_LINE_HEIGHT)
        self._sheet.set_row(0, 2 * _LINE_HEIGHT)
        for at, column in enumerate(self._columns):
            self._sheet.write_string(0, at, column.head, self._formats.head)
            self._sheet.set_column(at, at, column.width, None, _FOLDED if column.room == "folded" else {})
        self._sheet.set_column(len(self._columns), len(self._columns), None, None, {"collapsed": True})
        first = [column.key for column in self._columns[: len(_STAYING)]]
        self._sheet.freeze_panes(1, sum(known == key for known, key in zip(first, _STAYING, strict=True)))
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&L&A&R&P/&N")

    def close(self) -> None:
        """Sets what depends on the number of rows."""
        last = len(self._columns) - 1
        printed = sum(column.room == "printed" for column in self._columns)
        self._sheet.autofilter(0, 0, self._row, last)
        self._sheet.print_area(0, 0, 0 if self._kind in _UNPRINTED else self._row, printed - 1)
        for at, column in enumerate(self._columns):
            if column.type == "choice":
                choice = {"validate": "list", "source": list(column.words.values()), "error_type": "warning"}
                self._sheet.data_validation(1, at, max(1, self._row), at, choice)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{self._row + 1}"})

    def add(self, row: Row) -> None:
        """Writes a row below the last one."""
        if self._row + 1 >= self._rows_a_sheet:
            self.close()
            self._before += self._row
            self._open()
        self._row += 1
        link = _link(row, self._folder) if self._row <= _DRESSED_ROWS else None
        tone = _tone(row)
        values = [column.shown(row) for column in self._columns]
        if self._row <= _DRESSED_ROWS:
            lines = max(map(_lines, self._columns, values))
            if lines > 1:
                self._sheet.set_row(self._row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))
        for at, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            own = _tone_of(column, tone)
            if column.type == "order":
                number = self._before + self._row
                self._sheet.write_number(self._row, at, number, self._formats.of("0", own))
            elif isinstance(marked := row.get(column.key), MarkedText) and self._row <= _DRESSED_ROWS:
                self._write_marked(at, marked, own)
            else:
                self._write(at, column, value, link, own)

    def _write(self, at: int, column: Column, value: Shown, link: str | None, tone: str | None) -> None:
        if value is None:
            if column.room != "folded":
                self._sheet.write_blank(self._row, at, None, self._formats.of("text", tone))
        elif column.type == "date" and isinstance(value, str) and (day := _first_day(value)) is not None:
            look = "month" if len(value) > len("2024") else "year"
            self._sheet.write_datetime(self._row, at, day, self._formats.of(look, tone))
        elif isinstance(value, str):
            self._write_text(at, value, link if column.type == "link" else None, tone)
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:  # Excel has no days before
                self._write_text(at, value.isoformat(), None, tone)
            else:
                self._sheet.write_datetime(self._row, at, value, self._formats.of("date", tone))
        elif _fits(value):
            grouped = "0" if column.type == "integer" else _notation(value)
            self._sheet.write_number(self._row, at, value, self._formats.of(grouped, tone))
        else:
            self._write_text(at, format(value, "f"), None, tone)

    def _write_marked(self, at: int, text: MarkedText, tone: str | None) -> None:
        """Writes a quotation with its figures marked; one that a cell cannot hold so, or without marks, as it is."""
        pieces = [piece for piece in text.quotation.pieces if not _UNLINKED.search(piece.text)]
        said = "".join(piece.text for piece in pieces)
        if len(pieces) < 2 or len(said) > LONGEST_TEXT // 2:
            self._write_text(at, said or one_line(text), None, tone)
            return
        fragments: list[Any] = []
        for piece in pieces:
            fragments += [self._formats.marks[piece.mark], piece.text]
        self._sheet.write_rich_string(self._row, at, *fragments, self._formats.of("text", tone))

    def _write_text(self, at: int, text: str, link: str | None, tone: str | None) -> None:
        text = _shortened(text)
        if link:
            self._sheet.write_url(self._row, at, link, self._formats.of("link", tone), text)
        else:
            self._sheet.write_string(self._row, at, text, self._formats.of("text", tone))


def _tone(row: Row) -> str | None:
    """The key of the colour of a row: dismissed, not checked, or else its severity."""
    if row.get("dismissed_reason") is not None:
        return "dismissed"
    severity = row["severity"]
    return severity if isinstance(severity, str) else None if row.get("state", "checked") == "checked" else "failed"


def _tone_of(column: Column, tone: str | None) -> str | None:
    """The tone of one cell of a row: its colour stands in one column, and what is dismissed is grey throughout."""
    if column.is_filled_in:
        return "input"
    return tone if tone == "dismissed" or tone in _TONED.get(column.key, ()) else None


def _first_day(text: str) -> date | None:
    """The first day of a month or year that is written, so that dates sort however much of them is known.

    >>> _first_day("2024-04"), _first_day("2024"), _first_day("quý I")
    (datetime.date(2024, 4, 1), datetime.date(2024, 1, 1), None)
    """
    try:
        day = datetime.strptime(text, _PARTS.get(len(text), "-")).date()
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None


def _lines(column: Column, value: Shown) -> int:
    """The number of lines that a text takes in its column, about; not every program fits the rows by itself."""
    if column.room == "folded" or not isinstance(value, str):
        return 1
    return sum(1 + (len(line) - 1) // (column.width - _LOST_AT_BREAKS) for line in value.split("\n"))


def _fits(value: int | Decimal) -> bool:
    """True for a number that Excel keeps to its last digit.

    >>> _fits(Decimal("123456789012345")), _fits(1234567890123456), _fits(10**20), _fits(Decimal("1E-400"))
    (True, False, True, False)
    """
    number = Decimal(value)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    return len(digits) <= _DIGITS and abs(number.adjusted()) <= _LARGEST_EXPONENT


def _notation(value: int | Decimal) -> str:
    """The number format with groups of thousands and the decimals that the value has.

    >>> _notation(Decimal("98.70")), _notation(3225)
    ('#,##0.00', '#,##0')
    """
    exponent = Decimal(value).as_tuple().exponent
    decimals = min(-exponent, _MOST_DECIMALS) if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _shortened(text: str) -> str:
    """The text as a cell can hold it: printable already, cut where it is too long, never taken for markup."""
    if text.startswith("<r>") and text.endswith("</r>"):  # what the library takes for markup of its own
        text += " "
    units = text.encode("utf-16-le")  # Excel counts characters beyond U+FFFF twice
    if len(units) > 2 * LONGEST_TEXT:
        return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
    return text


def _link(row: Row, folder: Path | None) -> str | None:
    """The address of the source file, at the page where it has pages; relative where the two lie on one drive."""
    path = row["source_path"]
    if not isinstance(path, str) or _UNLINKED.search(path):
        return None
    target = cell_address(path, folder and folder.resolve())
    if target is None or len(target) > _LONGEST_LINK:
        return None
    has_pages = row.get("page") and target.startswith("external:") and path.lower().endswith(".pdf")
    return f"{target}#page={row['page']}" if has_pages and INSIDE not in path else target
