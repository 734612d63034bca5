"""How far a run is: a bar on a terminal, plain lines elsewhere, both on standard error."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

from de06_extract.archive.rows import NO_REPORTS
from de06_extract.archive.store.results import FindingKey
from de06_extract.archive.store.store import Attempt
from de06_extract.archive.workers.work import FileAtWork
from de06_extract.commands.terminal import say
from de06_extract.language.durations import duration, estimate
from de06_extract.language.messages import messages, said, speaking
from de06_extract.schema.display import Language, one_line

_SECONDS_A_LINE = 10.0
_RECENT = 200  # files
_FEWEST, _SOONEST = 5, 10.0  # files and seconds, one of which must have gone by before the rest is estimated
_LONG = 10.0  # seconds after which a file that a worker has is named
_MOST_LONG = 3  # files that are named
_FOLDERS = 1  # of a path that are named with it: many units call a report by the same name


def _is_error(key: FindingKey) -> bool:
    return key.severity == "error"


@dataclass
class Progress:
    """What was done so far; `is_error` says which findings count as errors."""

    is_error: Callable[[FindingKey], bool] = _is_error
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
            self.errors += sum(map(self.is_error, attempt.finding_keys()))

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
        held = {"done": self.done, "errors": self.errors, "failed": self.failed, "known": self.known}
        counts = words["counts_of_new" if self.known else "counts"].format(**held)
        return {**held, "counts": counts, "total": total, "rate": f"{rate:.1f}", "time": left}


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
    total: int,
    language: Language,
    *,
    quiet: bool = False,
    is_error: Callable[[FindingKey], bool] = _is_error,
    at_work: Callable[[], Iterable[FileAtWork]] = tuple,
) -> Iterator[tuple[Progress, Callable[[Attempt], None]]]:
    """The count of a run, and what to tell of every file.

    `is_error` says which findings count as errors; of the files `at_work`, those that take long are named.
    """
    count = Progress(is_error)
    if quiet:
        yield count, count.add
    elif sys.stderr.isatty():
        with _bar(count, total, language, at_work) as show:
            yield count, show
    else:
        with _lines(count, total, language, at_work) as show:
            yield count, show


def long_files(files: Iterable[FileAtWork], language: Language) -> list[str]:
    """A line for each of the files that a worker has had for long, the longest first.

    >>> long_files([FileAtWork("/kho/xã A/báo cáo.pdf", 75.2, "page 3 90"), FileAtWork("/kho/b.pdf", 3.1, "")], "vi")
    ['Đang xử lý lâu: xã A/báo cáo.pdf, 1 phút 15 giây, đang đọc trang 3/90']
    """
    template = messages("archive")[language]["long"]
    with speaking(language):
        return [
            template.format(
                path=one_line("/".join(file.path.split("/")[-1 - _FOLDERS :])),
                time=duration(file.seconds, language),
                stage=stage_words(file.stage),
            )
            for file in files
            if file.seconds >= _LONG
        ][:_MOST_LONG]


@contextmanager
def _lines(
    count: Progress, total: int, language: Language, at_work: Callable[[], Iterable[FileAtWork]]
) -> Iterator[Callable[[Attempt], None]]:
    """A line now and then, with those of files that take long, and one at the end."""
    words = messages("archive")[language]
    template, done = words["line"], words["last_line"]
    due = time.monotonic() + _SECONDS_A_LINE
    telling, ended = Lock(), Event()
    is_over = False

    def tell() -> None:
        nonlocal due, is_over
        with telling:
            is_last = count.done == total
            if not is_over and (is_last or time.monotonic() >= due):
                is_over = is_last
                due = time.monotonic() + _SECONDS_A_LINE
                say((done if is_last else template).format(**count.words(total, language)))
                for line in () if is_last else long_files(at_work(), language):
                    say(line)

    def show(attempt: Attempt) -> None:
        count.add(attempt)
        tell()

    def look() -> None:
        """Tells while no file ends, but only where one takes long."""
        while not ended.wait(_SECONDS_A_LINE / 2):
            if count.done < total and long_files(at_work(), language):
                tell()

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield show
    finally:
        ended.set()
        watcher.join()


@contextmanager
def _bar(
    count: Progress, total: int, language: Language, at_work: Callable[[], Iterable[FileAtWork]]
) -> Iterator[Callable[[Attempt], None]]:
    from rich.console import Console, RenderableType
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    class Bar(Progress):
        """The bar, and below it the files that take long."""

        def get_renderables(self) -> Iterable[RenderableType]:
            yield from super().get_renderables()
            for line in long_files(at_work(), language):
                yield Text(line, "dim", no_wrap=True, overflow="ellipsis")

    words = messages("archive")[language]
    columns = (
        TextColumn(words["bar"]),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
    )
    parts = ("rate", "left", "all_counts")
    with Bar(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total, state="")

        def show(attempt: Attempt) -> None:
            count.add(attempt)
            held = count.words(total, language)
            progress.update(task, advance=1, state=" · ".join(words[part].format(**held) for part in parts))

        yield show
