"""What is said of a copy, and why there is none, in words."""

from __future__ import annotations

from de06_extract.document.copies.notes import Copy
from de06_extract.errors import NotCopiedError
from de06_extract.language.messages import messages
from de06_extract.schema.display import Language


def cautions_of(copy: Copy, language: Language) -> tuple[str, ...]:
    """What the reader of a copy has to know, a line each."""
    words = messages("annotations")[language]["cautions"]
    return tuple(words[caution].format(count=count) for caution, count in copy.cautions.items())


def refusal(error: NotCopiedError, name: str, language: Language) -> str:
    """Why there is no copy of the file, on one line."""
    return f"{name}: {messages('annotations')[language]['refusals'][error.reason]}"
