"""An archive in the form that the name of its file asks for, from the results one after the other.

No form holds more than one file's report in memory, so that an archive of any size can be written; what is written
depends on the results alone, not on the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from de06_extract.archive.baseline import Baseline, Dismissal
from de06_extract.archive.decision import Check, Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.store.results import FileResult
from de06_extract.errors import ReportFormError
from de06_extract.language.messages import said
from de06_extract.output.format import Format, Settings
from de06_extract.output.formats import format_of_ending, formats
from de06_extract.output.tables.csv_tables import Delimiter, Headers
from de06_extract.output.tables.of_archive import NAMES
from de06_extract.schema.display import Language
from de06_extract.whole_files import EVERYBODY, replacing


def archive_formats() -> tuple[Format, ...]:
    """The forms in which an archive is written."""
    return tuple(form for form in formats().values() if form.of_archive is not None)


def printed_formats() -> tuple[Format, ...]:
    """The forms in which an archive may stand on standard output: one stream of text."""
    return tuple(form for form in archive_formats() if form.tables == "none" and not form.is_binary)


def archive_format(output: Path) -> Format:
    """The form that the end of the name asks for. Raises a `ReportFormError`, or a `MissingExtraError`.

    >>> archive_format(Path("Kết quả.XLSX")).name
    'xlsx'
    """
    form = format_of_ending(output)
    if form is None or form.of_archive is None:
        endings = ", ".join(suffix for known in archive_formats() for suffix in known.suffixes)
        key = "not_of_archive" if form is None else "of_report"
        raise ReportFormError(said("forms", key, path=output, known=endings, suffix=output.suffix))
    form.require()
    return form


def archive_files(output: Path) -> tuple[Path, ...]:
    """The files that the output will be: CSV and Parquet have one a table, named after it.

    >>> [path.name for path in archive_files(Path("out.csv"))]
    ['out.files.csv', 'out.findings.csv', 'out.indicators.csv', 'out.claims.csv']
    """
    return archive_format(output).files(output, tuple(NAMES.values()))


def write_archive(
    results: Iterable[FileResult],
    output: Path,
    *,
    language: Language = "vi",
    delimiter: Delimiter = "comma",
    headers: Headers = "words",
    folder: str | None = None,
    baseline: Baseline | None = None,
    decisions: Decisions | None = None,
    settled: Sequence[tuple[Decision, Check]] = (),
    made_on: date | None = None,
    mode: int = EVERYBODY,
) -> None:
    """Writes the results on the files of an archive, all of it or nothing; they are read once.

    `folder` is where the archive lies: paths below it are shown as seen from there. The findings that `baseline`
    dismisses are marked, and afterwards it knows which of its dismissals are stale; `decisions` say more, and have a
    baseline of their own, and `settled` are those on findings that are gone. A page says that it was made on the day
    `made_on`. Only those may read it whom `mode` lets, as the store. Raises a `ReportFormError` where the name does not
    say which form, a `MissingExtraError` where the library for it is not installed, an `OSError`.
    """
    form = archive_format(output)
    assert form.of_archive is not None
    marks = baseline if decisions is None else decisions
    if marks is not None:
        results = map(marks.mark, results)
    settings = Settings(
        language=language,
        delimiter=delimiter,
        headers=headers,
        folder=output.parent,
        root=folder,
        made_on=made_on,
        stale=_stale(marks),
        settled=settled,
    )
    with replacing(*archive_files(output), mode=mode) as files:
        form.of_archive(results, files, settings)


def write_units(
    results: Iterable[FileResult],
    output: Path,
    decisions: Decisions | None = None,
    *,
    language: Language = "vi",
    mode: int = EVERYBODY,
) -> tuple[Path, ...]:
    """Writes a file for each unit whose reports the results are, in a folder named after the output; gives the files.

    Raises an `OSError`.
    """
    form = archive_format(output)
    assert form.of_units is not None
    marked = results if decisions is None else map(decisions.mark, results)
    return form.of_units(marked, output, Settings(language=language), mode)


def print_archive(
    results: Iterable[FileResult],
    form: Format,
    file: BinaryIO,
    *,
    language: Language = "vi",
    folder: str | None = None,
    decisions: Decisions | None = None,
    made_on: date | None = None,
) -> None:
    """Writes the results in one of the `printed_formats` to an open file, as `write_archive` does to one of its own."""
    assert form.of_archive is not None
    marked = results if decisions is None else map(decisions.mark, results)
    settings = Settings(language=language, folder=Path.cwd(), root=folder, made_on=made_on, stale=_stale(decisions))
    form.of_archive(marked, [file], settings)


def _stale(marks: Baseline | Decisions | None) -> Iterator[Dismissal]:
    """The dismissals that fit no finding, as they are when all results have gone by."""
    if marks is not None:
        yield from marks.stale
