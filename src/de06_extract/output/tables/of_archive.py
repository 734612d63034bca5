"""The tables of an archive, file by file, so that no more than one file's report is in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from de06_extract.archive.rows import below, file_row, finding_rows
from de06_extract.archive.store.results import FileResult
from de06_extract.output.format import Settings
from de06_extract.output.ranking import ranked
from de06_extract.output.tables.columns import Table
from de06_extract.schema.rows import Row, rows_of, whole_date

NAMES: dict[Table, str] = {"files": "files", "reviews": "findings", "indicators": "indicators", "claims": "claims"}


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
        yield {"files": ranking.rows()}


def _reviews(result: FileResult, settings: Settings) -> Iterator[Row]:
    """The findings as a reviewer goes through them: those dismissed have their state, the others wait for one."""
    for row in finding_rows(result, settings.language):
        yield {
            **row,
            "path": below(result.path, settings.root) or result.path,
            "review_state": None if row["dismissed_reason"] is None else "dismissed",
            "review_note": None,
            "dismissed_on": whole_date(on) if isinstance(on := row["dismissed_on"], str) else None,
        }
