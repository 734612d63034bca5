"""A folder whose reports are read again when they are saved: what happened to each since it was read before."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from de06_extract.archive.baseline import Baseline
from de06_extract.archive.files.hidden_names import is_hidden
from de06_extract.archive.files.patterns import EVERY_FILE, PathPatterns
from de06_extract.archive.rows import NO_REPORTS
from de06_extract.archive.watching.changes import NO_CHANGE, Change, compared
from de06_extract.archive.watching.saved_files import SavedFiles, look_at
from de06_extract.errors import InternalError, UnreadableError
from de06_extract.language.messages import Language
from de06_extract.readers import readers
from de06_extract.schema.cards.card import Card
from de06_extract.schema.cards.make import numbered, report_cards
from de06_extract.schema.report import Report

_UNFINISHED = ("damaged", "empty", "missing", "scan")  # reasons of a file that may be half written, or held by another
_TRIES = 5  # readings of such a file before it is told

What = Literal["first", "changed", "same", "renamed", "gone", "unread"]


@dataclass(frozen=True, slots=True)
class FileEvent:
    """What happened to a file: `path` is as seen from the folder, `former` the path before a renaming."""

    path: str
    what: What
    change: Change = NO_CHANGE
    former: str | None = None
    error: UnreadableError | InternalError | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    sha256: str
    cards: tuple[Card, ...]


class WatchedFolder:
    """The reports of a folder, or one that is named, as they were when they were last read.

    `read` gives the report on a path that is to be called by a name, with the findings that are wanted. What `baseline`
    dismisses is not told. `but` are files that are no reports.
    """

    def __init__(
        self,
        path: Path,
        read: Callable[[str, str], Report],
        *,
        wanted: PathPatterns = EVERY_FILE,
        but: Iterable[Path] = (),
        baseline: Baseline | None = None,
        language: Language = "vi",
        files: SavedFiles | None = None,
    ) -> None:
        whole = os.path.abspath(path)
        self._only = whole if os.path.isfile(whole) else None
        self.folder = os.path.dirname(whole) if self._only else whole
        self._read, self._wanted, self._language = read, wanted, language
        self._but = {os.path.abspath(file) for file in but}
        self._baseline = baseline or Baseline()
        self._files = files or SavedFiles()
        self._known: dict[str, _Reading] = {}
        self._with_content: defaultdict[str, dict[str, None]] = defaultdict(dict)  # the paths of those known, by hash
        self._tries: Counter[str] = Counter()

    @property
    def has_subfolders(self) -> bool:
        """False where one file alone is watched."""
        return self._only is None

    def reports(self) -> list[str]:
        """The files that may be reports, those that were saved last first."""
        found = {path: seen for path in self._below(self.folder) if (seen := look_at(path)) is not None}
        return sorted(found, key=lambda path: (found[path], path), reverse=True)

    def changed(self, paths: Iterable[str], now: float) -> None:
        """Takes note of what the system says has changed: files, or folders with all that is in them."""
        changed = dict.fromkeys(map(os.path.abspath, paths))
        folders = {path for path in changed if look_at(path) is None}  # or what was one, or a file that is gone
        for known in (*self._known, *self._tries) if folders else ():
            if not folders.isdisjoint(self._folders_of(known)):
                self._files.add(known, now)
        for path in changed:
            for file in self._below(path) if os.path.isdir(path) else (path,):
                if self._is_wanted(file):
                    self._files.add(file, now)

    def events(self, now: float) -> Iterator[FileEvent]:
        """What happened to the files that are written whole now."""
        for path in self._files.taken(now):
            event = self.event(path, now)
            if event is not None:
                yield event

    def event(self, path: str, now: float) -> FileEvent | None:
        """What happened to a file, None where nothing did or it will be looked at again."""
        seen = look_at(path)
        if seen is None:
            is_known = self._forgotten(path) is not None
            self._tries.pop(path, None)
            return FileEvent(self._shown(path), "gone") if is_known else None
        try:
            report = self._read(path, self._shown(path))
        except UnreadableError as error:
            return self._unread(path, error, now)
        except InternalError as error:
            return FileEvent(self._shown(path), "unread", error=error)
        if look_at(path) != seen:  # it was written to meanwhile
            self._files.add(path, now)
            return None
        self._tries.pop(path, None)
        return self._read_again(path, _Reading(report.source.sha256, self._cards(path, report)))

    def _read_again(self, path: str, reading: _Reading) -> FileEvent | None:
        before = self._known.get(path)
        if before is None:
            former = self._former(reading.sha256)
            if former is not None:
                self._keep(path, self._forgotten(former) or reading)
                return FileEvent(self._shown(path), "renamed", former=self._shown(former))
        elif before.sha256 == reading.sha256:
            return None
        self._keep(path, reading)
        change = compared(before.cards if before else (), reading.cards)
        what: What = "first" if before is None else "changed" if change.new or change.gone else "same"
        return FileEvent(self._shown(path), what, change)

    def _unread(self, path: str, error: UnreadableError, now: float) -> FileEvent | None:
        if error.reason in NO_REPORTS:
            return None
        self._tries[path] += 1
        if error.reason in _UNFINISHED and self._tries[path] < _TRIES:
            self._files.add(path, now)
            return None
        del self._tries[path]
        return FileEvent(self._shown(path), "unread", error=error)

    def _former(self, sha256: str) -> str | None:
        """The path of a report with this content that is no longer there."""
        return next((path for path in self._with_content[sha256] if look_at(path) is None), None)

    def _keep(self, path: str, reading: _Reading) -> None:
        self._forgotten(path)
        self._known[path] = reading
        self._with_content[reading.sha256][path] = None

    def _forgotten(self, path: str) -> _Reading | None:
        """What was known of a file, and is not from here on."""
        known = self._known.pop(path, None)
        if known is not None:
            del self._with_content[known.sha256][path]
        return known

    def _cards(self, path: str, report: Report) -> tuple[Card, ...]:
        """The cards of what is not dismissed."""
        listed = path.replace(os.sep, "/")
        open_ = [
            card
            for card in report_cards(report.model_dump(), self._language)
            if self._baseline.dismissal(listed, card.rule, str(card.finding["quote"])) is None
        ]
        return numbered(open_, self._language)

    def _below(self, folder: str) -> Iterator[str]:
        """The files in a folder and in those below that may be reports; none where a link leads to it."""
        for place, folders, names in () if self._is_behind_link(folder) else os.walk(folder):
            folders[:] = [name for name in folders if self._only is None and not is_hidden(name)]
            yield from (path for name in names if self._is_wanted(path := os.path.join(place, name)))

    def _is_wanted(self, path: str) -> bool:
        if self._only is not None:
            return path == self._only
        below = os.path.relpath(path, self.folder).replace(os.sep, "/")
        names = below.split("/")
        may_be = os.path.splitext(path)[1].lower() in readers() and not any(map(is_hidden, names))
        is_own = names[0] != ".." and path not in self._but and self._wanted.wants(below)
        return may_be and is_own and not self._is_behind_link(os.path.dirname(path))

    def _is_behind_link(self, folder: str) -> bool:
        """True of a folder below that is a link, or lies in one: whoever put it there may not read what it leads to."""
        return any(place != self.folder and os.path.islink(place) for place in (folder, *self._folders_of(folder)))

    def _folders_of(self, path: str) -> Iterator[str]:
        """The folders that a path lies in, up to the one that is watched."""
        while len(path) > len(self.folder):
            path = os.path.dirname(path)
            yield path

    def _shown(self, path: str) -> str:
        """The path as seen from the folder, as text."""
        return os.fsencode(os.path.relpath(path, self.folder)).decode("utf-8", "replace")


def causes_in(events: Collection[FileEvent]) -> int:
    """How many places there are to look at in the files of these events."""
    return sum(event.change.left for event in events)
