"""The first and the last sheet of a workbook: what came of the check, and what columns and colours mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from de06_extract.language.messages import messages
from de06_extract.output.tables.columns import Table, columns, sheet_name
from de06_extract.output.tables.summary import Line
from de06_extract.schema.display import Language

FONT = {"font_name": "Times New Roman", "font_size": 12}
FILLS = {"error": "#F8CBAD", "warning": "#FFE699", "failed": "#D9D2E9", "input": "#FFFBE6"}
_A4 = 9
_BORDER = {"border": 1, "border_color": "#BFBFBF"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "heading": {"bold": True},
    "head": {"bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "valign": "vcenter", **_BORDER},
    "fact": _BORDER,
    "row": {**_BORDER, "text_wrap": True, "valign": "top"},
    "total": {**_BORDER, "bold": True},
    "text": {"italic": True},
    **{severity: {**_BORDER, "bg_color": FILLS[severity]} for severity in ("error", "warning")},
    "info": _BORDER,
}
_SUMMARY_WIDTHS = (58, 14, 14, 14, 14, 14)
_GUIDE_WIDTHS = (16, 24, 96)
_COUNT = {"num_format": "#,##0", "align": "right"}
_SPACED = ("heading", "text")  # what has an empty row above it


def write_summary(book: Any, sheet: Any, lines: Iterable[Line], dates: str) -> None:
    """Writes the lines of a summary; dates in the notation given."""
    looks = {
        look: (book.add_format({**FONT, **traits}), book.add_format({**FONT, **traits, **_COUNT}))
        for look, traits in _LOOKS.items()
    }
    days = book.add_format({**FONT, **_LOOKS["fact"], "num_format": dates, "align": "left"})
    _lay_out(sheet, _SUMMARY_WIDTHS)
    row = 0
    for look, cells in lines:
        row += look in _SPACED and row > 0
        text, number = looks[look]
        for at, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(row, at, value, days)
            elif isinstance(value, int):
                sheet.write_number(row, at, value, number)
            else:
                sheet.write_string(row, at, value or "", text)
        row += 1


def write_guide(book: Any, sheet: Any, kinds: Iterable[Table], language: Language) -> None:
    """Writes what the columns of the sheets hold, as far as their heads do not say it, and what colours mean."""
    words = messages("workbook")[language]
    head, cell = (book.add_format({**FONT, **_LOOKS[look]}) for look in ("head", "row"))
    _lay_out(sheet, _GUIDE_WIDTHS)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for at, key in enumerate(("sheet", "column", "about")):
        sheet.write_string(0, at, words[key], head)
    row = 1
    for kind in kinds:
        for column in columns(kind, language) if kind != "settled" else ():  # whose columns are those of the findings
            if column.about is not None:
                for at, text in enumerate((sheet_name(kind, language), column.head, column.about)):
                    sheet.write_string(row, at, text, cell)
                row += 1
    for key in ("error", "warning", "failed", "dismissed", "input"):
        fill = {"bg_color": FILLS[key]} if key in FILLS else {"font_color": "#7F7F7F"}
        sheet.write_string(row, 0, words["colours"], cell)
        sheet.write_string(row, 1, "", book.add_format({**FONT, **_LOOKS["row"], **fill}))
        sheet.write_string(row, 2, words[f"colour_{key}"], cell)
        row += 1
    sheet.write_string(row, 0, words["printing"], cell)
    sheet.write_string(row, 1, "", cell)
    sheet.write_string(row, 2, words["unprinted"], cell)


def _lay_out(sheet: Any, widths: tuple[int, ...]) -> None:
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P/&N")
