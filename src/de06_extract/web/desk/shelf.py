"""A store as the page uses it: opened for each question alone, by one thread at a time, so that other commands go on.

SQLite's locks belong to a process: where one thread of it closed the file, another one would lose its own. So no two
threads have it open at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import Decisions
from de06_extract.archive.store.heads import path_key
from de06_extract.archive.store.outcome import Options
from de06_extract.archive.store.results import FileResult, PathContent, StoredResults, read_store
from de06_extract.archive.store.store import Attempt, Store, open_latest, open_store
from de06_extract.schema.display import Language

_OWNER = 0o600


@dataclass(frozen=True, slots=True)
class FileOverview:
    """A file at a glance: how many findings it has, how many are open; `reason` is why there is no report, if so."""

    path: str
    reason: str | None
    findings: int
    open: int

    @property
    def key(self) -> str:
        """Its short name in addresses."""
        return path_key(self.path)

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.rsplit("/", 1)[-1]


class Shelf:
    """A store with results, and what was decided of them."""

    def __init__(self, path: Path, language: Language) -> None:
        self.path, self.language = path, language
        self._lock = RLock()

    @contextmanager
    def reading(self) -> Iterator[StoredResults]:
        """The store as its latest run saw it. Raises a `StoreError`."""
        with self._lock, read_store(self.path) as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store to write decisions into. Raises a `StoreError`, also where another command writes it."""
        with self._lock, open_latest(self.path) as store:
            yield store

    def result(self, key: str) -> FileResult | None:
        """What came out of a file, each finding with what was decided of it; None where there is no such file."""
        with self.reading() as store:
            path = _path(store, key)
            result = None if path is None else next(store.results(path=path), None)
            return result and Decisions(store.decisions(), language=self.language).mark(result)

    def file(self, key: str) -> PathContent | None:
        """A file without what came out of it; None where there is no such file."""
        with self.reading() as store:
            path = _path(store, key)
            return None if path is None else next(store.files(path=path), None)

    def read_paths(self) -> set[str]:
        """The paths of the files of which there is a report."""
        with self.reading() as store:
            return {file.path for file in store.files() if file.reason is None}

    def overview(self) -> dict[str, FileOverview]:
        """Every file at a glance, by its path."""
        with self.reading() as store:
            decided = {(one.path, one.finding_id) for one in store.decisions() if one.state != "unseen"}
            found, open_ = Counter[str](), Counter[str]()
            for key in store.finding_keys():
                found[key.path] += 1
                open_[key.path] += (key.path, key.finding_id) not in decided
            return {
                file.path: FileOverview(file.path, file.reason, found[file.path], open_[file.path])
                for file in store.files()
            }

    def decisions(self) -> dict[tuple[str, str], Decision]:
        """What was decided of findings, by path and id."""
        with self.reading() as store:
            return {(one.path, one.finding_id): one for one in store.decisions()}

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Keeps decisions, each in place of the one before."""
        with self.writing() as store:
            store.save_decisions(decisions)


class OwnShelf(Shelf):
    """The store of the files that were dropped, which this program alone writes."""

    def __init__(self, path: Path, options: Options) -> None:
        super().__init__(path, options.lang)
        self._options = options
        with self._lock, open_store(path, options, _OWNER) as store:
            self._run = store.begin_run(())
            store.end_run(self._run, "finished")

    def save(self, attempt: Attempt) -> None:
        """Keeps what came out of a file."""
        with self._lock, open_store(self.path, self._options, _OWNER) as store:
            store.save(self._run, attempt)

    def erase(self, path: str) -> None:
        """Takes away all that is known of a file."""
        with self._lock, open_store(self.path, self._options, _OWNER) as store:
            store.erase(path)


def _path(store: StoredResults, key: str) -> str | None:
    return next((path for path in store.paths() if path_key(path) == key), None)
