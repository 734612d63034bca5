"""An archive at a glance: how many files were read, what was found in them, which have most errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from rich.console import Console
from rich.text import Text

from de06_extract.archive.rows import NO_REPORTS, SEVERITIES, below
from de06_extract.archive.store.results import FindingKey, PathContent
from de06_extract.language.messages import messages
from de06_extract.output.console import show_text
from de06_extract.schema.display import Language, counted, one_line
from de06_extract.schema.report import Severity
from de06_extract.schema.selection import EVERYTHING, Selection

_MOST = 10  # reports and files that are named
_INDENT = 3


@dataclass
class Overview:
    """The files of an archive by what came out of them; a content counts once, however many paths have it.

    `severities` counts the findings that are not dismissed, `by_path` those of each report; `failures` has the paths
    of the files without a report by reason. `folder` is the one that all files lie in, if there is one.
    `left_out` findings were not sure enough.
    """

    files: int = 0
    same: int = 0
    dismissed: int = 0
    left_out: int = 0
    severities: Counter[str] = field(default_factory=Counter)
    by_path: dict[str, Counter[str]] = field(default_factory=dict)
    failures: dict[str, list[str]] = field(default_factory=dict)
    folder: str | None = None

    @property
    def failed(self) -> int:
        """How many files that may be reports could not be read."""
        return sum(len(paths) for reason, paths in self.failures.items() if reason not in NO_REPORTS)

    @property
    def no_reports(self) -> dict[str, list[str]]:
        """The paths of the files that nobody takes for reports, by reason."""
        return {reason: self.failures[reason] for reason in NO_REPORTS if reason in self.failures}

    @property
    def read(self) -> int:
        """How many files have a report."""
        return self.files - sum(map(len, self.failures.values()))

    def has(self, severity: Severity) -> bool:
        """True where there is a finding of this severity or a worse one that is not dismissed."""
        return any(self.severities[known] for known in SEVERITIES[: SEVERITIES.index(severity) + 1])

    def worst(self) -> list[tuple[str, Counter[str]]]:
        """The reports with findings, those with most errors first, then warnings."""
        return sorted(
            self.by_path.items(), key=lambda item: (*(-item[1][severity] for severity in SEVERITIES), item[0])
        )


def overview_of(
    outlines: Iterable[PathContent], heads: Iterable[tuple[FindingKey, bool]], wanted: Selection = EVERYTHING
) -> Overview:
    """The overview of files and of their findings, each with whether it is dismissed, as far as they are wanted."""
    made = Overview()
    first: dict[tuple[str | None, str], str] = {}
    copies: set[str] = set()
    folders: set[str] = set()
    for outline in outlines:
        folders.add(outline.path.rpartition("/")[0])
        made.files += 1
        if outline.reason is not None:
            made.failures.setdefault(outline.reason, []).append(outline.path)
        elif first.setdefault((outline.sha256, outline.suffix), outline.path) != outline.path:
            copies.add(outline.path)
    made.same = len(copies)
    made.folder = _shared(folders)
    for head, is_dismissed in heads:
        if head.path in copies or not wanted.has_rule(head.rule):
            continue
        if not wanted.is_sure(head.confidence):
            made.left_out += 1
        elif is_dismissed:
            made.dismissed += 1
        else:
            severity = wanted.severity(head.rule, head.severity)
            made.severities[severity] += 1
            made.by_path.setdefault(head.path, Counter())[severity] += 1
    return made


def _shared(folders: Iterable[str]) -> str | None:
    """The innermost folder that holds all of them.

    >>> _shared({"/kho/2023", "/kho/2024/quý 1"}), _shared({"/kho", "s3://kho"})
    ('/kho', None)
    """
    parts = [folder.split("/") for folder in folders]
    shared = [names[0] for names in takewhile(lambda names: len(set(names)) == 1, zip(*parts, strict=False))]
    return "/".join(shared) or None


def show_overview(
    overview: Overview, console: Console, language: Language, *, time: str | None = None, known: int = 0
) -> None:
    """Prints the counts, the reports with most errors, and the files that could not be read.

    `time` is how long it took, None where nothing was checked now; `known` files had a result from before.
    """
    words, severity_words = messages("archive")[language], messages("report")[language]["severities"]
    counts = {"files": overview.files, "read": overview.read, "failed": overview.failed, "time": time}
    show_text(console, Text(words["held" if time is None else "checked"].format(**counts), "bold"))
    for reason, paths in overview.no_reports.items():
        show_text(console, Text(words["no_reports"][reason].format(count=len(paths))))
    if known:
        show_text(console, Text(words["known"].format(known=known)))
    if overview.same:
        show_text(console, Text(words["same"].format(same=overview.same)))
    if overview.severities:
        severities = counted(severity_words, overview.severities)
        show_text(console, Text(words["found"].format(reports=len(overview.by_path), severities=severities), "bold"))
    elif overview.read:
        show_text(console, Text(words["found_nothing"]))
    if overview.dismissed:
        show_text(console, Text(words["dismissed"].format(dismissed=overview.dismissed)))
    if overview.left_out:
        show_text(console, Text(words["left_out"].format(count=overview.left_out)))
    worst = [
        f"{one_line(below(path, overview.folder) or path)} · {counted(severity_words, counts)}"
        for path, counts in overview.worst()
    ]
    _show_list(console, words["worst"], worst, words["more"])
    for heading, paths in _unread(overview, words, messages("page")[language]["advice"]):
        _show_list(console, heading, [one_line(below(path, overview.folder) or path) for path in paths], words["more"])


def _unread(overview: Overview, words: Mapping[str, Any], advice: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The files without a report with what stands over them: the most frequent reason first, what is no report last."""
    failures = [item for item in overview.failures.items() if item[0] not in NO_REPORTS]
    for reason, paths in sorted(failures, key=lambda item: -len(item[1])):
        heading = words["unread_list"].format(reason=words["reasons"].get(reason, reason), count=len(paths))
        yield f"{heading}. {advice[reason]}" if reason in advice else heading, paths
    for reason, paths in overview.no_reports.items():
        yield words["no_reports_list"][reason].format(count=len(paths)), paths


def _show_list(console: Console, heading: str, lines: list[str], more: str) -> None:
    if not lines:
        return
    console.print()
    show_text(console, Text(heading, "bold"))
    for line in lines[:_MOST]:
        show_text(console, Text(line), _INDENT)
    if len(lines) > _MOST:
        show_text(console, Text(more.format(count=len(lines) - _MOST), "dim"), _INDENT)
