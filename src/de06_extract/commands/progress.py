"""How far a run is: a bar on a terminal, plain lines elsewhere, both on standard error."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from de06_extract.archive.store.store import Attempt
from de06_extract.commands.terminal import say
from de06_extract.language.messages import messages
from de06_extract.schema.display import Language

_SECONDS_A_LINE = 10.0
_RECENT = 200  # files


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
            self.failed += 1
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

    def words(self, total: int) -> dict[str, Any]:
        """What the lines are filled with."""
        rate = self.rate
        left = clock((total - self.done) / rate) if rate > 0 else "?"
        counts = {"done": self.done, "errors": self.errors, "failed": self.failed, "known": self.known}
        return {**counts, "total": total, "rate": f"{rate:.1f}", "time": left}


def clock(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> clock(75), clock(3675)
    ('1:15', '1:01:15')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


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
    template = messages("archive")[language]["line"]
    due = time.monotonic() + _SECONDS_A_LINE

    def show(attempt: Attempt) -> None:
        nonlocal due
        count.add(attempt)
        if time.monotonic() >= due or count.done == total:
            due = time.monotonic() + _SECONDS_A_LINE
            say(template.format(**count.words(total)))

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
            held = count.words(total)
            progress.update(task, advance=1, state=" · ".join(words[part].format(**held) for part in parts))

        yield show
