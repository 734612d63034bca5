"""The type of an output form: its name, which endings ask for it, and how it writes one report or an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from de06_extract.archive.baseline import Dismissal
from de06_extract.archive.decision import Check, Decision
from de06_extract.archive.store.results import FileResult
from de06_extract.archive.workers.limits import Limits
from de06_extract.optional_libraries import load_extra
from de06_extract.output.tables.columns import KINDS
from de06_extract.output.tables.csv_tables import Delimiter, Headers
from de06_extract.schema.display import Language
from de06_extract.schema.report import Report
from de06_extract.schema.rows import Kind


@dataclass(frozen=True, slots=True)
class Settings:
    """How results are to be written; each form takes from it what it knows.

    `folder` is where the output will lie: links to source files are relative to it. Of one report, `path` is that of
    its file, None where it has none, `tables` are those that are wanted, plain text has no styles of a
    terminal, and verbose text names the rules that judged something; `output` is what is written to, None for a
    stream; `source` gives the bytes that were read, which copies of the document need, None where that is not known,
    and `limits` are those of the process that makes such a copy, None for this one.
    Of an archive, `root` is the folder that all its files lie in, if there is one, `made_on` the day that a page names,
    `stale` gives, once all results have been written, the dismissals that fit no finding any more, and `settled` are
    the decisions on findings that are not there any more, each with what came of looking for it.
    """

    language: Language = "vi"
    delimiter: Delimiter = "comma"
    headers: Headers = "words"
    folder: Path | None = None
    path: str | None = None
    tables: Sequence[Kind] = KINDS
    is_plain: bool = True
    is_verbose: bool = False
    output: Path | None = None
    source: Callable[[], bytes] | None = None
    limits: Limits | None = None
    root: str | None = None
    made_on: date | None = None
    stale: Iterable[Dismissal] = ()
    settled: Sequence[tuple[Decision, Check]] = ()


class Extra(NamedTuple):
    """A library that is not always installed, and the extra of this package that installs it."""

    library: str
    name: str


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which results are written.

    Its `tables` are none, together in one file, or apart, each in a file of its own. `of_report` writes one report to
    one file, or to one for each of the settings' tables where they are apart; `of_archive` writes all results likewise,
    and takes them one at a time; `of_units` writes a file for each unit whose reports they are, for those to read whom
    a mode lets, and gives the files. A form that lacks one of them is not for that.
    What `of_report` returns is to be said of what was written.
    """

    name: str
    suffixes: tuple[str, ...]
    is_binary: bool = False
    extra: Extra | None = None
    tables: Literal["none", "together", "apart"] = "none"
    has_delimiter: bool = False
    of_report: Callable[[Report, Sequence[BinaryIO], Settings], Sequence[str] | None] | None = None
    of_archive: Callable[[Iterable[FileResult], Sequence[BinaryIO], Settings], None] | None = None
    of_units: Callable[[Iterable[FileResult], Path, Settings, int], tuple[Path, ...]] | None = None

    def require(self) -> None:
        """Raises a `MissingExtraError` where its library is not installed, before any work is done for it."""
        if self.extra is not None:
            load_extra(self.extra.library, self.extra.name)

    def files(self, output: Path, tables: Sequence[str]) -> tuple[Path, ...]:
        """The files that the output will be: of several tables that lie apart one each, named after it.

        >>> [str(path) for path in Format("csv", (".csv",), tables="apart").files(Path("a.CSV"), ["claims", "files"])]
        ['a.claims.CSV', 'a.files.CSV']
        """
        if self.tables != "apart" or len(tables) == 1:
            return (output,)
        is_named = output.suffix.lower() in self.suffixes
        stem, suffix = (output.stem, output.suffix) if is_named else (output.name, self.suffixes[0])
        return tuple(output.with_name(f"{stem}.{table}{suffix}") for table in tables)
