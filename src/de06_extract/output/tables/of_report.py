"""The tables of one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from de06_extract.output.format import Settings
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.marked_text import MarkedText
from de06_extract.schema.cards.make import report_cards
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind, Parsed, Row, card_rows, rows_of


def report_tables(report: Report, settings: Settings) -> list[Mapping[Table, Iterator[Row]]]:
    """The rows of a report in each of the tables that the settings name, as the only part of a list.

    Findings stand in the order of their numbers, the rest in the order of the text.
    """
    parsed = report.model_dump()
    return [{kind: _rows(parsed, kind, settings) for kind in settings.tables}]


def _rows(parsed: Parsed, kind: Kind, settings: Settings) -> Iterator[Row]:
    if kind == "findings":
        cards = report_cards(parsed, settings.language)
        rows = card_rows(parsed, cards, language=settings.language, path=settings.path)
        marked = (MarkedText.of(card.finding["quote"], card.quote) for card in cards)
        return ({**row, "quote": quote} for row, quote in zip(rows, marked, strict=True))
    return rows_of(parsed, kind, language=settings.language, path=settings.path)
