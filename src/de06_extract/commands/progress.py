"""How far a run is: a bar on a terminal, plain lines elsewhere, both on standard error."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from de06_extract.archive.rows import NO_REPORTS
from de06_extract.archive.store.store import Attempt
from de06_extract.commands.terminal import say
from de06_extract.language.durations import duration, estimate
from de06_extract.language.messages import messages, said
from de06_extract.schema.display import Language

_SECONDS_A_LINE = 10.0
_RECENT = 200  # files
_FEWEST, _SOONEST = 5, 10.0  # files and seconds, one of which must have gone by before the rest is estimated


@dataclass
class Progress:
    """What was done so far."""

    done: int = 0
    errors: int = 0
    failed: int = 0
    known: int = 0
    started: float = field(default_factory=time.monotonic)
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=_RECENT))

    def add(self, attempt: Attempt) -> None:
        """Counts a file; one whose content has a result already brings no new errors."""
        self.done += 1
        self.ends.append(time.monotonic())
        if attempt.outcome is None:
            self.known += 1
        elif attempt.outcome.reason is not None:
            self.failed += attempt.outcome.reason not in NO_REPORTS
        else:
            self.errors += sum(row["severity"] == "error" for row in attempt.outcome.findings)

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Files a second, of late: those that were known from before went by much faster than the others will."""
        since = self.started if self.done < _RECENT else self.ends[0]
        passed = time.monotonic() - since
        return len(self.ends) / passed if passed > 0 else 0.0

    def words(self, total: int, language: Language) -> dict[str, Any]:
        """What the lines are filled with."""
        rate = self.rate
        is_known = rate > 0 and (self.done >= _FEWEST or self.seconds >= _SOONEST)
        words = messages("archive")[language]
        left = words["left_unknown"]
        if is_known:
            left = words["left_known"].format(time=estimate((total - self.done) / rate, language))
        counts = {"done": self.done, "errors": self.errors, "failed": self.failed, "known": self.known}
        return {**counts, "total": total, "rate": f"{rate:.1f}", "time": left}


_PATIENCE = 1.0  # seconds that a file may take before anybody is told how far it is


@contextmanager
def file_progress(name: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """What to tell of the stages of one file: a terminal shows them while they last, unless they pass at once."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage: None
        return
    from rich.console import Console
    from rich.text import Text

    started = time.monotonic()
    status = Console(stderr=True).status("")

    def tell(stage: str) -> None:
        passed = time.monotonic() - started
        if passed >= _PATIENCE:
            status.update(Text(f"{name}: {stage_words(stage)} ({duration(passed)})"))
            status.start()

    try:
        yield tell
    finally:
        status.stop()


def stage_words(stage: str) -> str:
    """What is done at a stage, in words.

    >>> stage_words("page 3 12"), stage_words("rules")
    ('reading page 3/12', 'holding them against each other')
    """
    word, *numbers = stage.split()[:3] or ["begun"]
    number, count = (*numbers, "?", "?")[:2]
    return said("command", f"stage.{word}", number=number, count=count)


@contextmanager
def progress_bar(
    total: int, language: Language, *, quiet: bool = False
) -> Iterator[tuple[Progress, Callable[[Attempt], None]]]:
    """The count of a run, and what to tell of every file."""
    count = Progress()
    if quiet:
        yield count, count.add
    elif sys.stderr.isatty():
        with _bar(count, total, language) as show:
            yield count, show
    else:
        yield count, _lines(count, total, language)


def _lines(count: Progress, total: int, language: Language) -> Callable[[Attempt], None]:
    """A line now and then, and one at the end."""
    words = messages("archive")[language]
    template, done = words["line"], words["last_line"]
    due = time.monotonic() + _SECONDS_A_LINE

    def show(attempt: Attempt) -> None:
        nonlocal due
        count.add(attempt)
        if time.monotonic() >= due or count.done == total:
            due = time.monotonic() + _SECONDS_A_LINE
            say((done if count.done == total else template).format(**count.words(total, language)))

    return show


@contextmanager
def _bar(count: Progress, total: int, language: Language) -> Iterator[Callable[[Attempt], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    words = messages("archive")[language]
    columns = (
        TextColumn(words["bar"]),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
    )
    parts = ("rate", "left", "errors", "failures")
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, state="")

        def show(attempt: Attempt) -> None:
            count.add(attempt)
            held = count.words(total, language)
            progress.update(task, advance=1, state=" · ".join(words[part].format(**held) for part in parts))

        yield show
