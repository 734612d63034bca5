"""Learning from an archive: the texts of its files, and the weights of a model moved to fit what they say.

Nothing of the texts is kept but weights of features; those that quote words quote such as stand in many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from de06_extract.archive.files.contents import read_content
from de06_extract.archive.files.entries import ArchiveFile
from de06_extract.claims.prose.learning.texts import Text, part_of
from de06_extract.claims.prose.model_file import ModelFile, models_of, shipped_model_file
from de06_extract.errors import UnreadableError
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


def read_texts(entries: Iterable[ArchiveFile], watch: Callable[[], None] = lambda: None) -> ReadTexts:
    """The texts of all files that can be read, long ones cut; `watch` is told of every file."""
    texts: dict[str, Text] = {}
    files = unread = 0
    for entry in entries:
        files += 1
        content, data = read_content(entry)
        text = None if data is None or content.sha256 in texts else _text(data, entry.suffix)
        if text is not None and content.sha256 is not None:
            texts[content.sha256] = part_of(Text(content.sha256, text))
        elif content.sha256 not in texts:
            unread += 1
        watch()
    return ReadTexts(tuple(texts[key] for key in sorted(texts)), files, unread)


def _text(data: bytes, suffix: str) -> str | None:
    try:
        return read_document(data, f"document{suffix}").text
    except (UnreadableError, MemoryError):
        return None
    except Exception:  # a defect of a reader costs one file, and is told by `check`
        return None


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
