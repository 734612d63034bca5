"""The tables of an archive, file by file, so that no more than one file's report is in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from de06_extract.archive.cards import result_cards
from de06_extract.archive.decision import review_mark
from de06_extract.archive.rows import below, file_row, finding_rows
from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Settings
from de06_extract.output.ranking import ranked
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.marked_text import MarkedText
from de06_extract.rules.rule import title_of
from de06_extract.schema.rows import Row, Value, rows_of, whole_date

NAMES: dict[Table, str] = {"files": "files", "reviews": "findings", "indicators": "indicators", "claims": "claims"}


def archive_sheets(settings: Settings) -> tuple[Table, ...]:
    """The tables of a workbook in the order of its sheets; that of what is settled only where anything is."""
    files, reviews, *others = NAMES
    return (files, reviews, *(("settled",) if settings.settled else ()), *others)


def archive_tables(result: FileResult, settings: Settings) -> dict[Table, Iterable[Row]]:
    """The rows of one file in each table."""
    report, language = result.report, settings.language
    return {
        "files": [file_row(result, settings.root, language)],
        "reviews": _reviews(result, settings),
        "indicators": rows_of(report, "indicators", language=language, path=result.path) if report else (),
        "claims": rows_of(report, "claims", language=language, path=result.path) if report else (),
    }


def ranked_tables(results: Iterable[FileResult], settings: Settings) -> Iterator[dict[Table, Iterable[Row]]]:
    """The tables of each file, and last of all the rows of the files, the worst first."""
    with ranked() as ranking:
        for result in results:
            tables = archive_tables(result, settings)
            for row in tables.pop("files"):
                ranking.add(row)
            yield tables
        yield {"files": ranking.rows(), "settled": _settled(settings)}


def _reviews(result: FileResult, settings: Settings) -> Iterator[Row]:
    """The findings as a reviewer goes through them, each with what was decided and a mark to tell what is new."""
    cards = result_cards(result, settings.language)
    for card, row in zip(cards, finding_rows(result, settings.language, cards), strict=True):
        state, note, who, on = (_text(row[f"review_{key}"]) for key in ("state", "note", "who", "on"))
        yield {
            **row,
            "path": below(result.path, settings.root) or result.path,
            "quote": MarkedText.of(row["quote"], card.quote),
            "source_sha256": result.sha256,  # the content that is decided about
            "review_state": state or "unseen",
            "review_on": whole_date(on),
            "review_mark": review_mark(state, note, who, on),
            "dismissed_on": whole_date(_text(row["dismissed_on"])),
        }


def _settled(settings: Settings) -> Iterator[Row]:
    """The decisions on findings that are gone, as rows that are read back like those of the others."""
    for decision, check in settings.settled:
        on = decision.decided.isoformat()
        yield {
            "severity": None,
            "path": below(decision.path, settings.root) or decision.path,
            "rule_title": title_of(decision.rule, settings.language),
            "rule": decision.rule,
            "finding_id": decision.finding_id,
            "quote": decision.quote,
            "source_path": decision.path,
            "source_sha256": decision.sha256,
            "review_state": decision.state,
            "review_note": decision.said,
            "review_who": decision.who,
            "review_on": decision.decided,
            "review_check": check,
            "review_mark": review_mark(decision.state, decision.said, decision.who, on),
        }


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None
