"""Findings that were looked at and dismissed, kept in a TOML file that people edit and keep under version control.

A dismissal is known by the rule, the words and the file of the findings that it dismisses, not by where they stand: it
fits all findings of the same rule and words in that file. It survives whatever moves words about, and no change of a
figure in them.
"""

from __future__ import annotations

import json
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field, ValidationError, field_validator

from de06_extract.archive.decision import review_row
from de06_extract.archive.rows import below
from de06_extract.archive.store.results import FileResult
from de06_extract.errors import BaselineError
from de06_extract.language.messages import messages, said
from de06_extract.schema.display import Language
from de06_extract.schema.report import Model
from de06_extract.schema.rows import Parsed, Row
from de06_extract.schema.selection import EVERYTHING, Selection
from de06_extract.toml_files import TomlError, parse, read_text
from de06_extract.whole_files import EVERYBODY, replacing

Day = date  # the type, where the field has its name
_TABLE = "dismissed"
_HERE = ("./", "../")  # what a path that starts from the file of dismissals begins with


class Dismissal(Model):
    """The dismissal of a finding: why, when, and by whom; `data/messages/baseline.toml` says what each field means."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    file: str = Field(min_length=1)
    rule: str = Field(min_length=1)
    quote: str
    reason: str
    date: Day = Field(strict=False)
    who: str | None = None

    @field_validator("reason")
    @classmethod
    def _says_something(cls, reason: str) -> str:
        if not reason.strip():
            raise ValueError(said("errors", "no_reason"))
        return reason

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for dismissals of the same findings: file, rule and words, whatever white space is between them."""
        return self.file, self.rule, _words(self.quote)

    @property
    def mark(self) -> dict[str, str]:
        """What a finding that it dismisses shows of it."""
        return {"reason": self.reason, "date": self.date.isoformat(), **({"who": self.who} if self.who else {})}

    @property
    def told(self) -> dict[str, str]:
        """The same as a decision tells it."""
        return {"state": "dismissed", **self.mark}


class Baseline:
    """Dismissals that note which findings they fit, so that afterwards it is known which are `stale`."""

    def __init__(self, dismissals: Iterable[Dismissal] = (), folder: Path | None = None) -> None:
        self.dismissals = tuple(dismissals)
        self._by_file: dict[str, list[int]] = {}
        for number, dismissal in enumerate(self.dismissals):
            for key in _keys(dismissal.file, folder):
                self._by_file.setdefault(key, []).append(number)
        self._words = [_words(dismissal.quote) for dismissal in self.dismissals]
        self._fitting: set[int] = set()
        self._judged: set[int] = set()
        self._unread: set[int] = set()

    def dismissal(self, path: str, rule: str, quote: str) -> Dismissal | None:
        """The dismissal of a finding by its file, rule and words, None where it is open; the longest path counts."""
        words = _words(quote)
        for number in self._of_file(path):
            if self.dismissals[number].rule == rule and self._words[number] == words:
                self._fitting.add(number)
                return self.dismissals[number]
        return None

    def visit(self, path: str, *, is_read: bool) -> bool:
        """Takes note of a file, so that its dismissals are stale where they fit nothing; True where it has some."""
        of_file = set(self._of_file(path))
        if is_read:
            self._judged |= of_file
        else:
            self._unread |= of_file
        return bool(of_file)

    def mark(self, result: FileResult) -> FileResult:
        """The result, each finding within and across reports that is dismissed with the reason and the date."""
        has_some = self.visit(result.path, is_read=result.report is not None)
        if result.report is None or not has_some:
            return result
        findings = [self._marked(result.path, finding) for finding in result.report["findings"]]
        across = tuple(self._marked_row(result.path, row) for row in result.across)
        return replace(result, report={**result.report, "findings": findings}, across=across)

    @property
    def stale(self) -> tuple[Dismissal, ...]:
        """The dismissals that fitted no finding so far, but for those of files that could not be read."""
        idle = set(range(len(self.dismissals))) - self._fitting - (self._unread - self._judged)
        return tuple(self.dismissals[number] for number in sorted(idle))

    @property
    def kept(self) -> tuple[Dismissal, ...]:
        """The dismissals that still hold, or of which nobody can say: their files were not among the results."""
        lost = self._judged - self._fitting
        return tuple(dismissal for number, dismissal in enumerate(self.dismissals) if number not in lost)

    def _of_file(self, path: str) -> Iterator[int]:
        """The dismissals of a file, those with the longest path first."""
        for key in _ends(path):
            yield from self._by_file.get(key, ())

    def _marked(self, path: str, finding: Parsed) -> Parsed:
        found = self.dismissal(path, finding["rule"], finding["quote"])
        return finding if found is None else {**finding, "dismissed": found.mark, "decision": found.told}

    def _marked_row(self, path: str, row: Row) -> Row:
        found = self.dismissal(path, str(row["rule"]), str(row["quote"]))
        if found is None:
            return row
        dismissed = {"dismissed_reason": found.reason, "dismissed_on": found.date.isoformat()}
        return {**row, **dismissed, **review_row(found.told)}


def read_baseline(path: Path) -> Baseline:
    """The dismissals of a file. Raises a `BaselineError` that names the file, the entry and the field."""
    try:
        data = parse(read_text(path))
    except TomlError as error:
        raise BaselineError(f"{path}: {error}") from error
    unknown = [name for name in data if name != _TABLE]
    if unknown:
        raise BaselineError(f"{path}: " + said("errors", "no_such_table", value=unknown[0], table=_TABLE))
    items = data.get(_TABLE, [])
    if not isinstance(items, list):
        raise BaselineError(f"{path}: " + said("errors", "two_brackets", table=_TABLE))
    return Baseline((_dismissal(item, number, path) for number, item in enumerate(items, 1)), path.parent)


def write_baseline(
    output: Path,
    results: Iterable[FileResult],
    *,
    today: date,
    reason: str | None = None,
    who: str | None = None,
    known: Baseline | None = None,
    folder: str | None = None,
    wanted: Selection = EVERYTHING,
    language: Language = "vi",
    mode: int = EVERYBODY,
) -> Baseline:
    """Writes a file that dismisses every finding of the results, all of it or nothing, and gives what it holds.

    Findings that are not wanted are not dismissed. One that is marked as dismissed already keeps its reason, date and
    person.

    What `known` dismisses, by default what the file that is there already does, keeps its reason and date; the others
    get `reason`, `who` and the date of today. A dismissal that fits no finding any more is left out, unless its file is
    not among the results or could not be read. Paths are as seen from the output's folder, or from `folder`, where the
    archive lies. Only those may read it whom `mode` lets, as the store. Raises a `BaselineError` where the file that is
    there cannot be used, an `OSError`.
    """
    if known is None:
        known = read_baseline(output) if output.is_file() else Baseline()
    given = reason or str(messages("baseline")[language]["reason"])
    here = output.parent.absolute().as_posix()
    usual: dict[str, Any] = {"reason": given, "date": today, "who": who}
    new = (
        Dismissal(file=_file(path, here, folder), rule=rule, quote=_words(quote), **{**usual, **told})
        for path, rule, quote, told in _open_findings(results, known, wanted)
    )
    found = {dismissal.key: dismissal for dismissal in new}
    found.update((dismissal.key, dismissal) for dismissal in known.kept)
    baseline = Baseline((found[key] for key in sorted(found)), output.parent)
    with replacing(output, mode=mode) as (file,):
        file.writelines(part.encode() for part in _text(baseline, language))
    return baseline


def _open_findings(
    results: Iterable[FileResult], known: Baseline, wanted: Selection
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """The path, rule and words of each wanted finding that `known` does not dismiss, and what dismisses it otherwise.

    `known` takes note of every result.
    """
    for result in results:
        known.mark(result)
        for rule, quote, confidence, told in _findings(result):
            if known.dismissal(result.path, rule, quote) is None and wanted.has(rule, confidence):
                yield result.path, rule, quote, told


def _findings(result: FileResult) -> Iterator[tuple[str, str, Decimal | None, dict[str, str]]]:
    """The rule, the words and the confidence of each finding at a file, and what it says of its dismissal."""
    for finding in result.report["findings"] if result.report is not None else ():
        yield finding["rule"], finding["quote"], finding.get("confidence"), _said(finding.get("dismissed") or {})
    for row in result.across:
        on, reason = row.get("dismissed_on"), row.get("dismissed_reason")
        told = {} if on is None else {"reason": reason, "date": on, "who": row.get("review_who")}
        yield str(row["rule"]), str(row["quote"]), None, _said(told)


def _said(dismissed: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a dismissal that hold something."""
    return {key: str(value) for key, value in dismissed.items() if value}


def _file(path: str, here: str, folder: str | None) -> str:
    """The name of a file, from the folder of the dismissals, else from that of the archive; never its last part alone.

    >>> [_file(path, "/de06", "/kho") for path in ("/de06/2024/a.pdf", "/de06/a.pdf", "/kho/2024/a.pdf", "/kho/a.pdf")]
    ['2024/a.pdf', './a.pdf', '2024/a.pdf', 'kho/a.pdf']
    """
    path = _whole(path)
    seen = below(path, here)
    if seen is not None:
        return seen if "/" in seen else f"./{seen}"
    seen = below(path, folder)
    if seen is None or folder is None:
        return path
    return seen if "/" in seen else f"{folder.rstrip('/').rsplit('/', 1)[-1]}/{seen}"


def _keys(file: str, folder: Path | None) -> set[str]:
    """The ends of paths, or whole paths, by which a dismissal of this file is found."""
    file = unicodedata.normalize("NFC", file.replace("\\", "/"))
    if "://" in file:
        return {file}
    if file.startswith(_HERE) and folder is not None:
        return {posixpath.normpath(f"{start.as_posix()}/{file}") for start in (folder.absolute(), folder.resolve())}
    return {posixpath.normpath(file)}


def _ends(path: str) -> Iterator[str]:
    """The path and all its ends in whole names, the longest first.

    >>> list(_ends("/kho/2024/a.pdf"))
    ['/kho/2024/a.pdf', 'kho/2024/a.pdf', '2024/a.pdf', 'a.pdf']
    """
    end = unicodedata.normalize("NFC", _whole(path).replace("\\", "/"))
    yield end
    while "/" in end:
        end = end.partition("/")[2]
        yield end


def _words(quote: str) -> str:
    """The words whatever white space stands between them, as the file can hold them."""
    return " ".join(unicodedata.normalize("NFC", _whole(quote)).split())


def _whole(text: str) -> str:
    """The text with whole characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text(baseline: Baseline, language: Language) -> Iterator[str]:
    for line in messages("baseline")[language]["head"].strip("\n").split("\n"):
        yield f"# {line}\n"
    for dismissal in baseline.dismissals:
        yield f"\n[[{_TABLE}]]\n"
        for key, value in dismissal.model_dump(exclude_none=True).items():
            yield f"{key} = {value.isoformat() if isinstance(value, date) else _quoted(value)}\n"


def _quoted(text: str) -> str:
    """The text as a basic string of TOML: that of JSON, but for U+007F.

    >>> print(_quoted('«a\\\\b» "c"'), _quoted("a\\x7f\\x1e"))
    "«a\\\\b» \\"c\\"" "a\\u007f\\u001e"
    """
    return json.dumps(_whole(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _dismissal(item: Any, number: int, path: Path) -> Dismissal:
    """The entry of a file; an error names it by its number, and by its file where that is known."""
    try:
        return Dismissal.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        file = item.get("file") if isinstance(item, dict) else None
        name = f"{_TABLE} {number}" + (f" ({file})" if isinstance(file, str) else "")
        field = ".".join(map(str, first["loc"]))
        raise BaselineError(f"{path}: {name}: {field}: {first['msg'].removeprefix('Value error, ')}") from error
