"""The report on an archive in one of the forms that its file's name asks for, from the results one after the other.

No form holds more than one file's report in memory, so that an archive of any size can be written; what is written
depends on the results alone, not on the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from de06_extract.archive.across.checks import across_rules
from de06_extract.archive.baseline import Baseline, Dismissal
from de06_extract.archive.rows import below, file_row, finding_rows
from de06_extract.archive.store.results import FileResult
from de06_extract.errors import ReportFormError
from de06_extract.optional_libraries import load_extra
from de06_extract.output.html.page import write_page
from de06_extract.output.jsonl import write_lines
from de06_extract.output.ranking import ranked
from de06_extract.output.sarif.log import write_sarif
from de06_extract.output.tables.columns import Table
from de06_extract.output.tables.csv_tables import Delimiter, write_csv
from de06_extract.output.tables.parquet import write_parquet
from de06_extract.output.tables.xlsx import write_sheets
from de06_extract.rules.checks import rules
from de06_extract.schema.display import Language
from de06_extract.schema.rows import Row, rows_of, whole_date
from de06_extract.whole_files import replacing

ReportForm = Literal["html", "xlsx", "csv", "jsonl", "sarif", "parquet"]
FORMS: tuple[ReportForm, ...] = get_args(ReportForm)

_TABLES: dict[Table, str] = {"files": "files", "reviews": "findings", "indicators": "indicators", "claims": "claims"}


def form_of(output: Path) -> ReportForm:
    """The form that the end of the name asks for. Raises a `ReportFormError`, or a `MissingExtraError`.

    >>> form_of(Path("Kết quả.XLSX"))
    'xlsx'
    """
    suffix = output.suffix.lower().removeprefix(".")
    form = next((form for form in FORMS if form == suffix), None)
    if form is None:
        raise ReportFormError(f"{output}: the name ends in none of {', '.join(f'.{form}' for form in FORMS)}")
    if form == "parquet":
        load_extra("pyarrow", "parquet")
    return form


def report_files(output: Path) -> tuple[Path, ...]:
    """The files that the report will be: CSV and Parquet have one a table, named after the output.

    >>> [path.name for path in report_files(Path("out.csv"))]
    ['out.files.csv', 'out.findings.csv', 'out.indicators.csv', 'out.claims.csv']
    """
    if form_of(output) not in ("csv", "parquet"):
        return (output,)
    return tuple(output.with_name(f"{output.stem}.{name}{output.suffix}") for name in _TABLES.values())


def write_report(
    results: Iterable[FileResult],
    output: Path,
    *,
    language: Language = "vi",
    delimiter: Delimiter = "comma",
    folder: str | None = None,
    baseline: Baseline | None = None,
    made_on: date | None = None,
) -> None:
    """Writes the report on the files of an archive, all of it or nothing; the results are read once.

    `folder` is where the archive lies: paths below it are shown as seen from there. The findings that `baseline`
    dismisses are marked, and afterwards it knows which of its dismissals are stale. A page says
    that it was made on the day `made_on`. Raises a `ReportFormError` where the name does not say which form, a
    `MissingExtraError` where the library for it is not installed, an `OSError`.
    """
    form = form_of(output)
    if baseline is not None:
        results = map(baseline.mark, results)
    with replacing(*report_files(output)) as files:
        if form == "jsonl":
            write_lines(results, files[0])
        elif form == "sarif":
            write_sarif(results, files[0], language, (*rules(), *across_rules()), folder=folder)
        elif form == "html":
            write_page(
                results, files[0], language=language, made_on=made_on, folder=output.parent, stale=_stale(baseline)
            )
        elif form == "xlsx":
            write_sheets(_ranked(results, language, folder), files[0], _TABLES, language, folder=output.parent)
        else:
            by_table: dict[Table, BinaryIO] = dict(zip(_TABLES, files, strict=True))
            tables = (_tables(result, language, folder) for result in results)
            if form == "csv":
                write_csv(tables, by_table, language, delimiter)
            else:
                write_parquet(tables, by_table)


def _tables(result: FileResult, language: Language, folder: str | None) -> dict[Table, Iterable[Row]]:
    """The rows of one file in each table."""
    report = result.report
    return {
        "files": [file_row(result, folder)],
        "reviews": _reviews(result, language, folder),
        "indicators": rows_of(report, "indicators", language=language, path=result.path) if report else (),
        "claims": rows_of(report, "claims", language=language, path=result.path) if report else (),
    }


def _reviews(result: FileResult, language: Language, folder: str | None) -> Iterator[Row]:
    """The findings as a reviewer goes through them: those dismissed have their state, the others wait for one."""
    for row in finding_rows(result, language):
        yield {
            **row,
            "path": below(result.path, folder) or result.path,
            "review_state": None if row["dismissed_reason"] is None else "dismissed",
            "review_note": None,
            "dismissed_on": whole_date(on) if isinstance(on := row["dismissed_on"], str) else None,
        }


def _ranked(
    results: Iterable[FileResult], language: Language, folder: str | None
) -> Iterator[dict[Table, Iterable[Row]]]:
    """The tables of each file, and last of all the rows of the files, the worst first."""
    with ranked() as ranking:
        for result in results:
            tables = _tables(result, language, folder)
            for row in tables.pop("files"):
                ranking.add(row)
            yield tables
        yield {"files": ranking.rows()}


def _stale(baseline: Baseline | None) -> Iterator[Dismissal]:
    """The dismissals that fit no finding, as they are when all results have gone by."""
    if baseline is not None:
        yield from baseline.stale
