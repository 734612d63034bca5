"""Decisions that come back: what the commands read of them, say of them, and refuse to overwrite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from de06_extract.archive.baseline import read_baseline
from de06_extract.archive.decision import Decision
from de06_extract.archive.decisions import change_of, dismissals, verified
from de06_extract.archive.store.results import StoredResults
from de06_extract.archive.store.store import Store
from de06_extract.commands.terminal import put, say
from de06_extract.errors import DecisionsError
from de06_extract.language.messages import messages
from de06_extract.output.tables.reviews import Reviews, read_reviews, unread_reviews
from de06_extract.schema.display import Language, counted

_LIST = ".toml"  # the ending of a file of dismissals
_WORKBOOK = ".xlsx"


def take_decisions(
    store: Store, files: Iterable[Path], language: Language, who: str | None, say: Callable[[str], None]
) -> Iterator[str]:
    """Keeps the decisions of workbooks and of files of dismissals in the store, one line said of each file.

    Rows that cannot be understood are told to `say`. Raises a `DecisionsError` where a file has none for this store.
    """
    words, today = messages("decisions")[language], date.today()
    for path in files:
        if not path.is_file():
            raise DecisionsError(words["missing"].format(path=path))
        reviews = _read(store, path, today, language)
        for problem in reviews.problems:
            say(f"{path}: {problem}")
        if reviews.decisions and not _are_of(store, reviews.decisions):
            raise DecisionsError(words["other_store"].format(path=path, store=store.path))
        change = change_of(store, reviews.decisions, today, who)
        store.save_decisions(change.kept)
        counts = {"new": change.new, "changed": change.changed, "removed": change.removed}
        yield words["read" if change.kept else "read_none"].format(path=path, count=len(change.kept), **counts)


def keep_decisions(store: Store, files: Iterable[Path], language: Language, who: str | None, *, quiet: bool) -> None:
    """Keeps the decisions of files in the store and says how many; raises as `take_decisions` does."""
    for line in take_decisions(store, files, language, who, say):
        if not quiet:
            put(line + "\n")


def refuse_to_lose_decisions(outputs: Iterable[Path], store: StoredResults | None, language: Language) -> None:
    """Raises a `DecisionsError` where an output would take the place of a workbook with decisions nobody has read.

    `store` is where they would have been kept, None where there is none.
    """
    known: list[Decision] | None = None
    for path in outputs:
        if path.suffix.lower() != _WORKBOOK or not path.is_file():
            continue
        if known is None:
            known = [] if store is None else list(store.decisions())
        count = unread_reviews(path, known, language)
        if count:
            words = messages("decisions")[language]
            line = words["unread_alone" if store is None else "unread"]
            raise DecisionsError(line.format(path=path, count=count, store=store and store.path))


def decisions_at_a_glance(store: StoredResults, language: Language, *, is_part: bool = False) -> Iterator[str]:
    """Lines that say what was decided, and what came of looking for what is said to be corrected.

    Of a part of a store only the decisions on its files count.
    """
    words = messages("decisions")[language]
    outcomes = list(verified(store, decisions_of(store, is_part=is_part)))
    states = Counter(decision.state for decision, _ in outcomes)
    if states:
        yield words["decided"].format(states=counted(words["states"], states))
    checks = Counter(check for _, check in outcomes if check is not None)
    if checks:
        yield words["corrections"].format(checks=counted(words["checks"], checks))


def decisions_of(store: StoredResults, *, is_part: bool) -> Iterator[Decision]:
    """The decisions of a store; of a part of it those on its files."""
    paths = {file.path for file in store.files()} if is_part else None
    return (one for one in store.decisions() if paths is None or one.path in paths)


def _read(store: StoredResults, path: Path, today: date, language: Language) -> Reviews:
    if path.suffix.lower() == _LIST:
        return Reviews(tuple(dismissals(store, read_baseline(path))), ())
    return read_reviews(path, today, language)


def _are_of(store: StoredResults, decisions: Iterable[Decision]) -> bool:
    """True where the store knows at least one of the files, or a decision on it."""
    paths = {file.path for file in store.files()} | {one.path for one in store.decisions()}
    return any(one.path in paths for one in decisions)
