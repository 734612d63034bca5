"""The check of an archive: every file once, what comes out of it kept at once, so that a stopped run can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Protocol

from de06_extract.archive.across.find import find_across
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.files.finder import ListedFiles
from de06_extract.archive.store.store import Attempt, Store
from de06_extract.archive.workers.work import FileAtWork
from de06_extract.errors import NoTextError
from de06_extract.indicators.taxonomy import Taxonomy
from de06_extract.readers import missing_for_scans
from de06_extract.schema.display import Language

RETRIED = frozenset(  # another try may end otherwise
    {"timeout", "stalled", "memory", "crashed", "internal", "not-installed"}
)
_OF_SCANS = frozenset({NoTextError.reason})  # these end otherwise where scans can be read now


class Engine(Protocol):
    """Whatever runs the workers, on this machine or on a cluster: the same attempts but for their order."""

    def attempts(self, entries: Iterable[ArchiveFile], known: AbstractSet[tuple[str, str]]) -> Iterator[Attempt]:
        """An attempt for every entry, as they end; contents that are `known`, by hash and suffix, are not checked."""


class WatchedEngine(Engine, Protocol):
    """An engine that tells what its workers are at."""

    def at_work(self) -> tuple[FileAtWork, ...]:
        """The files that workers have at this moment, as far as that is known."""


def update_store(
    store: Store,
    found: ListedFiles,
    engine: Engine,
    *,
    arguments: Iterable[str] = (),
    retried: Iterable[str] = (),
    language: Language = "vi",
    known: Taxonomy | None = None,
    watch: Callable[[Attempt], None] = lambda attempt: None,
) -> int:
    """Checks the files that the store does not know, then holds the reports against each other.

    Files that failed for one of the `retried` reasons are checked again, and so are scans, and files with pages that
    are images, that were met where nothing was installed to read them, if it is now; `watch` is told of every file.
    `known` is the taxonomy where that is not the package's. Gives the number of files that are no longer there and were
    taken out of the store. A run that is stopped leaves what is done.
    """
    before = store.fingerprint_when_finished()
    run = store.begin_run(arguments)
    try:
        for attempt in engine.attempts(found.entries, _done(store, frozenset(retried))):
            store.save(run, attempt)
            watch(attempt)
        gone = store.forget(found.misses)
        if before is None or store.fingerprint() != before:  # else the same reports say the same of each other
            store.save_across(find_across(store, language, known))
    except BaseException:
        store.end_run(run, "interrupted")
        raise
    store.end_run(run, "finished")
    return gone


def _done(store: Store, retried: AbstractSet[str]) -> set[tuple[str, str]]:
    """The contents that are not checked again."""
    if missing_for_scans() is not None:
        return store.known(but=retried)
    return store.known(but=retried | _OF_SCANS) - store.partly_read()
