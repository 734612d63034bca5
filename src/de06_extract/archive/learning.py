"""Learning from an archive: the texts of its files, and the weights of a model moved to fit what they say.

Nothing of the texts is kept but weights of features; those that quote words quote such as stand in many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from de06_extract.archive.files.containers import Containers
from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.archive.store.outcome import Options, Outcome, packed_or_failed
from de06_extract.archive.workers.limits import Limits
from de06_extract.archive.workers.protocol import plain_values
from de06_extract.archive.workers.starting import COMMAND
from de06_extract.archive.workers.worker import Worker
from de06_extract.claims.prose.learning.texts import Text, part_of
from de06_extract.claims.prose.model_file import ModelFile, models_of, shipped_model_file
from de06_extract.pipeline.evidence import read_evidence
from de06_extract.readers import read_document

if TYPE_CHECKING:
    from de06_extract.claims.prose.learning.adaptation import Adaptation

FEWEST = 20  # texts to learn from: of fewer, what they have in common is chance


@dataclass(frozen=True)
class ReadTexts:
    """The texts of an archive, each content once, and how many of its files could not be read."""

    texts: tuple[Text, ...]
    files: int
    unread: int


def read_texts(
    entries: Iterable[ArchiveFile],
    limits: Limits | None = None,
    *,
    command: Sequence[str] | None = COMMAND,
    watch: Callable[[], None] = lambda: None,
) -> ReadTexts:
    """The texts of all files that can be read, long ones cut; `watch` is told of every file.

    Files are read by a process of its own within limits; `command` starts it, None makes it a copy of this one where
    that can be. Raises a `WorkerError` where there can be none.
    """
    limits = limits or Limits()
    texts: dict[str, Text] = {}
    failed = set[tuple[str, str]]()  # what ended its process once does so again
    files = unread = 0
    with Worker(Options(), limits, make=text_outcome_of, command=command) as worker, Containers(limits) as containers:
        for entry in entries:
            files += 1
            content, data = read_content(entry, limits.max_memory, containers=containers)
            if data is None or content.sha256 is None or content.key in failed:
                unread += 1
            elif content.sha256 not in texts:
                text = _text(worker.outcome(data, entry.suffix).outcome)
                if text is None:
                    failed.add(content.key)
                    unread += 1
                else:
                    texts[content.sha256] = part_of(Text(content.sha256, text))
            watch()
    return ReadTexts(tuple(texts[key] for key in sorted(texts)), files, unread)


def text_outcome_of(data: bytes, suffix: str, options: Options) -> Outcome:
    """The outcome with the text of a file alone."""
    name = f"document{suffix}"
    return packed_or_failed(lambda: read_document(data, name).text, name)


def _text(outcome: Outcome) -> str | None:
    """The text; none where the file cannot be read, for a defect of a reader too, which `check` tells of."""
    text = None if outcome.report is None else plain_values(outcome.report)
    return text if isinstance(text, str) else None


def adapt_to(
    texts: Sequence[Text], base: ModelFile | None, say: Callable[[str], None] = lambda kind: None
) -> tuple[Adaptation, str]:
    """What adapting a model to texts does to those held back, and the file of the adapted model.

    `base` is the package's where none is given; `say` is told of every kind of claim. Needs the extra `learn`.
    """
    from de06_extract.claims.prose.learning.adaptation import adapt

    file = base or shipped_model_file()
    adaptation = adapt(models_of(base), texts, read_evidence, say)
    return adaptation, adaptation.text(file.sha256)
