"""An archive, as others check it: paths given, what came out of each file, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from de06_extract.archive.check import RETRIED, update_store
from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.finder import find_entries
from de06_extract.archive.files.patterns import PathPatterns
from de06_extract.archive.files.permissions import narrowest_mode
from de06_extract.archive.store.file import files_of
from de06_extract.archive.store.outcome import read_options
from de06_extract.archive.store.results import FileResult
from de06_extract.archive.store.store import open_store
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.local_engine import LocalEngine, usable_cores
from de06_extract.indicators.taxonomy import taxonomy
from de06_extract.schema.display import Language
from de06_extract.schema.origin import Origin
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Row
from de06_extract.schema.selection import EVERYTHING, Selection

AnyPath = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file of an archive: the report on it, or the reason in one word why there is none, and a line that says so.

    `path` is absolute; a file in an archive or a mail has the path «q1.zip!/a.pdf». `across` are the findings that hold
    its report against others of the archive, as flat rows with the keys of `report.to_rows("findings")`.
    """

    path: str
    report: Report | None
    reason: str | None = None
    message: str | None = None
    across: tuple[dict[str, Any], ...] = ()


def check_archive(
    paths: AnyPath | Iterable[AnyPath],
    *,
    store: AnyPath | None = None,
    lang: Language = "vi",
    indicators: AnyPath | None = None,
    model: AnyPath | None = None,
    keep_personal_data: bool = False,
    include: Iterable[str] = (),
    exclude: Iterable[str] = (),
    wanted: Selection = EVERYTHING,
    limits: Limits | None = None,
    jobs: int | None = None,
    retry: bool = False,
) -> Iterator[CheckedFile]:
    """What came out of the files at these paths, in the order of the paths; one report is in memory at a time.

    Paths are files, folders, patterns, ZIP and 7z archives, mails and URLs. All files are checked, by as many processes
    as there are `jobs` (cores) and within `limits`, before the first is given, since reports are held against each
    other. With a `store` the results are kept there, and what is known there is not checked again, but with `retry`
    what failed for want of time or memory; without, nothing is kept. `include` and `exclude` are patterns of
    `.gitignore`, `wanted` says which findings are.
    A file that cannot be read is a result with a reason. Raises a `PathsError` where there is nothing at a path, a
    `StoreError` where the store cannot be used, a `TaxonomyError` or a `ModelError` as `extract` does, a `WorkerError`.
    """
    options = read_options(
        lang,
        None if indicators is None else Path(indicators),
        None if model is None else Path(model),
        keep_personal_data=keep_personal_data,
    )
    limits = limits or Limits()
    known = None if options.indicators is None else taxonomy(options.indicators)
    listed = [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]
    with _kept(store) as file:
        own = (*files_of(file), *(Path(path) for path in (indicators, model) if path is not None))
        with Containers(limits) as containers:
            found = find_entries(listed, but=own, wanted=PathPatterns(include, exclude), containers=containers)
        with open_store(file, options, narrowest_mode(found.entries)) as opened:
            with LocalEngine(options, limits, jobs=jobs or usable_cores()) as engine:
                update_store(
                    opened,
                    found,
                    engine,
                    arguments=listed,
                    retried=RETRIED if retry else (),
                    language=lang,
                    known=known,
                )
            asked = {entry.path for entry in found.entries}
            for result in opened.results(wanted):
                if result.path in asked:
                    yield _checked(result, lang)


@contextmanager
def _kept(store: AnyPath | None) -> Iterator[Path]:
    """The file of the store, one that goes with the end where none is named."""
    if store is not None:
        yield Path(store)
        return
    with TemporaryDirectory(prefix="de06-extract-") as folder:
        yield Path(folder) / "store.sqlite"


def _checked(result: FileResult, language: Language) -> CheckedFile:
    report = None if result.report is None else Report.model_validate(result.report)
    report = report and report.come_from(Origin(result.path, language))
    return CheckedFile(result.path, report, result.reason, result.message, tuple(map(_own, result.across)))


def _own(row: Row) -> dict[str, Any]:
    """The row without the keys of the store."""
    return {key: value for key, value in row.items() if key not in ("checker", "path", "position")}
