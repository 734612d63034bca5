"""The evidence of a text, as a model is learned from it: what a reader of files gives to what weighs figures."""

from __future__ import annotations

from de06_extract.claims.prose.links.evidence import Evidence
from de06_extract.claims.prose.reading import read_mentions
from de06_extract.errors import UnreadableError
from de06_extract.readers import read_document


def read_evidence(text: str) -> Evidence | None:
    """The evidence of a text, None where it cannot be read."""
    try:
        return Evidence(read_mentions(read_document(text.encode("utf-8", "replace"), "text.txt")))
    except UnreadableError:
        return None
